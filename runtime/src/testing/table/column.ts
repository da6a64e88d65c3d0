import { type JsonObject, isObject, objectOr, ownValue, stringOr } from '../state/json.js';
import { humanAge } from './human-duration.js';

/** A column of a table, as `kubectl get` shows it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  /** 0: always shown; more: only with `-o wide`. */
  readonly priority: number;
  /** `now`: milliseconds since the epoch. */
  cell(object: JsonObject, now: number): unknown;
}

/** A column of text. */
export function column(
  name: string,
  cell: Column['cell'],
  options: { readonly type?: string; readonly wide?: true; readonly description?: string } = {},
): Column {
  const { type = 'string', wide, description = '' } = options;
  return { name, type, format: '', description, priority: wide === true ? 1 : 0, cell };
}

/** The name of the object, by which kubectl knows the column. */
export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name of the object.',
  priority: 0,
  cell: (object) => stringOr(valueAt(object, 'metadata', 'name')) ?? '',
};

/** How long ago the object was created. */
export function ageColumn(type: 'string' | 'date'): Column {
  const cell = (object: JsonObject, now: number): string =>
    humanAge(valueAt(object, 'metadata', 'creationTimestamp'), now);
  return column('Age', cell, { type, description: 'How long ago the object was created.' });
}

/** The value under these keys, one in the other. */
export function valueAt(object: JsonObject, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((here, key) => (isObject(here) ? ownValue(here, key) : undefined), object);
}

/** The objects in a list. */
export function objectsAt(object: JsonObject, ...keys: readonly string[]): JsonObject[] {
  const value = valueAt(object, ...keys);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** How many keys there are. */
export function sizeAt(object: JsonObject, ...keys: readonly string[]): number {
  return Object.keys(objectOr(valueAt(object, ...keys))).length;
}

/** A number, 0 where there is none. */
export function countAt(object: JsonObject, ...keys: readonly string[]): number {
  const value = valueAt(object, ...keys);
  return typeof value === 'number' ? value : 0;
}

/** A text, or what stands for none. */
export function textAt(none: string, object: JsonObject, ...keys: readonly string[]): string {
  const text = stringOr(valueAt(object, ...keys)) ?? '';
  return text === '' ? none : text;
}
