/** `text` without what looks like a credential: bearer and basic values, tokens in JWT form, `user:password@` of addresses. Other people's texts go through it. */
export function maskSecrets(text: string): string {
  return (
    text
      .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 ***')
      .replaceAll(/:\/\/[^\s/?#@:]*:[^\s/?#@]+@/g, '://***@')
      // Looks ahead once for each run of such characters, so that no text takes long.
      .replaceAll(/(?<![\w-])(?=[\w-]+\.[\w-]+\.)([\w-]*?)\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '$1***')
  );
}
