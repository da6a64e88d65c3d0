import { countsAsAbsent } from './as-server-reads.js';
import { checkMerging } from './check-merging.js';
import { checkOwnFields, checkRoot } from './check-root.js';
import { defaultFault } from './default-value.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from '../json-value.js';
import { patternFault } from './pattern-fault.js';
import { keywords } from './schema-keywords.js';
import { hasFields, isOpen, typeOf } from './schema-node.js';
import type { SchemaPlace, SchemaReport } from './schema-place.js';

/**
 * What makes the API server refuse a v1 schema though its meaning is clear (V19): a warning each. For CEL rules see `checkCel`.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function checkStructure(place: SchemaPlace, report: SchemaReport): void {
  if (isPlain(place)) return;
  const { node } = place;
  for (const [keyword, why] of forbidden) {
    if (!isAbsent(node, keyword)) report.warning(place, `${keyword} is not allowed in a CRD${why}`, keyword);
  }
  if (field(node, 'uniqueItems') === true) {
    report.warning(place, 'uniqueItems: true is not allowed in a CRD; x-kubernetes-list-type: set is', 'uniqueItems');
  }
  const items = field(node, 'items');
  if (Array.isArray(items) && !countsAsAbsent('items', items)) {
    report.warning(place, 'items must be one schema: a list of schemas is not allowed in a CRD', 'items');
  }
  const pattern = stringField(node, 'pattern');
  const fault = pattern === undefined ? undefined : patternFault(pattern);
  if (fault !== undefined)
    report.warning(place, `the API server cannot read the pattern ${quote(pattern ?? '')}: ${fault}`, 'pattern');
  if (place.inBranch) checkBranch(place, report);
  else checkDeclaration(place, report);
}

const plainKeywords: ReadonlySet<string> = new Set([
  'type',
  'description',
  'enum',
  'format',
  'items',
  'nullable',
  'properties',
  'required',
]);

/** Whether a node says nothing that could be refused here: most do not, and need no further questions. */
function isPlain({ node, above, inBranch }: SchemaPlace): boolean {
  if (inBranch || above === undefined) return false;
  for (const key of Object.keys(node)) if (!plainKeywords.has(key)) return false;
  const type = typeOf(node);
  const items = field(node, 'items');
  return type !== undefined && (items === undefined ? type !== 'array' : isMap(items));
}

const forbidden: ReadonlyMap<string, string> = new Map([
  ['$ref', ' and is not followed'],
  ['definitions', ''],
  ['patternProperties', ''],
  ['additionalItems', ''],
  ['dependencies', ''],
  ['id', ''],
  ['$schema', ''],
]);

/** Whether a forbidden keyword counts as absent to the server. */
function isAbsent(node: JsonMap, keyword: string): boolean {
  const value = field(node, keyword);
  if (value === undefined) return true;
  if (keyword === 'id' || keyword === '$schema') return value === '';
  const isMaps = keyword === 'definitions' || keyword === 'patternProperties';
  return isMaps && isMap(value) && Object.keys(value).length === 0;
}

function checkDeclaration(place: SchemaPlace, report: SchemaReport): void {
  const { node, above } = place;
  const type = typeOf(node);
  if (above === undefined) {
    checkRoot(place, report);
  } else if (type === undefined && !isOpen(node) && isAbsent(node, '$ref')) {
    report.warning(place, 'has no type');
  }
  if (type === 'array' && hasNoItems(field(node, 'items'))) report.warning(place, 'an array needs items');
  if (hasFields(node) && closesProperties(field(node, 'additionalProperties'))) {
    report.warning(place, 'properties and additionalProperties exclude each other', 'additionalProperties');
  }
  if (field(node, 'default') !== undefined) checkDefault(place, report);
  checkMerging(place, report);
  checkOpening(place, report);
}

/** Whether there are none; what is neither a schema nor a list of them has an error of its own. */
function hasNoItems(items: unknown): boolean {
  return items === undefined || (Array.isArray(items) && items.length === 0);
}

/** `x-kubernetes-preserve-unknown-fields` is true or absent; an embedded resource without fields needs it. */
function checkOpening(place: SchemaPlace, report: SchemaReport): void {
  const { node } = place;
  const preserves = field(node, 'x-kubernetes-preserve-unknown-fields');
  if (preserves === false) {
    const key = 'x-kubernetes-preserve-unknown-fields';
    report.warning(place, `${key} must be true or left out`, key);
  }
  const isEmbedded = field(node, 'x-kubernetes-embedded-resource') === true;
  const type = typeOf(node);
  // Without any type it has a warning of its own.
  if (isEmbedded && type !== 'object' && (type !== undefined || preserves === true)) {
    report.warning(place, 'an embedded resource needs type: object', 'x-kubernetes-embedded-resource');
  }
  if (isEmbedded && place.inMeta) {
    const message = 'there are no embedded resources in the apiVersion, kind and metadata of a resource';
    report.warning(place, message, 'x-kubernetes-embedded-resource');
  }
  if (field(node, 'x-kubernetes-int-or-string') === true) {
    for (const key of ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource']) {
      if (field(node, key) === true)
        report.warning(place, `${key} and x-kubernetes-int-or-string exclude each other`, key);
    }
  }
  if (isEmbedded && place.above !== undefined) checkOwnFields(place, report);
  if (isEmbedded && field(node, 'additionalProperties') !== undefined) {
    report.warning(place, 'an embedded resource excludes additionalProperties', 'additionalProperties');
  }
  if (isEmbedded && preserves !== true && !hasFields(node)) {
    const message = 'an embedded resource needs properties or x-kubernetes-preserve-unknown-fields: true';
    report.warning(place, message, 'x-kubernetes-embedded-resource');
  }
}

function closesProperties(additional: unknown): boolean {
  return additional === false || isMap(additional);
}

function checkDefault(place: SchemaPlace, report: SchemaReport): void {
  if (place.noDefault !== undefined) report.warning(place, place.noDefault, 'default');
  // The server does not look at defaults below the values of a map.
  if (place.inMapValue) return;
  const fault = defaultFault(place);
  if (fault !== undefined) report.warning(place, `the default breaks its own schema: ${fault}`, 'default');
}

const declarations = ['title', 'description', 'default', 'nullable', 'additionalProperties'];

/** Whether a keyword in a branch says nothing: with the zero of its type it is as absent to the server. */
function isZero(keyword: string, value: unknown): boolean {
  // The types of these tell the zero from nothing.
  const hasOwnZero = /^(?:default|example|x-kubernetes-(?:preserve|list-type|map-type).*)$/.test(keyword);
  return !hasOwnZero && (value === '' || value === false || (Array.isArray(value) && value.length === 0));
}

function checkBranch(place: SchemaPlace, report: SchemaReport): void {
  const { node } = place;
  for (const keyword of Object.keys(node)) {
    if (field(node, keyword) === undefined || isZero(keyword, node[keyword])) continue;
    // What is no keyword is told as that.
    const isExtension = keyword.startsWith('x-kubernetes-') && keywords.has(keyword);
    if (!declarations.includes(keyword) && !isExtension) continue;
    report.warning(place, `${keyword} is not allowed inside allOf, anyOf, oneOf or not`, keyword);
  }
  const properties = field(node, 'properties');
  if (isMap(properties) && field(properties, 'metadata') !== undefined) {
    report.warning(place, 'a field metadata is not allowed inside allOf, anyOf, oneOf or not', 'properties');
  }
  const type = typeOf(node);
  if (type !== undefined && !isIntOrStringPair(place)) {
    report.warning(place, `type (${describe(type)}) is not allowed inside allOf, anyOf, oneOf or not`, 'type');
  }
}

/** A branch of `anyOf: [{type: integer}, {type: string}]` in a declaration, or in the first branch of its `allOf`: as Go says int-or-string. */
function isIntOrStringPair({ above, steps }: SchemaPlace): boolean {
  if (above === undefined || steps[0] !== 'anyOf') return false;
  const isInDeclaration = !above.inBranch;
  const isInFirstOfAll = above.steps[0] === 'allOf' && above.steps[1] === 0 && above.above?.inBranch === false;
  if (!isInDeclaration && !isInFirstOfAll) return false;
  const pair = field(above.node, 'anyOf');
  if (!Array.isArray(pair) || pair.length !== 2) return false;
  const [first, second] = pair.map((branch: unknown) => (isMap(branch) ? soleType(branch) : undefined));
  return first === 'integer' && second === 'string';
}

/** The type of a branch that says nothing else. */
function soleType(branch: JsonMap): unknown {
  const isSaid = (key: string): boolean => {
    if (!keywords.has(key) || isAbsent(branch, key) || countsAsAbsent(key, branch[key])) return false;
    // The server compares, and an empty list of these is another one than none.
    return keptLists.has(key) || !isZero(key, branch[key]);
  };
  return Object.keys(branch).filter(isSaid).length === 1 ? field(branch, 'type') : undefined;
}

const keptLists: ReadonlySet<string> = new Set(['required', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations']);
