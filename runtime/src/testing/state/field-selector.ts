import type { JsonObject } from './json.js';
import { readPath } from './json-path.js';
import type { Target } from './api-state.js';
import { badRequest } from './status.js';

interface Term {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/**
 * A test for objects from `metadata.name=web,spec.color!=red`. Fields beyond name and namespace must be selectable for the kind.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/
 */
export function readFieldSelector(text: string, target: Target): (object: JsonObject) => boolean {
  const terms = splitTerms(text)
    .filter((term) => term !== '')
    .map(readTerm);
  const { kind, version } = target;
  const selectable = new Set(['metadata.name', ...version.selectableFields.map((path) => path.replace(/^\./, ''))]);
  if (kind.scope === 'Namespaced') selectable.add('metadata.namespace');
  for (const { field } of terms) {
    if (!selectable.has(field)) throw badRequest(`field label not supported: ${field}`);
  }
  return (object) => terms.every(({ field, equal, value }) => (fieldText(object, field) === value) === equal);
}

/** Splits at commas that are not escaped. */
function splitTerms(text: string): string[] {
  return text.match(/(?:\\.|[^,\\])+/g) ?? [];
}

function readTerm(text: string): Term {
  const match = /^((?:\\.|[^=!\\])*)(==|!=|=)(.*)$/s.exec(text.trim());
  if (match === null) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  const [, field = '', operator, value = ''] = match;
  return { field: unescape(field), equal: operator !== '!=', value: unescape(value) };
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

function fieldText(object: JsonObject, field: string): string {
  const value = readPath(object, `.${field}`);
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
