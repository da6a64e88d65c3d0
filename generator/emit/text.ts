import type { Literal } from '../model/resource.js';

/**
 * Characters that may not stand in source text as they are: control characters, lone surrogates, line separators, and those that
 * turn the direction of the text around them.
 */
const unsafe = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const plainText = /^[\w ,.:;@#+*=()[\]{}?!|~^-]*$/;

/** Finished TypeScript without such characters: in texts the escapes mean the same, in comments they show what is there. */
export function withEscapes(code: string): string {
  return code.replace(unsafe, (unit) => (unit === '\n' || unit === '\t' ? unit : escapeUnit(unit)));
}

/** A string as a TypeScript literal that says exactly this string and can do nothing else. */
export function stringLiteral(value: string): string {
  if (plainText.test(value)) return `'${value}'`;
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const body = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('</', '<\\/')
    .replace(unsafe, escapeUnit);
  return `${quote}${body}${quote}`;
}

/** A literal of a union. */
export function literalText(value: Literal): string {
  return typeof value === 'string' ? stringLiteral(value) : String(value);
}

/** A property name, quoted where it must be. */
export function propertyKey(name: string): string {
  // As a plain or quoted name `__proto__` would set the prototype of an object literal; as a computed one it is a key.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** Text for one line of a `//` comment. */
export function lineComment(text: string): string {
  return text.replace(unsafe, ' ');
}

/** Nearly all text is free of these; surrogates among them may be fine. */
const mayNeedCare =
  /[@\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]|\*\//;

/** Text for a block comment: it cannot close it, start a tag, or turn the direction of what stands around it. */
export function commentText(text: string): string {
  if (!mayNeedCare.test(text)) return text;
  return text
    .replaceAll('*/', '*\\/')
    .replace(/(^|[\s{(])@(?=\S)/g, '$1\\@')
    .replace(unsafe, (unit) => (/[\t\n\u2028\u2029]/.test(unit) ? unit : unit < '\u00a0' ? '' : escapeUnit(unit)));
}
