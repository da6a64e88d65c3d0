import type { CrdPrinterColumn, CrdScale, CrdVersion } from './crd.js';
import type { DocumentPath } from './document-path.js';
import type { FaultList } from './fault.js';
import { describe, field, isMap, quote, stringField } from './json-value.js';

interface Found {
  readonly value: unknown;
  readonly path: DocumentPath;
  readonly faults: FaultList;
}

/** The subresources of a version. What cannot be used is left out, with a warning. */
export function checkSubresources({ value, path, faults }: Found): CrdVersion['subresources'] {
  if (value === undefined) return {};
  if (!isMap(value)) {
    faults.warning(path, `subresources must be a map, not ${describe(value)}; left out`);
    return {};
  }
  const status = field(value, 'status');
  const scale = scaleOf({ value: field(value, 'scale'), path: [...path, 'scale'], faults });
  return { ...(status === undefined ? {} : { status: true }), ...(scale === undefined ? {} : { scale }) };
}

function scaleOf({ value, path, faults }: Found): CrdScale | undefined {
  if (value === undefined) return undefined;
  const specReplicasPath = isMap(value) ? stringField(value, 'specReplicasPath') : undefined;
  const statusReplicasPath = isMap(value) ? stringField(value, 'statusReplicasPath') : undefined;
  if (!isMap(value) || specReplicasPath === undefined || statusReplicasPath === undefined) {
    faults.warning(path, 'scale needs specReplicasPath and statusReplicasPath; left out');
    return undefined;
  }
  const labelSelectorPath = stringField(value, 'labelSelectorPath');
  return { specReplicasPath, statusReplicasPath, ...(labelSelectorPath === undefined ? {} : { labelSelectorPath }) };
}

const columnTypes = ['integer', 'number', 'string', 'boolean', 'date'];

/** The printer columns of a version; v1beta1 writes `JSONPath`. */
export function columnsOf({ value, path, faults }: Found, pathKey: 'jsonPath' | 'JSONPath'): CrdPrinterColumn[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faults.warning(path, `must be a list of columns, not ${describe(value)}; left out`);
    return [];
  }
  return value.flatMap((column: unknown, i) => {
    const name = isMap(column) ? stringField(column, 'name') : undefined;
    const type = isMap(column) ? stringField(column, 'type') : undefined;
    const jsonPath = isMap(column) ? stringField(column, pathKey) : undefined;
    if (!isMap(column) || name === undefined || type === undefined || jsonPath === undefined) {
      faults.warning([...path, i], `a column needs name, type and ${pathKey}; left out`);
      return [];
    }
    if (!columnTypes.includes(type)) {
      faults.warning(
        [...path, i, 'type'],
        `the type of a column is one of ${columnTypes.join(', ')}, not ${quote(type)}`,
      );
    }
    const format = stringField(column, 'format');
    const description = stringField(column, 'description');
    const priority = field(column, 'priority');
    return {
      name,
      type,
      jsonPath,
      ...(format === undefined ? {} : { format }),
      ...(description === undefined ? {} : { description }),
      ...(typeof priority === 'number' ? { priority } : {}),
    };
  });
}

/** The JSON paths that field selectors may use. */
export function selectableFieldsOf({ value, path, faults }: Found): string[] {
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const paths = list
    .map((item) => (isMap(item) ? stringField(item, 'jsonPath') : undefined))
    .filter((p) => p !== undefined);
  if (paths.length < list.length)
    faults.warning(path, 'each selectable field needs a jsonPath; the others are left out');
  return paths;
}
