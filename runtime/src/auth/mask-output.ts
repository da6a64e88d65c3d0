import { maskSecrets } from '../mask-secrets.js';

const MAX_LENGTH = 600;

/**
 * The end of what a program said, fit for an error: one line, without what steers a terminal and without what looks like a secret.
 * `secrets` are texts that were given to the program, `beside` is what else it wrote: no word of these is repeated.
 */
export function maskOutput(
  text: string,
  known: { readonly secrets: readonly string[]; readonly beside: string },
): string {
  let masked = maskSecrets(
    text
      .replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '')
      .replaceAll(/\p{C}+/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  for (const secret of wordsOf(known)) masked = masked.replaceAll(secret, '***');
  masked = masked
    .replaceAll(/:\/\/[^\s/?#@]+@/g, '://***@')
    // Providers hand codes and tokens on in what follows the path of an address.
    .replaceAll(/(:\/\/[^\s?#"'`()]*)(\?|#(?=\S*=))[^\s"'`()]+/g, '$1$2***')
    .replaceAll(
      /((?:pass\w*|secret\w*|token\w*|api[-_]?key|credentials?)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;]+)/gi,
      '$1***',
    )
    .replaceAll(/[^\s"'`(),;]+/g, (word) => (isOpaque(word) ? '***' : word));
  return masked.length > MAX_LENGTH ? `…${masked.slice(-MAX_LENGTH)}` : masked;
}

/** The longest first: one may be part of another. */
function wordsOf({ secrets, beside }: { readonly secrets: readonly string[]; readonly beside: string }): string[] {
  const written = beside.split(/[\s"',:{}[\]]+/).filter((word) => word.length >= 8);
  return [...secrets, ...written].filter((word) => word !== '').sort((a, b) => b.length - a.length);
}

/** Whether a word looks made by a machine (keys, hashes, base64), or like a secret that people write. */
function isOpaque(word: string): boolean {
  if (/^https?:\/\/[^\s?@]*$/.test(word) || /^[/~.]/.test(word)) return false;
  if (/^(?:id|access|refresh|bearer|session|client|auth|security)[-_]?(?:token|secret)s?\W*$/i.test(word)) return false;
  if (/(?:secret|token|passw)/i.test(word) && word.length >= 10 && /[-_=:\d]/.test(word)) return true;
  return /^[\w+/=.-]{20,}$/.test(word) && /\d/.test(word) && /[A-Za-z]/.test(word);
}

const SECRETIVE = /secret|token|pass|key|cred|auth/i;

/** The values in a program's arguments and environment that are secret by their name, or long enough to be. Names of clusters and profiles are not. */
export function secretValues(args: readonly string[], env: Readonly<Record<string, string>>): string[] {
  const named: (readonly [name: string, value: string])[] = Object.entries(env);
  args.forEach((arg, at) => {
    const [flag = '', ...value] = arg.split('=');
    named.push(value.length > 0 ? [flag, value.join('=')] : [at === 0 ? '' : (args[at - 1] ?? ''), arg]);
  });
  return named
    .filter(([name, value]) => !value.startsWith('--') && (SECRETIVE.test(name) || value.length >= 20))
    .map(([, value]) => value);
}
