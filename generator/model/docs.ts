import { readDescription } from './description.js';
import { enumOf, wholeMembers } from './enum.js';
import { oneLine } from './one-line.js';
import { asSchema, documentedDefault, field, flag, schemaList, textsOf, type RawSchema } from './raw-schema.js';
import type { Docs } from './resource.js';
import { shortJson } from './short-json.js';

/** Keys that say nothing to people which the type does not say. Most nodes have no others beside their description. */
const silentKeys: ReadonlySet<string> = new Set([
  'type',
  'properties',
  'items',
  'additionalProperties',
  'required',
  'enum',
  'nullable',
  'anyOf',
  'oneOf',
  'not',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
]);

/** Docs that say nothing. */
export const noDocs: Docs = { description: '', deprecated: undefined, rules: [], tags: [] };

/**
 * What a schema node tells people: its description, CEL rules as sentences, and every bound that TypeScript cannot say.
 * @param described what descriptions come to, where some were read already
 */
export function docsOf(node: RawSchema, described: (text: string) => Docs = describe): Docs {
  const text = field(node, 'description');
  const docs = typeof text === 'string' ? described(text) : noDocs;
  if (!saysMore(node)) return docs;
  const tags = tagsOf(node);
  const rules = [...enumRules(node), ...celRules(node)];
  return tags.length === 0 && rules.length === 0 ? docs : { ...docs, rules, tags };
}

/** The same docs with more rules. */
export function withRules(docs: Docs, rules: readonly string[]): Docs {
  return rules.length === 0 ? docs : { ...docs, rules: [...docs.rules, ...rules] };
}

function saysMore(node: RawSchema): boolean {
  for (const key of Object.keys(node)) if (key !== 'description' && !silentKeys.has(key)) return true;
  return wholeMembers(node) !== undefined;
}

/** Docs of many schemas: those of one maker describe the same fields again and again, and each description is read once. */
export function createDocs(): (node: RawSchema) => Docs {
  const known = new Map<string, Docs>();
  const described = (text: string): Docs => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const docs = describe(text);
    known.set(text, docs);
    return docs;
  };
  return (node) => docsOf(node, described);
}

function describe(text: string): Docs {
  const { description, deprecated } = readDescription(text);
  return description === '' && deprecated === undefined ? noDocs : { ...noDocs, description, deprecated };
}

/** An enum of objects or lists, which the type does not say. */
function enumRules(node: RawSchema): string[] {
  const members = wholeMembers(node);
  return members === undefined ? [] : [`Must be one of: ${membersText(members)}.`];
}

/** The members of an enum, for a sentence. */
export function membersText(members: readonly unknown[]): string {
  return inlineCode(asJson(members));
}

/** `x-kubernetes-validations` as sentences: the message if there is one, and the rule. */
function celRules(node: RawSchema): string[] {
  const rules = field(node, 'x-kubernetes-validations');
  if (!Array.isArray(rules)) return [];
  return rules.map(asSchema).flatMap((rule) => {
    if (rule === undefined) return [];
    const expression = field(rule, 'rule');
    const message = field(rule, 'message');
    const code = typeof expression === 'string' ? inlineCode(expression) : '';
    if (typeof message !== 'string' || message.trim() === '') return code === '' ? [] : [`Must hold: ${code}.`];
    const sentence = oneLine(message).replace(/\.$/, '');
    return [code === '' ? `${sentence}.` : `${sentence}: ${code}.`];
  });
}

const numberTags = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'multipleOf'];
/** What `addBoundTags` tells all of. */
const boundKeys: ReadonlySet<string> = new Set([
  'format',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'pattern',
  'uniqueItems',
  ...numberTags,
]);

/** Whether tags say all that a branch of a value's `allOf` asks for, but for an enum, which the type says. */
export function isAllTags(branch: RawSchema): boolean {
  return Object.keys(branch).every((key) => boundKeys.has(key) || (key === 'enum' && enumOf(branch) !== undefined));
}

type AddTag = (tag: string, value: unknown) => void;

function tagsOf(node: RawSchema): [string, string][] {
  const tags = new Map<string, [string, string]>();
  const add: AddTag = (tag, value) => {
    if (value === undefined || value === null) return;
    const text = typeof value === 'string' ? value : shortJson(value, longestValue);
    tags.set(`${tag} ${text}`, [tag, text]);
  };
  addBoundTags(node, add);
  const branches = schemaList(node, 'allOf');
  // Those of an object are conditions on its fields, and told with the others.
  if (field(node, 'type') !== 'object' && branches.every(isAllTags))
    for (const branch of branches) addBoundTags(branch, add);
  addListRules(node, add);
  addPatchRules(node, add);
  const value = field(node, 'default') ?? field(node, documentedDefault);
  if (value !== undefined && value !== null) add('default', asJson(value));
  const example = field(node, 'example');
  if (example !== undefined && example !== null) add('example', asJson(example));
  return [...tags.values()];
}

function addBoundTags(node: RawSchema, add: AddTag): void {
  const format = field(node, 'format');
  add('format', format === 'int64' && mayLoseDigits(node) ? 'int64: exact only up to 2^53 in JavaScript' : format);
  addBounds(node, add);
  for (const key of numberTags) add(key, field(node, key));
  const pattern = field(node, 'pattern');
  if (typeof pattern === 'string') add('pattern', inlineCode(pattern));
  if (flag(node, 'uniqueItems')) add('uniqueItems', '');
}

/** Whether a value may be a number beyond 2^53: neither a text nor within bounds that JavaScript tells exactly. */
function mayLoseDigits(node: RawSchema): boolean {
  const bounds = [field(node, 'minimum'), field(node, 'maximum')];
  return field(node, 'type') !== 'string' && !bounds.every(Number.isSafeInteger);
}

function addBounds(node: RawSchema, add: AddTag): void {
  for (const [key, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const limit = field(node, exclusive);
    if (limit === true) add(exclusive, field(node, key));
    else {
      add(key, field(node, key));
      if (typeof limit === 'number') add(exclusive, limit);
    }
  }
}

function addListRules(node: RawSchema, add: AddTag): void {
  const type = field(node, 'x-kubernetes-list-type');
  const keys = textsOf(node, 'x-kubernetes-list-map-keys');
  // `atomic` lists are what one expects of a list: no news.
  if (type === 'set') add('listType', 'set: no two equal items');
  if (type === 'map') {
    add('listType', keys.length > 0 ? `map: unique by ${keys.map(inlineCode).join(', ')}` : 'map');
  }
  if (field(node, 'x-kubernetes-map-type') === 'atomic')
    add('mapType', 'atomic: server-side apply replaces it as a whole');
}

/** How a strategic merge patch treats a list of a built-in kind. */
function addPatchRules(node: RawSchema, add: AddTag): void {
  const strategy = field(node, 'x-kubernetes-patch-strategy');
  const key = field(node, 'x-kubernetes-patch-merge-key');
  if (typeof strategy !== 'string') return;
  add('patchStrategy', typeof key === 'string' ? `${strategy} by ${inlineCode(key)}` : strategy);
}

/** `text` in backquotes, with as many as it takes (Markdown), on one line. */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  if (!line.includes('`')) return `\`${line}\``;
  return `\`\` ${line} \`\``;
}

const longestValue = 400;

/** A value on one line: a plain word as it is, anything else as JSON; a very long one is cut, since only people read it. */
function asJson(value: unknown): string {
  if (typeof value === 'string' && /^[A-Za-z][\w./:-]*$/.test(value) && !/^(?:true|false|null)$/.test(value))
    return value;
  return shortJson(value, longestValue);
}
