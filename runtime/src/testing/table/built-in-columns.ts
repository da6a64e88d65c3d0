import { type JsonObject, objectOr, stringOr, stringsOf } from '../state/json.js';
import { ageColumn, type Column, column, countAt, nameColumn, objectsAt, sizeAt, textAt, valueAt } from './column.js';
import { humanAge } from './human-duration.js';
import { podColumns } from './pod-columns.js';

const age = ageColumn('string');

/** `a=b,c=d`, in the order of the keys. */
function labelText(labels: unknown): string {
  const entries = Object.entries(objectOr(labels)).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${String(value)}`).join(',');
}

const dataCount = column('Data', (object) => sizeAt(object, 'data') + sizeAt(object, 'binaryData'));

const serviceColumns: readonly Column[] = [
  nameColumn,
  column('Type', (object) => textAt('', object, 'spec', 'type')),
  column('Cluster-IP', (object) => textAt('<none>', object, 'spec', 'clusterIP')),
  column('External-IP', (object) => stringsOf(valueAt(object, 'spec', 'externalIPs')).join(',') || '<none>'),
  column('Port(s)', (object) => objectsAt(object, 'spec', 'ports').map(portText).join(',') || '<none>'),
  age,
  column('Selector', (object) => labelText(valueAt(object, 'spec', 'selector')), { wide: true }),
];

function portText(port: JsonObject): string {
  const node = countAt(port, 'nodePort');
  return `${countAt(port, 'port')}${node > 0 ? `:${node}` : ''}/${textAt('TCP', port, 'protocol')}`;
}

const nodeColumns: readonly Column[] = [
  nameColumn,
  column('Status', nodeStatus),
  column('Roles', (object) => nodeRoles(object).join(',') || '<none>'),
  age,
  column('Version', (object) => textAt('', object, 'status', 'nodeInfo', 'kubeletVersion')),
  column('Internal-IP', (object) => nodeAddress(object, 'InternalIP'), { wide: true }),
  column('External-IP', (object) => nodeAddress(object, 'ExternalIP'), { wide: true }),
  ...(
    [
      ['OS-Image', 'osImage'],
      ['Kernel-Version', 'kernelVersion'],
      ['Container-Runtime', 'containerRuntimeVersion'],
    ] as const
  ).map(([name, key]) =>
    column(name, (object) => textAt('<unknown>', object, 'status', 'nodeInfo', key), { wide: true }),
  ),
];

function nodeStatus(node: JsonObject): string {
  const ready = objectsAt(node, 'status', 'conditions').find((condition) => condition['type'] === 'Ready');
  const status = ready === undefined ? 'Unknown' : ready['status'] === 'True' ? 'Ready' : 'NotReady';
  return valueAt(node, 'spec', 'unschedulable') === true ? `${status},SchedulingDisabled` : status;
}

function nodeRoles(node: JsonObject): string[] {
  const prefix = 'node-role.kubernetes.io/';
  const labels = Object.keys(objectOr(valueAt(node, 'metadata', 'labels')));
  return labels.filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length)).sort(); // prettier-ignore
}

function nodeAddress(node: JsonObject, type: string): string {
  const found = objectsAt(node, 'status', 'addresses').find((address) => address['type'] === type);
  return stringOr(found?.['address']) ?? '<none>';
}

const deploymentColumns: readonly Column[] = [
  nameColumn,
  column('Ready', (object) => `${countAt(object, 'status', 'readyReplicas')}/${countAt(object, 'spec', 'replicas')}`),
  column('Up-to-date', (object) => countAt(object, 'status', 'updatedReplicas')),
  column('Available', (object) => countAt(object, 'status', 'availableReplicas')),
  age,
  column('Containers', (object) => templateTexts(object, 'name'), { wide: true }),
  column('Images', (object) => templateTexts(object, 'image'), { wide: true }),
  column('Selector', (object) => labelText(valueAt(object, 'spec', 'selector', 'matchLabels')), { wide: true }),
];

function templateTexts(object: JsonObject, key: string): string {
  return objectsAt(object, 'spec', 'template', 'spec', 'containers')
    .map((container) => textAt('', container, key))
    .join(',');
}

const eventColumns: readonly Column[] = [
  column('Last Seen', (event, now) => {
    const last = valueAt(event, 'series', 'lastObservedTime') ?? valueAt(event, 'lastTimestamp') ?? firstSeen(event);
    return humanAge(last, now);
  }),
  column('Type', (event) => textAt('', event, 'type')),
  column('Reason', (event) => textAt('', event, 'reason')),
  column('Object', (event) => {
    const kind = textAt('', event, 'involvedObject', 'kind').toLowerCase();
    const name = textAt('', event, 'involvedObject', 'name');
    return name === '' ? kind : `${kind}/${name}`;
  }),
  column('Subobject', (event) => textAt('', event, 'involvedObject', 'fieldPath'), { wide: true }),
  column('Source', eventSource, { wide: true }),
  column('Message', (event) => textAt('', event, 'message').trim()),
  column('First Seen', (event, now) => humanAge(firstSeen(event), now), { wide: true }),
  column('Count', (event) => countAt(event, 'series', 'count') || countAt(event, 'count') || 1, { wide: true }),
  { ...nameColumn, priority: 1 },
];

function firstSeen(event: JsonObject): unknown {
  return valueAt(event, 'firstTimestamp') ?? valueAt(event, 'eventTime');
}

function eventSource(event: JsonObject): string {
  const component = textAt(textAt('', event, 'reportingComponent'), event, 'source', 'component');
  const host = textAt(textAt('', event, 'reportingInstance'), event, 'source', 'host');
  return host === '' ? component : `${component}, ${host}`;
}

const crdColumns: readonly Column[] = [
  nameColumn,
  column('Scope', (crd) => textAt('', crd, 'spec', 'scope')),
  column('Versions', (crd) =>
    objectsAt(crd, 'spec', 'versions')
      .filter((version) => version['served'] === true)
      .map((version) => `${textAt('', version, 'name')}${version['storage'] === true ? '(storage)' : ''}`)
      .join(','),
  ),
  column('Created At', (crd) => textAt('', crd, 'metadata', 'creationTimestamp'), { type: 'date' }),
  column('Group', (crd) => textAt('', crd, 'spec', 'group'), { wide: true }),
  column('Kind', (crd) => textAt('', crd, 'spec', 'names', 'kind'), { wide: true }),
  column('ShortNames', (crd) => stringsOf(valueAt(crd, 'spec', 'names', 'shortNames')).join(','), { wide: true }),
  column(
    'Established',
    (crd) =>
      objectsAt(crd, 'status', 'conditions').some(({ type, status }) => type === 'Established' && status === 'True'),
    { type: 'boolean', wide: true },
  ),
];

/** The columns of the kinds that every server has, by kind. */
export const builtInColumns: Readonly<Record<string, readonly Column[]>> = {
  ConfigMap: [nameColumn, dataCount, age],
  CustomResourceDefinition: crdColumns,
  Deployment: deploymentColumns,
  Event: eventColumns,
  Lease: [nameColumn, column('Holder', (lease) => textAt('', lease, 'spec', 'holderIdentity')), age],
  Namespace: [nameColumn, column('Status', (namespace) => textAt('', namespace, 'status', 'phase')), age],
  Node: nodeColumns,
  Pod: podColumns,
  Secret: [nameColumn, column('Type', (secret) => textAt('', secret, 'type')), dataCount, age],
  Service: serviceColumns,
  ServiceAccount: [nameColumn, age],
};
