import { checkFields } from './check-fields.js';
import type { PartReport } from '../fault.js';
import { hasFields } from './schema-node.js';
import { field, fieldAt, isMap, quote, textAt, type JsonMap } from '../json-value.js';
import { pathTokens } from './path-tokens.js';

const mostFields = 8;

/** The JSON paths that field selectors may use: of a text, a whole number or a flag that the schema declares, none twice. */
export function selectableFieldsOf(value: unknown, report: PartReport, schema: unknown): string[] {
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const paths = list.map((item) => textAt(item, 'jsonPath'));
  const found = paths.filter((p) => p !== undefined);
  if (found.length < list.length) report.warning('each selectable field needs a jsonPath; the others are left out');
  if (list.length > mostFields) report.warning(`there are at most ${mostFields} selectable fields`);
  for (const [i, item] of list.entries()) {
    if (isMap(item))
      checkFields({ map: item, what: 'a selectable field', report: report.below(i) }, { jsonPath: 'any' });
  }
  const known = new Set<string>();
  for (const [i, jsonPath] of paths.entries()) {
    if (jsonPath === undefined) continue;
    const fault = known.has(jsonPath) ? 'is there twice' : pathFault(jsonPath, schema);
    known.add(jsonPath);
    if (fault !== undefined) report.below(i, 'jsonPath').warning(`the selectable field ${quote(jsonPath)} ${fault}`);
  }
  return found;
}

/** What the value of a field selector can be compared with. */
const selectableTypes: readonly unknown[] = ['string', 'integer', 'boolean'];

function pathFault(jsonPath: string, schema: unknown): string | undefined {
  const tokens = pathTokens(jsonPath);
  if (tokens === undefined) return undefined;
  if (tokens[0] !== '.') return 'does not begin with a dot';
  if (tokens[1] === 'metadata') return 'is metadata, of which the server selects by itself';
  let node = schema;
  for (let i = 0; i < tokens.length; i += 2) {
    const name = tokens[i + 1];
    if (tokens[i] !== '.') return 'is not made of names with dots between them';
    if (name === undefined) return 'ends with a dot';
    node = isMap(node) ? fieldOf(node, name) : undefined;
  }
  // A version without a schema has a warning of its own.
  if (!isMap(schema)) return undefined;
  if (!isMap(node)) return 'is no field of the schema';
  return selectableTypes.includes(field(node, 'type')) ? undefined : 'is no text, whole number or flag by itself';
}

function fieldOf(node: JsonMap, name: string): unknown {
  return hasFields(node) ? fieldAt(node, 'properties', name) : field(node, 'additionalProperties');
}
