import { checkFields, type Fields } from './check-fields.js';
import { checkSchema } from './check-schema.js';
import type { Faultless, RuledNode } from './schema-place.js';
import { isLabel } from './check-names.js';
import { checkSubresources, columnsOf } from './check-extras.js';
import { selectableFieldsOf } from './check-selectable-fields.js';
import type { CrdVersion } from '../crd.js';
import type { FaultList, PartReport } from '../fault.js';
import { describe, field, fieldAt, isMap, quote, sameValue, stringField, type JsonMap } from '../json-value.js';
import { sameSchema } from './same-schema.js';

/** What the versions of one CRD have in common. */
export interface VersionContext {
  readonly spec: JsonMap;
  /** Of the spec. */
  readonly report: PartReport;
  /** `apiextensions.k8s.io/v1beta1`, or written like it: fields at the top apply to each version (F8). */
  readonly beta: boolean;
  /** `spec.preserveUnknownFields: true`. */
  readonly keepsAll: boolean;
  /** What `checkShared` gave. */
  readonly shared: JsonMap | undefined;
  readonly faults: FaultList;
  /** Takes the nodes with CEL rules. */
  readonly ruled?: RuledNode[] | undefined;
  /** Nodes of other schemas that need no second look. */
  readonly faultless?: Faultless | undefined;
}

/** Checks the versions of a CRD. Those that cannot be used are left out, with an error. */
export function checkVersions(context: VersionContext): CrdVersion[] {
  const { spec, beta, faults } = context;
  const listed = field(spec, 'versions');
  const single = beta ? field(spec, 'version') : undefined;
  const isSingle = listed === undefined && single !== undefined;
  const list: unknown = isSingle ? [{ name: single, served: true, storage: true }] : listed;
  const report = context.report.below(isSingle ? 'version' : 'versions');
  if (!Array.isArray(list) || list.length === 0) {
    const not = Array.isArray(list) ? 'is empty' : `must be a list, not ${describe(list)}`;
    report.error(`versions ${list === undefined ? 'is missing' : not}: a CRD has at least one version`);
    return [];
  }
  const versions = list.flatMap(
    (version: unknown, i) => checkVersion(version, isSingle ? report : report.below(i), context) ?? [],
  );
  checkTogether(versions, report);
  // What has errors is compared with nothing.
  if (!beta && !faults.failed) checkSelecting(versions, report);
  return versions;
}

function checkTogether(versions: readonly CrdVersion[], report: PartReport): void {
  const names = new Set<string>();
  for (const { name } of versions) {
    if (names.has(name)) report.error(`the version ${quote(name)} is there twice`);
    names.add(name);
  }
  const stored = versions.filter(({ storage }) => storage).length;
  if (stored !== 1 && versions.length > 0) report.warning(`exactly one version must have storage: true, not ${stored}`);
}

/**
 * The server keeps apart from the versions what all of them have: a schema, and then it finds none for selectable fields that not all
 * have; or selectable fields, and then it finds no schema for them.
 */
function checkSelecting(versions: readonly CrdVersion[], report: PartReport): void {
  const [first, ...others] = versions;
  const at = versions.findIndex(({ selectableFields }) => selectableFields.length > 0);
  if (first === undefined || at === -1) return;
  const areSameFields = others.every((one) => sameValue(one.selectableFields, first.selectableFields));
  const areSameSchemas = others.every(({ schema }) => sameSchema(schema, first.schema));
  if (areSameFields === areSameSchemas) return;
  const message = areSameSchemas
    ? 'versions that all have the same schema must all have the same selectable fields'
    : 'versions with different schemas cannot all have the same selectable fields: give one of them another order, or another field';
  report.below(at, 'selectableFields').warning(message);
}

function checkVersion(version: unknown, report: PartReport, context: VersionContext): CrdVersion | undefined {
  if (!isMap(version)) {
    report.error(`a version must be a map, not ${describe(version)}`);
    return undefined;
  }
  checkFields({ map: version, what: 'a version', report }, versionFields);
  const name = checkVersionName(version, report.below('name'));
  const flag = (key: string): boolean => readFlag(version, key, report);
  if (field(version, 'served') === undefined) report.below('served').warning('served is missing and counts as false');
  const { schema, open, sharesSchema } = schemaOf(version, report, context);
  const extras = extrasOf(version, report, { ...context, schema });
  const warning = stringField(version, 'deprecationWarning');
  if (warning !== undefined) checkDeprecationWarning(warning, version, report.below('deprecationWarning'));
  return {
    name,
    served: flag('served'),
    storage: flag('storage'),
    deprecated: flag('deprecated'),
    ...(warning === undefined ? {} : { deprecationWarning: warning }),
    schema,
    ...(sharesSchema === true ? { sharesSchema } : {}),
    open,
    ...extras,
  };
}

const versionFields: Fields = {
  name: 'any',
  served: 'any',
  storage: 'any',
  deprecated: 'any',
  deprecationWarning: 'text',
  schema: 'any',
  subresources: 'any',
  additionalPrinterColumns: 'any',
  selectableFields: 'any',
};

const longestWarning = 256;

function checkDeprecationWarning(warning: string, version: JsonMap, report: PartReport): void {
  if (field(version, 'deprecated') !== true) report.warning('only a deprecated version has a deprecationWarning');
  if (warning === '') report.warning('deprecationWarning is empty');
  // Which characters are not assigned yet differs between the versions of Unicode.
  if (/[^\P{Z} ]|[\p{Cc}\p{Cf}\p{Co}]/u.test(warning))
    report.warning('deprecationWarning must be one line of printable characters');
  // The server counts bytes.
  if (Buffer.byteLength(warning) > longestWarning)
    report.warning(`deprecationWarning is longer than ${longestWarning} bytes`);
}

/** An unusable name is an error; the rest of the version is checked all the same. */
function checkVersionName(version: JsonMap, report: PartReport): string {
  const name = field(version, 'name');
  if (typeof name === 'string' && isLabel(name)) return name;
  const what =
    name === undefined
      ? 'the version has no name'
      : `the name of a version must be a lower-case name such as "v1", not ${describe(name)}`;
  report.error(what);
  return typeof name === 'string' ? name : '';
}

/** A field that must be true or false when it is there. */
export function readFlag(map: JsonMap, key: string, report: PartReport): boolean {
  const value = field(map, key);
  if (value !== undefined && typeof value !== 'boolean')
    report.below(key).error(`${key} must be true or false, not ${describe(value)}`);
  return value === true;
}

function schemaOf(
  version: JsonMap,
  report: PartReport,
  context: VersionContext,
): Pick<CrdVersion, 'schema' | 'sharesSchema' | 'open'> {
  const { spec, beta, keepsAll, faults, ruled, faultless } = context;
  const own = field(version, 'schema');
  const isShared = beta && own === undefined;
  const key = isShared ? 'validation' : 'schema';
  const holder = isShared ? field(spec, key) : own;
  const at = (isShared ? context.report : report).below(key);
  const unknown = { schema: undefined, open: true };
  if (holder !== undefined && !isMap(holder)) {
    at.error(`${key} must be a map with openAPIV3Schema, not ${describe(holder)}`);
    return unknown;
  }
  const schema = fieldAt(holder, 'openAPIV3Schema');
  if (schema === undefined) {
    if (!beta) at.warning(withoutSchema(version, holder));
    return unknown;
  }
  const { path } = at.below('openAPIV3Schema');
  if (!isMap(schema)) {
    faults.error(path, `must be a schema, not ${describe(schema)}`);
    return unknown;
  }
  // It is checked once, by checkShared.
  if (isShared) return { schema: context.shared, sharesSchema: true, open: keepsAll };
  if (!beta) checkFields({ map: holder ?? {}, what: 'schema', report: at }, { openAPIV3Schema: 'any' });
  const hasStatus = fieldAt(version, 'subresources', 'status') !== undefined;
  const structural = !beta && !keepsAll;
  const read = checkSchema(schema, { path, structural, hasStatus, faults, ruled, faultless });
  return { schema: read, open: keepsAll };
}

function withoutSchema(version: JsonMap, holder: JsonMap | undefined): string {
  const hint = holder !== undefined && Object.keys(holder).length > 0 ? '; it stands in schema.openAPIV3Schema' : '';
  return `the version ${quote(stringField(version, 'name') ?? '')} has no schema, so its fields are unknown${hint}`;
}

/** Checks the `validation` of a v1beta1 CRD, which all its versions share, and gives its schema as the API server reads it. */
export function checkShared({ spec, report, beta, faults }: Omit<VersionContext, 'shared'>): JsonMap | undefined {
  const schema = beta ? fieldAt(spec, 'validation', 'openAPIV3Schema') : undefined;
  if (!isMap(schema)) return undefined;
  const { path } = report.below('validation', 'openAPIV3Schema');
  return checkSchema(schema, { path, structural: false, faults });
}

function extrasOf(
  version: JsonMap,
  report: PartReport,
  context: VersionContext & { readonly schema: unknown },
): Pick<CrdVersion, 'subresources' | 'printerColumns' | 'selectableFields'> {
  const { spec, beta, schema } = context;
  /** The version's own field, or in v1beta1 the one at the top. */
  const take = (key: string): [value: unknown, report: PartReport] => {
    const own = field(version, key);
    return beta && own === undefined ? [field(spec, key), context.report.below(key)] : [own, report.below(key)];
  };
  return {
    subresources: checkSubresources(...take('subresources')),
    printerColumns: columnsOf(...take('additionalPrinterColumns'), beta ? 'JSONPath' : 'jsonPath'),
    selectableFields: selectableFieldsOf(...take('selectableFields'), schema),
  };
}
