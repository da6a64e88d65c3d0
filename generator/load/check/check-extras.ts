import { checkFields, type Fields } from './check-fields.js';
import type { CrdPrinterColumn, CrdScale, CrdVersion } from '../crd.js';
import type { PartReport } from '../fault.js';
import { describe, field, isMap, quote, stringField, textAt } from '../json-value.js';

/** The subresources of a version. What cannot be used is left out, with a warning. */
export function checkSubresources(value: unknown, report: PartReport): CrdVersion['subresources'] {
  if (value === undefined) return {};
  if (!isMap(value)) {
    report.warning(`subresources must be a map, not ${describe(value)}; left out`);
    return {};
  }
  checkFields({ map: value, what: 'subresources', report }, { status: 'map', scale: 'any' });
  const status = field(value, 'status');
  if (isMap(status)) checkFields({ map: status, what: 'status', report: report.below('status') }, {});
  const scale = scaleOf(field(value, 'scale'), report.below('scale'));
  return { ...(status === undefined ? {} : { status: true }), ...(scale === undefined ? {} : { scale }) };
}

function scaleOf(value: unknown, report: PartReport): CrdScale | undefined {
  if (value === undefined) return undefined;
  const specReplicasPath = textAt(value, 'specReplicasPath');
  const statusReplicasPath = textAt(value, 'statusReplicasPath');
  if (!isMap(value) || specReplicasPath === undefined || statusReplicasPath === undefined) {
    report.warning('scale needs specReplicasPath and statusReplicasPath; left out');
    return undefined;
  }
  checkFields({ map: value, what: 'scale', report }, scaleFields);
  const labelSelectorPath = stringField(value, 'labelSelectorPath');
  checkScalePath(specReplicasPath, ['.spec.'], report.below('specReplicasPath'));
  checkScalePath(statusReplicasPath, ['.status.'], report.below('statusReplicasPath'));
  // An empty one is an absent one.
  checkScalePath(labelSelectorPath || undefined, ['.spec.', '.status.'], report.below('labelSelectorPath'));
  return { specReplicasPath, statusReplicasPath, ...(labelSelectorPath === undefined ? {} : { labelSelectorPath }) };
}

const scaleFields: Fields = { specReplicasPath: 'any', statusReplicasPath: 'any', labelSelectorPath: 'text' };

function checkScalePath(value: string | undefined, starts: readonly string[], report: PartReport): void {
  if (value === undefined || starts.some((start) => value.startsWith(start))) return;
  report.warning(`${report.path.at(-1)} must begin with ${starts.join(' or ')}, not as ${quote(value)} does`);
}

const columnFormats = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'];
const columnTypes = ['integer', 'number', 'string', 'boolean', 'date'];

const columnFields: Fields = { name: 'any', type: 'any', format: 'text', description: 'text', priority: 'int32' };

/** The printer columns of a version; v1beta1 writes `JSONPath`. */
export function columnsOf(value: unknown, report: PartReport, pathKey: 'jsonPath' | 'JSONPath'): CrdPrinterColumn[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    report.warning(`must be a list of columns, not ${describe(value)}; left out`);
    return [];
  }
  return value.flatMap((column: unknown, i) => columnOf(column, report.below(i), pathKey) ?? []);
}

function columnOf(column: unknown, report: PartReport, pathKey: string): CrdPrinterColumn | undefined {
  if (isMap(column)) checkFields({ map: column, what: 'a column', report }, { ...columnFields, [pathKey]: 'any' });
  const [name, type, jsonPath] = ['name', 'type', pathKey].map((key) => textAt(column, key));
  if (!isMap(column) || name === undefined || type === undefined || jsonPath === undefined) {
    report.warning(`a column needs name, type and ${pathKey}; left out`);
    return undefined;
  }
  if (name === '') report.below('name').warning('the name of a column is empty');
  if (!columnTypes.includes(type))
    report.below('type').warning(`the type of a column is one of ${columnTypes.join(', ')}, not ${quote(type)}`);
  if (!jsonPath.startsWith('.'))
    report.below(pathKey).warning(`the path of a column begins with a dot, not as ${quote(jsonPath)} does`);
  const format = stringField(column, 'format');
  if (format !== undefined && format !== '' && !columnFormats.includes(format)) {
    const known = `the format of a column is one of ${columnFormats.join(', ')}`;
    report.below('format').warning(`${known}, not ${quote(format)}`);
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
}
