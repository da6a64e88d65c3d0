/** The SHA-256 of texts one after the other, in hexadecimal digits. */
export function sha256(...parts: readonly string[]): string {
  // Not imported: small runs do without it, and to load it takes a tenth of one.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
