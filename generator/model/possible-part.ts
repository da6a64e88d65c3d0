import { asSchema, type RawSchema, requiredOf, schemaList } from './raw-schema.js';

/** Sentences speak of no more levels than this. */
const deepest = 8;

/**
 * A combination of branches without those that no object can meet, as they ask for a field that no object can have; `undefined` where no
 * object can meet it. What must not be there and cannot be there is left out, too.
 */
export function possiblePart(schema: RawSchema, canBe: (name: string) => boolean, depth = 0): RawSchema | undefined {
  if (depth > deepest) return schema;
  if (!requiredOf(schema).every(canBe)) return undefined;
  const partOf = (branch: RawSchema): RawSchema | undefined => possiblePart(branch, canBe, depth + 1);
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'not') {
      const not = partOf(asSchema(value) ?? {});
      if (not !== undefined) entries.push([key, not]);
    } else if (key === 'anyOf' || key === 'oneOf' || key === 'allOf') {
      const all = schemaList(schema, key);
      const branches = all.map(partOf).filter((branch) => branch !== undefined);
      if (all.length > 0 && (key === 'allOf' ? branches.length < all.length : branches.length === 0)) return undefined;
      entries.push([key, branches]);
    } else entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}
