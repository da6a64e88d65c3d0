import type { ScaleSubresource, Scope } from '../../resource.js';
import type { ServedKind } from './served-kind.js';

interface Row {
  readonly group?: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope?: Scope;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly status?: true;
  readonly generation?: true;
  readonly scale?: ScaleSubresource;
  readonly selectableFields?: readonly string[];
}

const replicas: ScaleSubresource = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

const rows: readonly Row[] = [
  { kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'] },
  {
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    selectableFields: [
      '.involvedObject.kind',
      '.involvedObject.namespace',
      '.involvedObject.name',
      '.involvedObject.uid',
      '.involvedObject.apiVersion',
      '.involvedObject.resourceVersion',
      '.involvedObject.fieldPath',
      '.reason',
      '.reportingComponent',
      '.source',
      '.type',
    ],
  },
  {
    kind: 'Namespace',
    plural: 'namespaces',
    scope: 'Cluster',
    shortNames: ['ns'],
    status: true,
    selectableFields: ['.status.phase'],
  },
  {
    kind: 'Node',
    plural: 'nodes',
    scope: 'Cluster',
    shortNames: ['no'],
    status: true,
    selectableFields: ['.spec.unschedulable'],
  },
  {
    kind: 'Pod',
    generation: true,
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    status: true,
    selectableFields: [
      '.spec.nodeName',
      '.spec.restartPolicy',
      '.spec.schedulerName',
      '.spec.serviceAccountName',
      '.spec.hostNetwork',
      '.status.phase',
      '.status.podIP',
      '.status.nominatedNodeName',
    ],
  },
  { kind: 'Secret', plural: 'secrets', selectableFields: ['.type'] },
  { kind: 'Service', plural: 'services', shortNames: ['svc'], categories: ['all'], status: true },
  { kind: 'ServiceAccount', plural: 'serviceaccounts', shortNames: ['sa'] },
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    generation: true,
    plural: 'customresourcedefinitions',
    scope: 'Cluster',
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    status: true,
  },
  {
    group: 'apps',
    kind: 'Deployment',
    generation: true,
    plural: 'deployments',
    shortNames: ['deploy'],
    categories: ['all'],
    status: true,
    scale: { ...replicas, labelSelectorPath: '.spec.selector' },
  },
  { group: 'coordination.k8s.io', kind: 'Lease', plural: 'leases' },
];

/** The kinds that every server has. Their objects are taken as they are: only custom resources are checked against a schema. */
export const builtInKinds: readonly ServedKind[] = rows.map((row) => ({
  group: row.group ?? '',
  kind: row.kind,
  plural: row.plural,
  singular: row.kind.toLowerCase(),
  listKind: `${row.kind}List`,
  scope: row.scope ?? 'Namespaced',
  shortNames: row.shortNames ?? [],
  categories: row.categories ?? [],
  storageVersion: 'v1',
  schemaRevision: 0,
  conversionWebhook: false,
  origin: 'built-in',
  builtIn: true,
  hasGeneration: row.generation ?? false,
  versions: [
    {
      name: 'v1',
      served: true,
      deprecated: false,
      deprecationWarning: undefined,
      schema: undefined,
      status: row.status ?? false,
      scale: row.scale,
      selectableFields: row.selectableFields ?? [],
      printerColumns: [],
    },
  ],
}));
