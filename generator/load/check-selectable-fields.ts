import { checkFields } from './check-fields.js';
import type { DocumentPath } from './document-path.js';
import type { FaultList } from './fault.js';
import { field, isMap, quote, stringField } from './json-value.js';

const mostFields = 8;

/** The JSON paths that field selectors may use: of a text, a whole number or a flag that the schema declares, none twice. */
export function selectableFieldsOf({
  value,
  path,
  faults,
  schema,
}: {
  readonly value: unknown;
  readonly path: DocumentPath;
  readonly faults: FaultList;
  readonly schema: unknown;
}): string[] {
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const paths = list.map((item) => (isMap(item) ? stringField(item, 'jsonPath') : undefined));
  const found = paths.filter((p) => p !== undefined);
  if (found.length < list.length)
    faults.warning(path, 'each selectable field needs a jsonPath; the others are left out');
  if (list.length > mostFields) faults.warning(path, `there are at most ${mostFields} selectable fields`);
  for (const [i, item] of list.entries()) {
    if (isMap(item))
      checkFields({ map: item, what: 'a selectable field', path: [...path, i], faults }, { jsonPath: 'any' });
  }
  const known = new Set<string>();
  for (const [i, jsonPath] of paths.entries()) {
    if (jsonPath === undefined) continue;
    const fault = known.has(jsonPath) ? 'is there twice' : pathFault(jsonPath, schema);
    known.add(jsonPath);
    if (fault !== undefined)
      faults.warning([...path, i, 'jsonPath'], `the selectable field ${quote(jsonPath)} ${fault}`);
  }
  return found;
}

/** What the value of a field selector can be compared with. */
const selectableTypes: readonly unknown[] = ['string', 'integer', 'boolean'];

function pathFault(jsonPath: string, schema: unknown): string | undefined {
  if (!jsonPath.startsWith('.')) return 'does not begin with a dot';
  if (/^\.metadata(?:\.|$)/.test(jsonPath)) return 'is metadata, of which the server selects by itself';
  // Brackets and quotes are not followed, so nothing is claimed of them, but for an item of a list.
  if (/\[\s*(?:\d|\*|-)/.test(jsonPath)) return 'is an item of a list';
  if (/["'[\]\\]/.test(jsonPath) || !isMap(schema)) return undefined;
  let node: unknown = schema;
  for (const name of jsonPath.slice(1).split('.')) {
    const properties = isMap(node) ? field(node, 'properties') : undefined;
    const inner: unknown = isMap(properties) ? field(properties, name) : undefined;
    node = inner ?? (isMap(node) ? field(node, 'additionalProperties') : undefined);
    if (!isMap(node)) return 'is no field of the schema';
  }
  return isMap(node) && selectableTypes.includes(field(node, 'type'))
    ? undefined
    : 'is no text, whole number or flag by itself';
}
