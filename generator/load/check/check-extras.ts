import { checkFields, type Fields } from './check-fields.js';
import type { CrdPrinterColumn, CrdScale, CrdVersion } from '../crd.js';
import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { describe, field, isMap, quote, stringField, textAt } from '../json-value.js';

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
  checkFields({ map: value, what: 'subresources', path, faults }, { status: 'map', scale: 'any' });
  const status = field(value, 'status');
  if (isMap(status)) checkFields({ map: status, what: 'status', path: [...path, 'status'], faults }, {});
  const scale = scaleOf({ value: field(value, 'scale'), path: [...path, 'scale'], faults });
  return { ...(status === undefined ? {} : { status: true }), ...(scale === undefined ? {} : { scale }) };
}

function scaleOf({ value, path, faults }: Found): CrdScale | undefined {
  if (value === undefined) return undefined;
  const specReplicasPath = textAt(value, 'specReplicasPath');
  const statusReplicasPath = textAt(value, 'statusReplicasPath');
  if (!isMap(value) || specReplicasPath === undefined || statusReplicasPath === undefined) {
    faults.warning(path, 'scale needs specReplicasPath and statusReplicasPath; left out');
    return undefined;
  }
  checkFields({ map: value, what: 'scale', path, faults }, scaleFields);
  const labelSelectorPath = stringField(value, 'labelSelectorPath');
  checkScalePath({ key: 'specReplicasPath', value: specReplicasPath, below: ['.spec.'] }, path, faults);
  checkScalePath({ key: 'statusReplicasPath', value: statusReplicasPath, below: ['.status.'] }, path, faults);
  checkScalePath({ key: 'labelSelectorPath', value: labelSelectorPath, below: ['.spec.', '.status.'] }, path, faults);
  return { specReplicasPath, statusReplicasPath, ...(labelSelectorPath === undefined ? {} : { labelSelectorPath }) };
}

const scaleFields: Fields = { specReplicasPath: 'any', statusReplicasPath: 'any', labelSelectorPath: 'text' };

function checkScalePath(
  {
    key,
    value,
    below,
  }: { readonly key: string; readonly value: string | undefined; readonly below: readonly string[] },
  path: DocumentPath,
  faults: FaultList,
): void {
  if (value === undefined || (value === '' && key === 'labelSelectorPath')) return;
  if (!below.some((start) => value.startsWith(start)))
    faults.warning([...path, key], `${key} must begin with ${below.join(' or ')}, not as ${quote(value)} does`);
}

const columnFormats = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'];
const columnTypes = ['integer', 'number', 'string', 'boolean', 'date'];

const columnFields: Fields = { name: 'any', type: 'any', format: 'text', description: 'text', priority: 'int32' };

/** The printer columns of a version; v1beta1 writes `JSONPath`. */
export function columnsOf({ value, path, faults }: Found, pathKey: 'jsonPath' | 'JSONPath'): CrdPrinterColumn[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faults.warning(path, `must be a list of columns, not ${describe(value)}; left out`);
    return [];
  }
  return value.flatMap((column: unknown, i) => {
    const [name, type, jsonPath] = ['name', 'type', pathKey].map((key) => textAt(column, key));
    if (!isMap(column) || name === undefined || type === undefined || jsonPath === undefined) {
      faults.warning([...path, i], `a column needs name, type and ${pathKey}; left out`);
      return [];
    }
    checkFields({ map: column, what: 'a column', path: [...path, i], faults }, { ...columnFields, [pathKey]: 'any' });
    if (name === '') faults.warning([...path, i, 'name'], 'the name of a column is empty');
    if (!columnTypes.includes(type)) {
      faults.warning(
        [...path, i, 'type'],
        `the type of a column is one of ${columnTypes.join(', ')}, not ${quote(type)}`,
      );
    }
    if (!jsonPath.startsWith('.')) {
      faults.warning([...path, i, pathKey], `the path of a column begins with a dot, not as ${quote(jsonPath)} does`);
    }
    const format = stringField(column, 'format');
    if (format !== undefined && format !== '' && !columnFormats.includes(format)) {
      const known = `the format of a column is one of ${columnFormats.join(', ')}`;
      faults.warning([...path, i, 'format'], `${known}, not ${quote(format)}`);
    }
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
