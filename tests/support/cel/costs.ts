import fc from 'fast-check';
import { checkCrd } from '../../../generator/load/check/check-crd.js';
import type { RuledNode } from '../../../generator/load/check/schema-place.js';
import { checkRules } from '../../../generator/load/cel/check-rules.js';
import { checkCosts } from '../../../generator/load/cel/cost/check-costs.js';
import { createFaultList, type Fault } from '../../../generator/load/fault.js';
import { costlySchema } from './costly-rules.js';
import { crdWithSchema, nodeAt, type Node } from './rule-schema.js';

/** What we say about the rules of a CRD. */
export function faultsOf(document: Record<string, unknown>): readonly Fault[] {
  const faults = createFaultList();
  const ruled: RuledNode[] = [];
  const source = { file: 'rule.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, faults, ruled);
  checkCosts(checkRules(ruled, faults), faults);
  return faults.end();
}

/** How many times the limit we say that something costs: `12.3`, `more than 100`. */
export function ourTimes(fault: Fault | undefined): string | undefined {
  return /estimates (.*) times its limit/.exec(fault?.message ?? '')?.[1];
}

/** The same, as the API server says it first in its refusal. */
export function theirTimes(refusal: string | undefined): string | undefined {
  const said = /exceeds budget by factor of (.*?)x /.exec(refusal ?? '')?.[1];
  return said === undefined || said.startsWith('more') ? said : String(Number(said));
}

/** A copy of a schema with the bounds that a hint names, each so much larger. */
export function withBounds(schema: Node, hint: string, more = 0): Node {
  const copy = JSON.parse(JSON.stringify(schema)) as Node;
  for (const [, key = '', bound, where = ''] of hint.matchAll(/(max\w+): (\d+) at ([\w.*[\]]+)/g)) {
    nodeAt(copy, where.replaceAll('.*', '{}').replace(/\.$/, ''))[key] = Number(bound) + more;
  }
  return copy;
}

const conditions: readonly ((text: string) => string)[] = [
  (text) => `${text} == self.other`,
  (text) => `${text} != 'abcdefghijkl'`,
  (text) => `${text}.contains('abc')`,
  (text) => `${text}.matches('^[a-z]+$')`,
  (text) => `${text}.startsWith(self.name)`,
  (text) => `${text}.lowerAscii() == ${text}`,
  (text) => `${text}.split(',').exists(p, p == ${text})`,
  (text) => `${text}.replace('a', 'bc').endsWith(${text})`,
  (text) => `(${text} + self.name).size() > 3`,
  (text) => `${text} in self.names`,
  (text) => `[${text}, self.name].join('-').upperAscii() == ''`,
  (text) => `isQuantity(${text})`,
];

type Condition = (text: string) => string;

const loops: readonly ((a: Condition, b: Condition) => string)[] = [
  (a) => a('self.text'),
  (a, b) => `${a('self.text')} || ${b('self.long')}`,
  (a) => `self.list.all(x, ${a('x')})`,
  (a, b) => `self.list.exists(x, self.names.all(y, ${a('x')} && ${b('y')}))`,
  (a, b) => `self.map.all(k, v, ${a('k')} || ${b('v')})`,
  (a, b) => `self.objects.all(o, o.tags.exists(t, ${a('t')} && ${b('o.kind')}))`,
  (a, b) => `self.bounded.all(o, has(o.name) && ${a('o.name')} && o.tags.all(t, ${b('t')}))`,
  (a, b) => `self.list.filter(x, ${a('x')}).map(x, x + x).all(y, ${b('y')})`,
  (a) => `self.lists.all(l, l.exists_one(x, ${a('x')}))`,
  (a, b) => `(${a('self.other')} ? self.list : self.names).all(x, ${b('x')})`,
];

const fields = {
  text: 'maxLength',
  other: 'maxLength',
  name: 'maxLength',
  list: 'maxItems',
  'list[]': 'maxLength',
  names: 'maxItems',
  'names[]': 'maxLength',
  map: 'maxProperties',
  'map{}': 'maxLength',
  objects: 'maxItems',
  'objects[].kind': 'maxLength',
  'objects[].tags': 'maxItems',
  'bounded[].tags[]': 'maxLength',
  lists: 'maxItems',
};

const bound = fc.oneof(fc.nat(20), fc.nat(2_000), fc.nat(200_000));
const condition = fc.constantFrom(...conditions);

/** Schemas with one rule and bounds at random. */
export const randomlyBounded: fc.Arbitrary<Node> = fc
  .record({
    loop: fc.constantFrom(...loops),
    a: condition,
    b: condition,
    bounds: fc.record(Object.fromEntries(Object.keys(fields).map((name) => [name, fc.option(bound)]))),
  })
  .map(({ loop, a, b, bounds }) => {
    const schema = costlySchema([['spec', loop(a, b)]]);
    for (const [name, key] of Object.entries(fields)) {
      const value = bounds[name];
      if (value !== null && value !== undefined) nodeAt(schema, `spec.${name}`)[key] = value;
    }
    return schema;
  });

/** The rule of such a schema, for the message of a test that fails. */
export const ruleOf = (schema: Node): unknown => nodeAt(schema, 'spec')['x-kubernetes-validations'];

/** What we say about a schema. */
export const faultsOfSchema = (schema: Node): readonly Fault[] => faultsOf(crdWithSchema(schema));
