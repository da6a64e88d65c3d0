import { checkEach, checkFields, type Fields } from './check-fields.js';
import type { PartReport } from '../fault.js';
import { field, isMap } from '../json-value.js';

const statusFields: Fields = {
  conditions: 'list',
  acceptedNames: 'map',
  storedVersions: 'texts',
  observedGeneration: 'integer',
};
const acceptedFields: Fields = {
  kind: 'text',
  plural: 'text',
  singular: 'text',
  listKind: 'text',
  shortNames: 'texts',
  categories: 'texts',
};
const conditionFields: Fields = {
  type: 'text',
  status: 'text',
  reason: 'text',
  message: 'text',
  lastTransitionTime: 'time',
  observedGeneration: 'integer',
};

/** Checks the status of a CRD, which the API server must be able to read, though it takes nothing from it: warnings only. */
export function checkStatus(status: unknown, report: PartReport): void {
  if (!isMap(status)) return;
  checkFields({ map: status, what: 'status', report }, statusFields);
  const accepted = field(status, 'acceptedNames');
  if (isMap(accepted))
    checkFields({ map: accepted, what: 'acceptedNames', report: report.below('acceptedNames') }, acceptedFields);
  const conditions = { what: 'a condition', report: report.below('conditions') };
  checkEach(field(status, 'conditions'), conditions, conditionFields);
}
