import { didYouMean } from '../../did-you-mean.js';
import { asServerReads, countsAsAbsent, holdsNull } from './as-server-reads.js';
import type { DocumentPath } from '../document-path.js';
import { checkRootWithStatus } from './check-root.js';
import type { FaultList } from '../fault.js';
import { describe, describeTexts, field, isMap, isText, quote, textAt, type JsonMap } from '../json-value.js';
import { quotesHint } from './quotes-hint.js';
import { jsonTypes, keywords, otherTypeNames, type KeywordValue } from './schema-keywords.js';
import {
  placeBelow,
  rootPlace,
  type Faultless,
  type RuledNode,
  type SchemaPlace,
  type SchemaReport,
} from './schema-place.js';
import { checkStructure } from './schema-structure.js';

/**
 * Checks every node of an `openAPIV3Schema` (F37, V19). What no schema can say is an error; what the API server would refuse though
 * its meaning is clear is a warning, and only looked for where `structural` (v1 without `preserveUnknownFields: true`).
 * `$ref` is never followed (F39). Returns the schema as the API server reads it: that same one, or a copy without its nulls.
 */
export function checkSchema(
  root: JsonMap,
  options: {
    readonly path: DocumentPath;
    readonly structural: boolean;
    /** Whether the version has the status subresource, which restricts the root. */
    readonly hasStatus?: boolean;
    readonly faults: FaultList;
    /** Takes the nodes with CEL rules, which are checked apart: most CRDs have none. */
    readonly ruled?: RuledNode[] | undefined;
    /** Nodes that need no second look, wherever they stand as the field of an object. Of a fault in one only the first place is told. */
    readonly faultless?: Faultless | undefined;
  },
): JsonMap {
  const { faults, structural, faultless } = options;
  let isFaultless = true;
  const tell =
    (severity: 'error' | 'warning'): SchemaReport['error'] =>
    (place, message, key) => {
      isFaultless = false;
      faults.add({ severity, path: pathOf(place, options.path), message, key });
    };
  const report: SchemaReport = { error: tell('error'), warning: tell('warning') };
  const open: SchemaPlace[] = [rootPlace(root)];
  const seen: JsonMap[] = [];
  let isAsRead = true;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (faultless !== undefined && structural && isField(place)) {
      if (faultless.has(place.node)) continue;
      faultless.add(place.node);
      seen.push(place.node);
    }
    const children: SchemaPlace[] = [];
    if (!checkNode(place, children, report)) isAsRead = false;
    if (structural) checkStructure(place, report);
    if (structural && options.hasStatus === true && place.above === undefined) checkRootWithStatus(place, report);
    if (structural && !place.inBranch && field(place.node, 'x-kubernetes-validations') !== undefined) {
      options.ruled?.push({ place, path: pathOf(place, options.path) });
      // What has rules below it is looked at each time.
      for (let at: SchemaPlace | undefined = place; at !== undefined; at = at.above) faultless?.delete(at.node);
    }
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) open.push(child);
    }
  }
  if (!isFaultless || !isAsRead) for (const node of seen) faultless?.delete(node);
  return isAsRead ? root : asServerReads(root);
}

/** Whether a node is the field of an object, of which nothing above changes what it may say. */
function isField({ steps, inBranch, inMapValue, inMeta }: SchemaPlace): boolean {
  return steps[0] === 'properties' && !inBranch && !inMapValue && !inMeta;
}

function pathOf(place: SchemaPlace, base: DocumentPath): DocumentPath {
  const parts: DocumentPath[] = [];
  for (let at: SchemaPlace | undefined = place; at !== undefined; at = at.above) parts.push(at.steps);
  return [...base, ...parts.reverse().flat()];
}

/** Checks the keywords of one node; false where the API server reads it as if something were not there. */
function checkNode(place: SchemaPlace, children: SchemaPlace[], report: SchemaReport): boolean {
  let isAsRead = true;
  for (const key of Object.keys(place.node)) {
    const value = place.node[key];
    const wanted = keywords.get(key);
    const isAbsent = countsAsAbsent(key, value);
    if (isAbsent) isAsRead = false;
    // Fields of an object are many, and a null among them is a fault: only in a branch it is a schema.
    if (typeof value === 'object' && (place.inBranch || key !== 'properties') && holdsNull(wanted, value))
      isAsRead = false;
    if (wanted === undefined) {
      const message = `${quote(key)} is not a keyword of CRD schemas and has no effect.${helpFor(key, value)}`;
      report.warning(place, message, key);
    } else if (isAbsent && !isNoItems(place.node, key)) {
      continue;
    } else if (wanted === 'type') {
      checkType(place, value, report);
    } else if (wanted !== 'text' || typeof value !== 'string') {
      checkValue({ place, key, value, wanted }, children, report);
    }
  }
  return isAsRead;
}

/** What an unknown keyword may be meant for. */
function helpFor(key: string, value: unknown): string {
  const guess = didYouMean(key, keywords.keys());
  if (guess !== undefined) return ` Did you mean ${quote(guess)}?`;
  return isType(value) || textAt(value, 'type') !== undefined ? ' If it is a field, put it below properties.' : '';
}

/** Whether a value is the name of a type, as where a schema should be that says no more. */
function isType(value: unknown): value is string {
  return typeof value === 'string' && jsonTypes.includes(value);
}

/** `items: string`, which the API server reads as no items at all, and refuses where there is a list. */
function isNoItems(node: JsonMap, key: string): boolean {
  return key === 'items' && typeof node[key] !== 'object' && node['type'] === 'array';
}

function checkType(place: SchemaPlace, value: unknown, report: SchemaReport): void {
  if (isType(value)) return;
  const names = Array.isArray(value) ? value : [value];
  if (Array.isArray(value))
    report.warning(place, 'a list of types is not allowed in a CRD: name one type, or say nullable', 'type');
  for (const name of names) {
    if (typeof name !== 'string') {
      report.error(place, `type must be one of ${jsonTypes.join(', ')}, not ${describe(name)}`, 'type');
    } else if (!jsonTypes.includes(name) && !(name === 'null' && Array.isArray(value))) {
      const guess = otherTypeNames.get(name.toLowerCase()) ?? didYouMean(name, jsonTypes);
      const help = guess === undefined ? `It is one of ${jsonTypes.join(', ')}.` : `Did you mean "${guess}"?`;
      report.error(place, `type ${quote(name)} is not a JSON type. ${help}`, 'type');
    }
  }
}

interface KeywordUse {
  readonly place: SchemaPlace;
  readonly key: string;
  readonly value: unknown;
  readonly wanted: Exclude<KeywordValue, 'type'>;
}

function checkValue({ place, key, value, wanted }: KeywordUse, children: SchemaPlace[], report: SchemaReport): void {
  const fail = (what: string): void =>
    report.error(place, `${key} must be ${what}, not ${(describers[wanted] ?? describe)(value)}`, key);
  const down = (node: unknown, steps: DocumentPath): void => {
    const below = placeBelow(place, isMap(node) ? node : {}, steps);
    // In a branch null is a schema that says nothing; elsewhere it would have to say a type.
    if (isMap(node) || (node === null && below.inBranch)) children.push(below);
    else
      report.error(below, `must be a schema, not ${describe(node)}${isType(node) ? `: write { type: ${node} }` : ''}`);
  };
  switch (wanted) {
    case 'any':
      return;
    case 'schema':
      return down(value, [key]);
    case 'schema-or-flag':
      return typeof value === 'boolean' ? undefined : down(value, [key]);
    case 'schemas':
      if (!Array.isArray(value)) return fail('a list of schemas');
      return value.forEach((node, i) => down(node, [key, i]));
    case 'schema-or-list':
      if (Array.isArray(value)) return value.forEach((node, i) => down(node, [key, i]));
      return down(value, [key]);
    case 'schema-map':
      if (!isMap(value)) return fail('a map of schemas');
      for (const name of Object.keys(value)) {
        const hint = key === 'properties' && !place.inBranch ? quotesHint(name) : '';
        if (hint !== '') report.warning(placeBelow(place, {}, [key, name]), `the field is called "${name}"${hint}`);
        down(value[name], [key, name]);
      }
      return;
    default: {
      const what = plainValues[wanted](value);
      const names: readonly unknown[] = wanted === 'texts' && Array.isArray(value) ? value : [];
      const word = names.findIndex((name) => typeof name === 'boolean');
      if (word !== -1) {
        // The list may be long: the line of the word says more than that of the keyword.
        const message = `must be a name, not ${describe(names[word])}${quotesHint(names[word])}`;
        report.error(placeBelow(place, {}, [key, word]), message);
      } else if (what !== undefined)
        fail(key === 'required' && typeof value === 'boolean' ? `${what} beside properties` : what);
      else if (wanted === 'documentation' && isMap(value)) {
        const other = Object.keys(value).find((name) => !documentation.includes(name));
        if (other !== undefined) report.warning(place, `${quote(other)} is no field of ${key}`, key);
      }
    }
  }
}

const documentation = ['url', 'description'];

type PlainValue = 'text' | 'flag' | 'number' | 'count' | 'texts' | 'list' | 'map' | 'documentation' | 'rules';

/** What the value should have been, or `undefined` when it is right. */
const plainValues: { readonly [W in PlainValue]: (value: unknown) => string | undefined } = {
  text: (value) => (typeof value === 'string' ? undefined : 'text'),
  flag: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  number: (value) => (typeof value === 'number' ? undefined : 'a number'),
  count: (value) => (Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63 ? undefined : 'a whole number'),
  texts: (value) => (Array.isArray(value) && value.every(isText) ? undefined : 'a list of names'),
  list: (value) => (Array.isArray(value) ? undefined : 'a list'),
  map: (value) => (isMap(value) ? undefined : 'a map'),
  documentation: (value) =>
    isMap(value) && documentation.every((key) => typeof (field(value, key) ?? '') === 'string')
      ? undefined
      : 'a map of two texts, url and description',
  rules: (value) => (Array.isArray(value) && value.every(isRule) ? undefined : 'a list of rules'),
};

/** How the values of some are described that are not right. */
const describers: { readonly [W in KeywordUse['wanted']]?: (value: unknown) => string } = {
  texts: describeTexts,
  rules: describeRules,
};

function isRule(value: unknown): boolean {
  return isMap(value) && isText(value['rule']);
}

/** What should have been a list of rules: of a list, what else is in it. */
function describeRules(value: unknown): string {
  if (!Array.isArray(value)) return describe(value);
  const other: unknown = value.find((one) => !isRule(one));
  return `a list with ${isMap(other) ? `a rule that is ${describe(other['rule'])}` : describe(other)}`;
}
