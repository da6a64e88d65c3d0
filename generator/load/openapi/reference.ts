const prefixes = ['#/definitions/', '#/components/schemas/'];

/** The name of the definition that a `$ref` leads to; `undefined` for one that leads anywhere else. */
export function definitionName(ref: string): string | undefined {
  const prefix = prefixes.find((one) => ref.startsWith(one));
  if (prefix === undefined) return undefined;
  // JSON pointers write `/` as `~1` and `~` as `~0` (RFC 6901).
  return ref.slice(prefix.length).replaceAll('~1', '/').replaceAll('~0', '~');
}
