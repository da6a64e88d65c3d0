import { KubeError } from '../errors.js';
import { parseLabelSelector } from '../wire/selector.js';
import type { SelectorOptions } from './call-options.js';

/** Selectors as query parameters. An object means that each label or field has that value. */
export function selectorQuery({ labelSelector, fieldSelector }: SelectorOptions): {
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
} {
  const labels = selectorText('labelSelector', labelSelector);
  // A text is for the server to judge; in an object a value with a comma would become two requirements.
  if (typeof labelSelector === 'object') parseLabelSelector(labelSelector);
  return { labelSelector: labels, fieldSelector: selectorText('fieldSelector', fieldSelector) };
}

/** Throws `usage` for what is no selector: what asks for nothing would select every object. */
function selectorText(
  name: 'labelSelector' | 'fieldSelector',
  selector: string | Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  if (selector === undefined || selector === '') return undefined;
  if (typeof selector === 'string') return selector;
  if (typeof selector !== 'object' || selector === null || Array.isArray(selector)) {
    throw new KubeError('usage', `${name} must be a text or an object of texts, not ${JSON.stringify(selector)}`);
  }
  const parts = Object.entries(selector).map(([key, text]) => {
    if (typeof text !== 'string')
      throw new KubeError('usage', `${name}: the value of ${key} must be a text, not ${JSON.stringify(text)}`);
    // In values of field selectors these three must be escaped; labels have none of them.
    return `${key}=${name === 'fieldSelector' ? text.replaceAll(/[\\,=]/g, String.raw`\$&`) : text}`;
  });
  return parts.length === 0 ? undefined : parts.join(',');
}
