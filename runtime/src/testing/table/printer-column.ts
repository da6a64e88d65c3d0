import type { PrinterColumn } from '../../resource.js';
import type { JsonObject } from '../state/json.js';
import type { Column } from './column.js';
import { humanAge } from './human-duration.js';
import { queryJsonPath } from './json-path-query.js';

/** A column of a custom resource, as its CRD asks for it. */
export function printerColumn(asked: PrinterColumn): Column {
  const { name, type, jsonPath, format = '', description, priority = 0 } = asked;
  return {
    name,
    type,
    format,
    description: description ?? `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority,
    cell: (object: JsonObject, now: number) => cellOf(queryJsonPath(object, jsonPath)?.[0], type, now),
  };
}

/** A value that is not of the column's type leaves the cell empty. */
function cellOf(value: unknown, type: string, now: number): unknown {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? humanAge(value, now) : null;
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}
