import { describe, expect, it } from 'vitest';
import { Random } from '../../../tests/simulator/random.js';
import { refusedRules } from '../../../tests/support/cel/refused-rules.js';
import { crdWithRule, crdWithSchema } from '../../../tests/support/cel/rule-schema.js';
import { checkCrd } from '../check/check-crd.js';
import type { RuledNode } from '../check/schema-place.js';
import { createFaultList } from '../fault.js';
import { checkCel } from './check-cel.js';
import { areSurelyGood } from './surely-good.js';

function ruledOf(document: Record<string, unknown>): RuledNode[] {
  const ruled: RuledNode[] = [];
  const source = { file: 'foo.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, createFaultList(), ruled);
  return ruled;
}

function faultsOf(nodes: readonly RuledNode[]): string[] {
  const faults = createFaultList();
  checkCel(nodes, faults);
  return faults.end().map(({ message }) => message);
}

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const properties = {
  texts: { type: 'array', items: text },
  choices: { type: 'array', items: { type: 'string', enum: ['a', '*'] }, maxItems: 3 },
  times: { type: 'array', items: { type: 'string', format: 'date-time' } },
  numbers: { type: 'array', items: { type: 'integer' } },
  anything: { type: 'array', items: { 'x-kubernetes-preserve-unknown-fields': true } },
  long: { type: 'array', items: text, maxItems: 10_000_000 },
  text,
  labels: { type: 'object', additionalProperties: text },
  openMap: { type: 'object', additionalProperties: { 'x-kubernetes-preserve-unknown-fields': true } },
  objects: { type: 'array', items: { type: 'object', properties: { text } } },
  open: { 'x-kubernetes-preserve-unknown-fields': true },
  port: { 'x-kubernetes-int-or-string': true },
  for: text,
  metadata: { type: 'object', properties: { labels: text } },
  inner: {
    type: 'object',
    properties: { text, open: { 'x-kubernetes-preserve-unknown-fields': true }, texts: { type: 'array', items: text } },
  },
};

const crdOf = (rules: unknown, o: Schema = {}): Record<string, unknown> =>
  crdWithSchema({
    type: 'object',
    properties: { spec: { type: 'object', properties, 'x-kubernetes-validations': rules, ...o } },
  });

const isSurelyGood = (rule: string): boolean => areSurelyGood(ruledOf(crdOf([{ rule, message: 'no' }])));

describe('areSurelyGood', () => {
  it.for([
    'has(self.text)',
    '!has(self.inner.text) || has(self.labels)',
    "!('*' in self.choices || 'a b' in self.texts) || has(self.inner) && (has(self.inner.texts) && 'x' in self.inner.texts)",
    '!!(  has(self.texts) )',
    'has(self.objects)',
    Array(8).fill("'a' in self.texts").join(' || '),
  ])('sees that nothing is wrong with %s', (rule) => {
    const ruled = ruledOf(crdOf([{ rule, message: 'no' }]));
    expect(areSurelyGood(ruled)).toBe(true);
    expect(faultsOf(ruled)).toEqual([]);
  });

  it.for<[string, string]>([
    ['no rule', ''],
    ['a field that is not there', 'has(self.nothing)'],
    ['a field of no object', 'has(self.text.length)'],
    ['a key of a map', 'has(self.labels.a)'],
    ['what no schema describes', 'has(self.open)'],
    ['a field of that', 'has(self.open.a)'],
    ['items of any type', 'has(self.anything)'],
    ['values of any type', 'has(self.openMap)'],
    ['a number or a text', 'has(self.port)'],
    ['a word of the language', 'has(self.for)'],
    ['metadata', 'has(self.metadata.labels)'],
    ['the node itself', 'has(self)'],
    ['another function', 'size(self.texts)'],
    ['a call of a field', 'has(self.texts.size())'],
    ['a list that is not there', "'a' in self.nothing"],
    ['a list of numbers', "'a' in self.numbers"],
    ['a list of times', "'a' in self.times"],
    ['a text for a list', "'a' in self.text"],
    ['a list that is too long', "'a' in self.long"],
    ['a list of a list', "'a' in self.texts in self.texts"],
    ['a text that is no bool', "!'a' in self.texts"],
    ['an escape', String.raw`'\q' in self.texts`],
    ['a text that is not closed', "'a in self.texts"],
    ['two values in a row', 'has(self.text) has(self.text)'],
    ['a value in front of a bracket', 'has(self.text)(has(self.text))'],
    ['a value in front of !', 'has(self.text) !has(self.text)'],
    ['two operators in a row', 'has(self.text) || && has(self.text)'],
    ['an operator at the end', 'has(self.text) ||'],
    ['an operator in front', '|| has(self.text)'],
    ['an open bracket', '(has(self.text)'],
    ['a closing bracket', 'has(self.text))'],
    ['empty brackets', 'has(self.text) || ()'],
    ['brackets that close first', ')has(self.text)('],
    ['! at the end', 'has(self.text) || !'],
    ['several lines', 'has(self.text) ||\nhas(self.text)'],
    ['many brackets', `${'('.repeat(40)}has(self.text)${')'.repeat(40)}`],
    ['many lists', Array(9).fill("'a' in self.texts").join(' || ')],
    ['a very long rule', Array(90).fill('has(self.text)').join(' || ')],
  ])('leaves %s to the compiler', ([, rule]) => {
    expect(isSurelyGood(rule)).toBe(false);
  });

  it.for<[boolean, string, Schema]>([
    [true, 'a text', text],
    [true, 'a text of up to 1,000 characters', { type: 'string', maxLength: 1000 }],
    [true, 'a number', { type: 'integer', format: 'int64' }],
    [false, 'a text that may be longer than a request', { type: 'string', maxLength: 5_000_000 }],
    [false, 'a time', { type: 'string', format: 'date-time' }],
    [false, 'a number or a text', { 'x-kubernetes-int-or-string': true }],
    [false, 'an object', { type: 'object', properties }],
    [false, 'a list', { type: 'array', items: text }],
    [false, 'a value of any type', { 'x-kubernetes-preserve-unknown-fields': true }],
  ])('says %s of `self == oldSelf` for %s', ([want, , schema]) => {
    const rules = [{ rule: 'self == oldSelf', message: 'stays' }];
    const spec = { ...schema, 'x-kubernetes-validations': rules };
    const at = (outer: Schema): RuledNode[] => ruledOf(crdWithSchema({ type: 'object', properties: outer }));
    const ruled = at({ spec });
    expect(areSurelyGood(ruled)).toBe(want);
    if (want) expect(faultsOf(ruled)).toEqual([]);
    expect(areSurelyGood(at({ list: { type: 'array', items: spec } }))).toBe(false);
  });

  const rule = 'has(self.text)';
  it.for<[string, unknown, Schema?]>([
    ['rules that are none', 'x'],
    ['a rule that is none', ['x']],
    ['a rule without text', [{ message: 'no' }]],
    ['a field that no rule has', [{ rule, mesage: 'no' }]],
    ['a reason', [{ rule, reason: 'FieldValueInvalid' }]],
    ['a message of blanks', [{ rule, message: ' ' }]],
    ['a message of two lines', [{ rule, message: 'a\nb' }]],
    ['a message that is no text', [{ rule, message: 1 }]],
    ['one bad rule behind a good one', [{ rule }, { rule: 'nothing' }]],
    ['a map', [{ rule }], { properties: undefined, additionalProperties: text }],
    ['a list', [{ rule }], { type: 'array', properties: undefined, items: text }],
  ])('leaves %s to the compiler', ([, rules, o]) => {
    expect(areSurelyGood(ruledOf(crdOf(rules, o)))).toBe(false);
  });

  it('leaves what stands in a list, in a map, or beside too many others to the compiler', () => {
    const node = { type: 'object', properties, 'x-kubernetes-validations': [{ rule }] };
    const at = (schema: Schema): boolean => areSurelyGood(ruledOf(crdWithSchema({ type: 'object', ...schema })));
    expect(at({ properties: { spec: node } })).toBe(true);
    expect(at({ properties: { list: { type: 'array', items: node } } })).toBe(false);
    expect(at({ properties: { map: { type: 'object', additionalProperties: node } } })).toBe(false);
    const costly = "'a' in self.texts || 'b' in self.texts";
    const many = (count: number): boolean =>
      areSurelyGood(ruledOf(crdOf(Array.from({ length: count }, () => ({ rule: costly })))));
    expect([many(40), many(60)]).toEqual([true, false]);
  });

  it('finds nothing to tell of a CRD without rules', () => {
    expect(areSurelyGood([])).toBe(true);
  });

  it('never passes over a rule that an API server refuses', () => {
    const passed = refusedRules.filter(({ place, rule }) => areSurelyGood(ruledOf(crdWithRule(place, rule))));
    expect(passed).toEqual([]);
  });

  it('never passes over a rule with a fault, of 20,000 random ones', () => {
    const random = new Random(7);
    const values = "has(self.text),has(self.inner.texts),'a' in self.texts,'*' in self.inner.texts,has(self.open)";
    const others = "||,&&,!,(,),||,&&, ,self.text,'a' in self.numbers,has(self.inner.nothing)";
    const pieces = `${values},${others}`.split(',');
    let passed = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const any = Array.from({ length: random.int(1, 9) }, () => random.pick(pieces)).join(' ');
      const ruled = ruledOf(crdOf([{ rule: any, message: 'no' }]));
      if (!areSurelyGood(ruled)) continue;
      passed += 1;
      expect([any, faultsOf(ruled)]).toEqual([any, []]);
    }
    expect(passed).toBeGreaterThan(500);
  });
});
