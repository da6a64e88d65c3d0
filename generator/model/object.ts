import { combine, type Combinations } from './combinations.js';
import { noDocs, withRules } from './docs.js';
import type { Lowering } from './lowering.js';
import { hasName } from './nest-parts.js';
import { itemsVisit, propertyVisit, valuesVisit, type Visit } from './node-order.js';
import { asSchema, field, flag, hasDefault, keepsUnknown, mapValues, propertiesOf, requiredOf } from './raw-schema.js';
import type { Choice, Docs, Member, TypeNode } from './resource.js';
import { mapOf, neverNode, type ShapeParts, stringNode, support, unknownNode } from './type-node.js';

/** An object node, decided: its fields and what its combinations say in words. */
export interface ObjectParts {
  readonly parts: ShapeParts;
  readonly rules: readonly string[];
}

/** The type of an object node, with the rules that only words can say. */
export function objectType(visit: Visit, lowering: Lowering): { type: TypeNode; rules: readonly string[] } {
  const isEmbedded = flag(visit.node, 'x-kubernetes-embedded-resource');
  const { parts, rules } = objectParts(visit, lowering);
  const { members, index, choices } = parts;
  if (choices.length === 0 && isEmbedded && members.length === embeddedFields.size && members.every(isPlainEmbedded)) {
    if (index === undefined) return { type: support('EmbeddedObject'), rules };
    if (index.t === 'unknown') return { type: support('OpenEmbeddedObject'), rules };
  }
  if (members.length === 0 && choices.length === 0) {
    return { type: index === undefined ? support('EmptyObject') : mapOf(index), rules };
  }
  return { type: { t: 'object', shape: lowering.shapes.shapeOf(parts) }, rules };
}

const embeddedFields: ReadonlyMap<string, { readonly type: TypeNode; readonly required: boolean }> = new Map([
  ['apiVersion', { type: stringNode, required: true }],
  ['kind', { type: stringNode, required: true }],
  ['metadata', { type: support('EmbeddedMeta'), required: false }],
]);

function isPlainEmbedded({ name, type, required }: Member): boolean {
  const plain = embeddedFields.get(name);
  return plain?.type.t === type.t && plain.required === required.manifest && plain.required === required.read;
}

/** The fields of an object node; `known` replaces what its schema says of a field, before the combinations are read. */
export function objectParts(
  visit: Visit,
  lowering: Lowering,
  known: (member: Member) => Member = (member) => member,
): ObjectParts {
  const { node } = visit;
  const properties = propertiesOf(node);
  const index = indexType(visit, lowering);
  const required = new Set(requiredOf(node));
  let members = properties.map(([name, schema]) =>
    known(memberOf(propertyVisit(visit, name, schema), { name, required, lowering })),
  );
  const defaulted = properties.filter(([, schema]) => hasDefault(schema)).map(([name]) => name);
  if (flag(node, 'x-kubernetes-embedded-resource')) members = withEmbeddedFields(members, defaulted);
  const undeclared = undeclaredNames(required, members);
  if (index !== undefined) members = [...members, ...undeclared.map((name) => undeclaredMember(name, index, true))];
  else if (undeclared.length > 0) {
    // No object can have them: what the server prunes cannot be there when it validates (V8).
    lowering.warn(
      node,
      `requires ${undeclared.map((name) => JSON.stringify(name)).join(', ')} without declaring it: the server accepts no such object`,
    );
  }
  const combinations = combine(node, () => ({
    typeOf: new Map(members.map(({ name, type }) => [name, type])),
    always: new Set([...members.filter((member) => member.required.manifest).map(({ name }) => name), ...defaulted]),
    filledIn: filledInValues(visit, members),
    filledInByOne: filledInByOne(visit),
    index,
  }));
  for (const rule of combinations.impossible) lowering.warn(node, `has a combination that no object can meet: ${rule}`);
  const narrowed = applyConditions(members, combinations, index);
  return {
    parts: { members: narrowed, index, choices: withTypesOf(narrowed, members, combinations.choices) },
    rules: combinations.rules,
  };
}

function undeclaredNames(required: ReadonlySet<string>, members: readonly Member[]): string[] {
  if (required.size === 0) return [];
  const declared = new Set(members.map(({ name }) => name));
  return [...required].filter((name) => !declared.has(name));
}

/** The defaults of the fields that a read shows for them: that of this version, and of the one that is stored (V10). */
function filledInValues(visit: Visit, members: readonly Member[]): Map<string, readonly unknown[]> {
  const shown = new Set(members.filter(({ required }) => required.read).map(({ name }) => name));
  return new Map(
    propertiesOf(visit.node)
      .filter(([name, node]) => hasDefault(node) && shown.has(name))
      .map(([name, node]) => {
        const { storage } = propertyVisit(visit, name, node);
        const nodes = storage === undefined || storage === 'self' ? [node] : [node, storage];
        return [name, nodes.map((one) => field(one, 'default'))];
      }),
  );
}

/** The fields that have a default in this version and none in the one that is stored, or the other way round. */
function filledInByOne(visit: Visit): Map<string, 'this' | 'stored'> {
  const result = new Map<string, 'this' | 'stored'>();
  for (const [name, node] of propertiesOf(visit.node)) {
    const { storage } = propertyVisit(visit, name, node);
    if (storage === 'self') continue;
    const isStored = storage !== undefined && hasDefault(storage);
    if (hasDefault(node) !== isStored) result.set(name, isStored ? 'stored' : 'this');
  }
  return result;
}

/**
 * A choice that only says that a field is there has the field's type as it is narrowed for every object, not as it was declared. Where
 * that leaves no value there is none in a choice either: the compiler takes `a: 1` beside `a?: never` for no object at all, but not beside
 * `a: never`, and what is read could not be written.
 */
function withTypesOf(
  narrowed: readonly Member[],
  declared: readonly Member[],
  choices: readonly Choice[],
): readonly Choice[] {
  if (choices.length === 0) return choices;
  const before = new Map(declared.map(({ name, type }) => [name, type]));
  const after = new Map(narrowed.map(({ name, type }) => [name, type]));
  return choices.map(({ alternatives }) => ({
    alternatives: alternatives.map((all) =>
      all.map((one) => {
        const type = after.get(one.name);
        return type !== undefined && (type.t === 'never' || one.type === before.get(one.name)) ? { ...one, type } : one;
      }),
    ),
  }));
}

/** The type of fields without a schema; `undefined` where the server keeps none (F12, F17, V7). */
function indexType(visit: Visit, lowering: Lowering): TypeNode | undefined {
  const { node, openness } = visit;
  const values = mapValues(node);
  if (values !== undefined) {
    const isAlone = propertiesOf(node).length === 0 && !flag(node, 'x-kubernetes-embedded-resource');
    return isAlone ? lowering.of(valuesVisit(visit, values)).type : unknownNode;
  }
  return keepsUnknown(node) || openness !== 'closed' ? unknownNode : undefined;
}

function memberOf(
  visit: Visit,
  at: { readonly name: string; readonly required: ReadonlySet<string>; readonly lowering: Lowering },
): Member {
  const { node, storage } = visit;
  const { members } = at.lowering;
  const isRequired = at.required.has(at.name) && !hasDefault(node);
  const known = members.get(visit);
  if (known !== undefined && known.name === at.name && known.required.manifest === isRequired) return known;
  const isFilledIn = hasDefault(node) && (storage === 'self' || (storage !== undefined && hasDefault(storage)));
  const docs = at.lowering.docsOf(node);
  const { type, rules } = at.lowering.of(visit);
  const inner = innerDocs(visit, at.lowering);
  const member: Member = {
    name: at.name,
    type,
    required: { manifest: isRequired, read: isRequired || isFilledIn },
    docs: withInner(withRules(docs, rules), inner),
    itemDocs: inner.itemDocs,
  };
  members.set(visit, member);
  return member;
}

/** The docs of a field with the rules of what it holds and, where it has no description, that of them. */
function withInner(docs: Docs, { description, rules }: InnerDocs): Docs {
  const all = withRules(docs, rules);
  return docs.description === '' && description !== '' ? { ...all, description } : all;
}

/** What is said of the items of a list or the values of a map; where lists hold lists, of those of all levels. */
interface InnerDocs {
  /** What stands above a type of their own, and tags that say which of the two. */
  readonly itemDocs: Docs;
  /** Of those without such a type, which stands above the field. */
  readonly description: string;
  readonly rules: readonly string[];
}

const noInnerDocs: InnerDocs = { itemDocs: noDocs, description: '', rules: [] };

/** Lists of lists of lists: deeper ones have no docs. */
const deepestItem = 8;

function innerDocs(visit: Visit, lowering: Lowering): InnerDocs {
  let result = noInnerDocs;
  let outer = visit;
  let current = innerVisit(visit);
  for (let depth = 0; current !== undefined && depth < deepestItem; depth += 1) {
    const docs = lowering.docsOf(current.node);
    const { type, rules: more } = lowering.of(current);
    if (docs !== noDocs || more.length > 0) {
      const word = asSchema(field(outer.node, 'items')) === undefined ? 'value' : 'item';
      const tags = [
        ...result.itemDocs.tags,
        ...docs.tags.map(([name, text]) => [`${word}s`, `${name} ${text}`.trim()] as const),
      ];
      const rules = [...docs.rules, ...more];
      result = hasName(type)
        ? { ...result, itemDocs: { ...docs, rules, tags } }
        : {
            itemDocs: { ...result.itemDocs, tags },
            description: result.description === '' ? docs.description : result.description,
            rules: [...result.rules, ...rules.map((rule) => `Each ${word}: ${rule}`)],
          };
    }
    outer = current;
    current = innerVisit(current);
  }
  return result;
}

function innerVisit(visit: Visit): Visit | undefined {
  const items = asSchema(field(visit.node, 'items'));
  if (items !== undefined) return itemsVisit(visit, items);
  const values = mapValues(visit.node);
  return values && valuesVisit(visit, values);
}

/**
 * `apiVersion` and `kind` are there even when the schema does not ask for them, and `metadata` is metadata (F13, V14). What the server
 * fills in may be left out of these, too.
 */
function withEmbeddedFields(members: readonly Member[], defaulted: readonly string[]): Member[] {
  const own = new Map(members.map((member) => [member.name, member]));
  const embedded = [...embeddedFields].map(([name, { type, required }]): Member => {
    const declared = own.get(name);
    const isNarrower = declared?.type.t === 'literals' && name !== 'metadata';
    const isRequired = !defaulted.includes(name) && (required || declared?.required.manifest === true);
    return {
      name,
      type: isNarrower ? declared.type : type,
      required: { manifest: isRequired, read: isRequired || declared?.required.read === true },
      docs: declared?.docs ?? noDocs,
      itemDocs: noDocs,
    };
  });
  return [...embedded, ...members.filter(({ name }) => !embeddedFields.has(name))];
}

function undeclaredMember(name: string, type: TypeNode, required: boolean): Member {
  return { name, type, required: { manifest: required, read: required }, docs: noDocs, itemDocs: noDocs };
}

/** Puts what holds without a choice into the fields themselves. */
function applyConditions(members: Member[], { always }: Combinations, index: TypeNode | undefined): Member[] {
  if (always.length === 0) return members;
  const result = new Map(members.map((member) => [member.name, member]));
  for (const { name, is, type } of always) {
    const known = result.get(name);
    if (known === undefined) {
      // Beside an index of another type a field that may be left out does not compile.
      if (index?.t === 'unknown' || (index !== undefined && is === 'present'))
        result.set(name, undeclaredMember(name, type, is === 'present'));
    } else if (is === 'absent') {
      result.set(name, { ...known, type: neverNode, required: { manifest: false, read: false } });
    } else {
      const required = is === 'present' ? { manifest: true, read: true } : known.required;
      result.set(name, { ...known, type, required });
    }
  }
  return [...result.values()];
}
