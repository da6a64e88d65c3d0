import type { Target } from '../state/api-state.js';
import { type JsonObject, objectOr } from '../state/json.js';
import { ageColumn, type Column, nameColumn } from './column.js';
import { builtInColumns } from './built-in-columns.js';
import { printerColumn } from './printer-column.js';

/** How much of its object a row of a table carries. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** What a table is made with, beside its objects. */
export interface TableOptions {
  readonly includeObject: IncludeObject;
  /** Milliseconds since the epoch, for ages. */
  readonly now: number;
}

/** The columns of a kind, in the version that was asked for. */
export function columnsOf({ kind, version }: Pick<Target, 'kind' | 'version'>): readonly Column[] {
  const known = kind.origin === 'built-in' ? builtInColumns[kind.kind] : undefined;
  if (known !== undefined) return known;
  const asked = version.printerColumns.map((each) => printerColumn(each));
  return [nameColumn, ...(asked.length > 0 ? asked : [ageColumn('date')])];
}

/** Everything of a table but its rows. */
export function tableHead(metadata: JsonObject, columns: readonly Column[]): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, type, format, description, priority }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
  };
}

/** One row. */
export function tableRow(object: JsonObject, columns: readonly Column[], options: TableOptions): JsonObject {
  const { includeObject, now } = options;
  return { cells: columns.map((each) => each.cell(object, now)), object: rowObject(object, includeObject) };
}

/** A table of one object. */
export function tableOfOne(object: JsonObject, columns: readonly Column[], options: TableOptions): JsonObject {
  const { resourceVersion } = objectOr(object['metadata']);
  return { ...tableHead({ resourceVersion }, columns), rows: [tableRow(object, columns, options)] };
}

function rowObject(object: JsonObject, includeObject: IncludeObject): JsonObject | null {
  switch (includeObject) {
    case 'None':
      return null;
    case 'Object':
      return object;
    case 'Metadata':
      return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object['metadata'] };
  }
}
