import { byText } from '../../by-text.js';
import { field, fieldAt, mapAt, mapsIn, stringField, textAt } from '../json-value.js';

/** One version of an API group, as `/openapi/v3` and `/apis` name it. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** One document of `/openapi/v3`. */
export interface OpenApiEntry {
  /** `apis/apps/v1`, `version`. */
  readonly path: string;
  /** Where it is served, below the server's address. */
  readonly url: string;
  /** Undefined for what belongs to no version of a group: `version`, `apis`, `apis/apps`. */
  readonly of: GroupVersion | undefined;
}

/** The documents that the index `/openapi/v3` names, in the order of their paths. */
export function openApiEntries(index: unknown): OpenApiEntry[] {
  return Object.entries(mapAt(index, 'paths'))
    .flatMap(([path, entry]) => {
      const url = textAt(entry, 'serverRelativeURL');
      return url === undefined ? [] : [{ path, url, of: groupVersionOf(path) }];
    })
    .sort((a, b) => byText(a.path, b.path));
}

function groupVersionOf(path: string): GroupVersion | undefined {
  const match = /^(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)$/.exec(path)?.groups;
  return match?.['version'] === undefined ? undefined : { group: match['group'] ?? '', version: match['version'] };
}

/** The versions of groups that `/apis` tells of, in its plain and in its aggregated form. */
export function discoveredVersions(answer: unknown): GroupVersion[] {
  const plain = mapsIn(fieldAt(answer, 'groups')).flatMap((group) =>
    mapsIn(field(group, 'versions')).map((version) => ({
      group: stringField(group, 'name') ?? '',
      version: stringField(version, 'version') ?? '',
    })),
  );
  const aggregated = mapsIn(fieldAt(answer, 'items')).flatMap((item) =>
    mapsIn(field(item, 'versions')).map((version) => ({
      group: textAt(item, 'metadata', 'name') ?? '',
      version: stringField(version, 'version') ?? '',
    })),
  );
  // The core group has no name in the aggregated form, and no entry in the plain one.
  return [...plain, ...aggregated].filter(({ version }) => version !== '');
}

const builtIn = new Set(
  'admissionregistration apiextensions apiregistration authentication authorization certificates coordination discovery events flowcontrol.apiserver internal.apiserver networking node rbac.authorization resource scheduling storage storagemigration'
    .split(' ')
    .map((name) => `${name}.k8s.io`),
);

/** Whether CRDs may be what serves a group: theirs have a dot in their names, and are none of Kubernetes itself. */
export function mayBeCustom({ group }: Pick<GroupVersion, 'group'>): boolean {
  return group.includes('.') && !builtIn.has(group);
}
