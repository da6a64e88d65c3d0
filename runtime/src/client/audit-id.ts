/** The id that the API server gave a request, for its audit log; nothing that could be anything else than an id. */
export function auditIdOf(headers: Readonly<Record<string, string>>): string | undefined {
  const id = headers['audit-id'];
  return id !== undefined && /^[\w.-]{1,64}$/.test(id) ? id : undefined;
}
