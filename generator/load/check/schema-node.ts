import { field, isMap, type JsonMap } from '../json-value.js';
import { countsAsAbsent } from './as-server-reads.js';

/** What a node says of its type; `undefined` where that is nothing. */
export function typeOf(node: JsonMap): unknown {
  const type = field(node, 'type');
  return countsAsAbsent('type', type) ? undefined : type;
}

/** Whether a node takes more than one type, so that it needs to name none. */
export function isOpen(node: JsonMap): boolean {
  return (
    field(node, 'x-kubernetes-int-or-string') === true || field(node, 'x-kubernetes-preserve-unknown-fields') === true
  );
}

/** Whether a node declares any field. */
export function hasFields(node: JsonMap): boolean {
  const properties = field(node, 'properties');
  return isMap(properties) && Object.keys(properties).length > 0;
}
