import { field, isMap, stringField, type JsonMap } from '../json-value.js';
import { mayRepeat, type RuledNode } from '../check/schema-place.js';
import { reservedWords } from './names.js';

/**
 * Whether nothing can be wrong with the rules of a CRD, and they cost next to nothing: `has(self.a.b)`, `'x' in self.list`, and what
 * connects them; or `self == oldSelf` for one value, the rule that is written most. The providers of Crossplane have thousands of the
 * former and no others, and to compile those takes longer than to read the CRDs. False says nothing: then they are compiled.
 */
export function areSurelyGood(nodes: readonly RuledNode[]): boolean {
  const cost = nodes.reduce((sum, { place }) => sum + (mayRepeat(place) ? Infinity : costOfRules(place.node)), 0);
  return cost <= limits.cost;
}

/** Far within what the API server reads, and allows a schema to cost. */
const limits = { characters: 1_000, nesting: 30, cost: 100_000_000 };
/** More than a list can have items in a request of 3 MiB, each of which costs 1. */
const mostItems = 1_100_000;
/** A comparison costs less than one for each character, of which a text without a bound has no more than a request has bytes. */
const mostCharacters = 4_000_000;
/** So that no rule by itself costs more than a tenth of `limits.cost`. */
const mostLists = 8;

/** More than all rules of a node cost; Infinity where that is not seen at once, or something may be wrong. */
function costOfRules(node: JsonMap): number {
  const rules = field(node, 'x-kubernetes-validations');
  if (!Array.isArray(rules)) return Infinity;
  return rules.reduce((sum: number, rule: unknown) => sum + (isMap(rule) ? costOfRule(rule, node) : Infinity), 0);
}

function costOfRule(rule: JsonMap, self: JsonMap): number {
  const text = stringField(rule, 'rule') ?? '';
  const hasOthers = Object.keys(rule).some((key) => key !== 'rule' && key !== 'message');
  const message = field(rule, 'message') ?? 'none';
  if (hasOthers || text.length > limits.characters || typeof message !== 'string' || !/^\S[^\n\r]*$/.test(message))
    return Infinity;
  if (text === 'self == oldSelf') return isOneValue(self) ? mostCharacters : Infinity;
  const lists = isPlainObject(self) ? listsIn(text, self) : Infinity;
  return lists <= mostLists ? text.length + lists * mostItems : Infinity;
}

const path = String.raw`self((?:\.[A-Za-z][A-Za-z0-9]*)+)`;
const part = new RegExp(String.raw` *(?:has\(${path}\)|'[ -&(-[\]-~]*' in ${path}|(&&|\|\||[!()])) *`, 'y');

/** How many lists a rule looks through; Infinity where it does more than that and asking for fields. */
function listsIn(text: string, self: JsonMap): number {
  let lists = 0;
  let nesting = 0;
  let mark: string | undefined = '(';
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (found === null) return Infinity;
    const [, asked, list, next] = found;
    const isBehindValue = mark === undefined || mark === ')';
    const isOperator = next === '&&' || next === '||';
    if (next !== undefined ? isBehindValue !== (isOperator || next === ')') : isBehindValue) return Infinity;
    if (next === undefined) {
      // `!'x' in self.list` is the opposite of a text in a list.
      const isGood =
        list === undefined ? isReadable(nodeAt(asked, self)) : mark !== '!' && isOfTexts(nodeAt(list, self));
      if (!isGood) return Infinity;
      if (list !== undefined) lists += 1;
    } else if (next === '(') nesting += 1;
    else if (next === ')') nesting -= 1;
    if (nesting < 0 || nesting > limits.nesting) return Infinity;
    mark = next;
  }
  return nesting === 0 && (mark === undefined || mark === ')') ? lists : Infinity;
}

/** What rules know more of than the schema says. */
const ofResources: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** The node at a path such as `.a.b`. */
function nodeAt(names: string | undefined, self: JsonMap): JsonMap | undefined {
  let node: JsonMap | undefined = self;
  for (const name of (names ?? '').split('.').slice(1)) {
    if (node === undefined || !isPlainObject(node) || reservedWords.has(name)) return undefined;
    const properties: unknown = field(node, 'properties');
    const next: unknown = isMap(properties) && !ofResources.has(name) ? field(properties, name) : undefined;
    node = isMap(next) ? next : undefined;
  }
  return node;
}

const isEither = (node: JsonMap): boolean => field(node, 'x-kubernetes-int-or-string') !== undefined;

/** An object of which rules know the fields of its schema. */
function isPlainObject(node: JsonMap): boolean {
  return field(node, 'type') === 'object' && field(node, 'additionalProperties') === undefined && !isEither(node);
}

const scalars: readonly unknown[] = ['string', 'boolean', 'integer', 'number'];

/** A text, number or truth value. */
function isOneValue(node: JsonMap): boolean {
  const type = field(node, 'type');
  const longest = field(node, 'maxLength') ?? 0;
  return (
    !isEither(node) &&
    scalars.includes(type) &&
    // To rules a text with a format may be a time.
    (type !== 'string' || field(node, 'format') === undefined) &&
    typeof longest === 'number' &&
    longest < mostCharacters
  );
}

/** Whether rules can surely ask for such a field. */
function isReadable(node: JsonMap | undefined): boolean {
  if (node === undefined || isEither(node)) return false;
  const type = field(node, 'type');
  const inner = field(node, type === 'array' ? 'items' : 'additionalProperties');
  if (type === 'array' || (type === 'object' && inner !== undefined)) return isMap(inner) && isSimple(inner);
  return type === 'object' || scalars.includes(type);
}

const isSimple = (node: JsonMap): boolean =>
  !isEither(node) && (scalars.includes(field(node, 'type')) || isPlainObject(node));

function isOfTexts(node: JsonMap | undefined): boolean {
  if (node === undefined || isEither(node) || field(node, 'type') !== 'array') return false;
  const items = field(node, 'items');
  const most = field(node, 'maxItems') ?? 0;
  return (
    isMap(items) &&
    isSimple(items) &&
    field(items, 'type') === 'string' &&
    field(items, 'format') === undefined &&
    typeof most === 'number' &&
    most < mostItems
  );
}
