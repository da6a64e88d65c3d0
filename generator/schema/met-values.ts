import { isMap, type JsonMap } from '../load/json-value.js';

const types: ReadonlyMap<unknown, (value: unknown) => boolean> = new Map([
  ['string', (value) => typeof value === 'string'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['number', (value) => typeof value === 'number'],
  ['integer', Number.isInteger],
  ['null', (value) => value === null],
  ['array', Array.isArray],
  ['object', isMap],
]);

/** Without values that the type of the schema refuses: both must hold, and the printing tool reads the values alone. */
export function withMetValues(schema: JsonMap): JsonMap {
  const { const: one, enum: several, ...rest } = schema;
  const values = one === undefined ? several : [one];
  if (rest['type'] === undefined || !Array.isArray(values)) return schema;
  const met = values.filter((value) => isMet(value, rest));
  if (met.length === values.length) return schema;
  return met.length === 0 ? { ...rest, tsType: 'never' } : { ...rest, enum: met };
}

function isMet(value: unknown, { type, nullable }: JsonMap): boolean {
  if (value === null && nullable === true) return true;
  return [type].flat().some((name) => types.get(name)?.(value) !== false);
}
