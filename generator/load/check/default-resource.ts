import { checkObjectMeta, isMetadataField } from './check-metadata.js';
import { isKind, isSubdomain } from './check-names.js';
import { formatPath } from '../document-path.js';
import { createFaultList, PartReport } from '../fault.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from '../json-value.js';

/** What a value that is a whole resource breaks of what each has: it says of which kind it is (V14), and its metadata can be read. */
export function resourceFault(value: JsonMap): string | undefined {
  const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((key) => stringField(value, key));
  if (apiVersion === '' || kind === '') return `a resource needs ${apiVersion === '' ? 'apiVersion' : 'kind'}`;
  if (apiVersion.split('/', 3).length > 2) return `apiVersion: ${quote(apiVersion)} is no "<group>/<version>"`;
  if (!isKind(kind)) return `kind: ${quote(kind)} is no name such as "Certificate"`;
  const metadata = field(value, 'metadata');
  return metadata === undefined ? undefined : metadataFault(metadata);
}

/** The metadata in a default before its schema is asked: the server leaves out what it does not know, and what says nothing. */
export function metadataAsRead(metadata: unknown): JsonMap {
  const said = Object.entries(isMap(metadata) ? metadata : {}).filter(
    ([key, value]) => isMetadataField(key) && !saysNothing(value),
  );
  return Object.fromEntries(said);
}

function saysNothing(value: unknown): boolean {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return isEmpty || value === null || value === '' || value === 0;
}

const longestNamespace = 63;

function metadataFault(metadata: unknown): string | undefined {
  if (!isMap(metadata)) return `metadata must be a map, not ${describe(metadata)}`;
  const faults = createFaultList();
  checkObjectMeta(metadata, new PartReport(['metadata'], faults), true);
  const [first] = faults.end();
  if (first !== undefined) return `${formatPath(first.path)}: ${first.message}`;
  for (const key of ['name', 'generateName']) {
    const name = field(metadata, key) ?? '';
    if (typeof name !== 'string') return `metadata.${key} must be text, not ${describe(name)}`;
    if (/[/%]/.test(name) || (key === 'name' && (name === '.' || name === '..')))
      return `metadata.${key}: ${quote(name)} cannot stand in a path`;
  }
  const namespace = stringField(metadata, 'namespace') ?? '';
  if (namespace !== '' && (!isSubdomain(namespace) || namespace.includes('.') || namespace.length > longestNamespace))
    return `metadata.namespace: ${quote(namespace)} is no namespace`;
  const generation = field(metadata, 'generation');
  if (typeof generation === 'number' && generation < 0) return `metadata.generation: ${generation} is under 0`;
  return undefined;
}
