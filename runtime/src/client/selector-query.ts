import type { SelectorOptions } from './call-options.js';

/** Selectors as query parameters. An object means that each label or field has that value. */
export function selectorQuery({ labelSelector, fieldSelector }: SelectorOptions): Record<string, unknown> {
  return { labelSelector: selectorText(labelSelector, false), fieldSelector: selectorText(fieldSelector, true) };
}

function selectorText(
  selector: string | Readonly<Record<string, string>> | undefined,
  escape: boolean,
): string | undefined {
  if (selector === undefined || selector === '') return undefined;
  if (typeof selector === 'string') return selector;
  // In values of field selectors these three must be escaped; in labels they cannot occur.
  const value = (text: string): string => (escape ? text.replaceAll(/[\\,=]/g, String.raw`\$&`) : text);
  const parts = Object.entries(selector).map(([key, text]) => `${key}=${value(text)}`);
  return parts.length === 0 ? undefined : parts.join(',');
}
