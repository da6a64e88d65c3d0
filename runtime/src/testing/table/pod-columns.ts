import type { JsonObject } from '../state/json.js';
import { ageColumn, type Column, column, countAt, nameColumn, objectsAt, textAt, valueAt } from './column.js';

/** The columns of Pods. Init containers are not looked at: nothing runs here. */
export const podColumns: readonly Column[] = [
  nameColumn,
  column('Ready', (pod) => {
    const ready = containerStatuses(pod).filter((container) => container['ready'] === true);
    return `${ready.length}/${objectsAt(pod, 'spec', 'containers').length}`;
  }),
  column('Status', podStatus),
  column('Restarts', (pod) =>
    String(containerStatuses(pod).reduce((sum, container) => sum + countAt(container, 'restartCount'), 0)),
  ),
  ageColumn('string'),
  column('IP', (pod) => textAt('<none>', pod, 'status', 'podIP'), { wide: true }),
  column('Node', (pod) => textAt('<none>', pod, 'spec', 'nodeName'), { wide: true }),
  column('Nominated Node', (pod) => textAt('<none>', pod, 'status', 'nominatedNodeName'), { wide: true }),
  column('Readiness Gates', readinessGates, { wide: true }),
];

function containerStatuses(pod: JsonObject): JsonObject[] {
  return objectsAt(pod, 'status', 'containerStatuses');
}

/** The phase, or what keeps a container from running. */
function podStatus(pod: JsonObject): string {
  if (valueAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating';
  const reasons = containerStatuses(pod).map(
    (container) =>
      valueAt(container, 'state', 'waiting', 'reason') ?? valueAt(container, 'state', 'terminated', 'reason'),
  );
  const reason = reasons.find((each) => typeof each === 'string' && each !== '');
  return typeof reason === 'string' ? reason : textAt(textAt('', pod, 'status', 'phase'), pod, 'status', 'reason');
}

function readinessGates(pod: JsonObject): string {
  const gates = objectsAt(pod, 'spec', 'readinessGates');
  if (gates.length === 0) return '<none>';
  const conditions = objectsAt(pod, 'status', 'conditions');
  const met = gates.filter((gate) =>
    conditions.some(({ type, status }) => type === gate['conditionType'] && status === 'True'),
  );
  return `${met.length}/${gates.length}`;
}
