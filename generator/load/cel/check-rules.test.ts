import { describe, expect, it } from 'vitest';
import { acceptedRules } from '../../../tests/support/cel/accepted-rules.js';
import { nestedRules } from '../../../tests/support/cel/nested-rules.js';
import { droppedRules, refusedRules } from '../../../tests/support/cel/refused-rules.js';
import { crdWithRule, type Rule } from '../../../tests/support/cel/rule-schema.js';
import { crdManifest } from '../../../tests/support/crd-manifest.js';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { checkCrd } from '../check/check-crd.js';
import type { RuledNode } from '../check/schema-place.js';
import { createFaultList } from '../fault.js';
import { checkRules } from './check-rules.js';

/** All that is said about a CRD: of the fault of a rule, the field first. */
function check(document: Record<string, unknown>): string[] {
  const faults = createFaultList();
  const ruled: RuledNode[] = [];
  const source = { file: 'foo.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, faults, ruled);
  checkRules(ruled, faults);
  return faults.end().map(({ severity, path, message, hint }) => {
    const field = path.slice(path.indexOf('x-kubernetes-validations') + 2).join('.');
    return `${severity} ${field}: ${message}${hint === undefined ? '' : `. ${hint}`}`;
  });
}

const said = (rule: Rule, place = 'spec'): string[] => check(crdWithRule(place, rule));

describe('checkRules', () => {
  it('F37: says nothing about rules that the API server takes', () => {
    const wrong = acceptedRules.flatMap(([place, rules]) =>
      rules.map((rule) => ({ place, rule, said: said(rule, place) })).filter(({ said }) => said.length > 0),
    );
    expect(wrong).toEqual([]);
  });

  it('F37: warns about each fault of rules that the API server refuses', () => {
    const found = refusedRules.map(({ place, rule }) => ({ place, rule, said: said(rule, place) }));
    expect(found).toEqual(
      refusedRules.map(({ said, ...rest }) => ({ ...rest, said: said.map((text) => `warning ${text}`) })),
    );
  });

  it.each(droppedRules)('F37: warns about what the API server breaks off at: %s', (rule) => {
    expect(said(rule)).toEqual([
      expect.stringMatching(
        /^warning rule: does not compile: behind \? stands an optional, and the API server breaks off at dyn \(column \d+: ".*"\)\. Leave the \? out, or write optional\.of\(…\)\.$/,
      ),
    ]);
  });

  it.for(nestedRules)('F37: takes as many %s in each other as the API server does: %i', ([, most, rule]) => {
    expect(said(rule(most))).toEqual([]);
    expect(said(rule(most + 1))).toEqual([expect.stringContaining('it is nested more than 250 levels deep')]);
  });

  it('F37: says what is wrong with the fields of a rule', () => {
    expect(said({ rule: 'true', mesage: 'no' })).toEqual([
      'warning mesage: "mesage" is no field of a rule and has no effect. Did you mean "message"?',
    ]);
    expect(said({ rule: 7 })).toEqual([
      expect.stringMatching(/must be a list of rules, not a list with a rule that is a number \(7\)$/),
    ]);
  });

  it('F37: takes two fields for two types, also where one node describes both', () => {
    const node = { type: 'object', properties: { a: { type: 'string' } } };
    const properties = { one: node, other: node };
    const rules = ['self.one == self.other', 'self.one == self.one'];
    const spec = { type: 'object', properties, 'x-kubernetes-validations': rules.map((rule) => ({ rule })) };
    const crd = crdManifest('Foo', { type: 'object', properties: { spec } });
    expect(check(crd)).toEqual([expect.stringContaining('"== self.other"')]);
  });

  it('tells the line and the column in a rule of several lines', () => {
    expect(said("self.int > 1\n  && self.strr == 'a'")).toEqual([
      'warning rule: does not compile: there is no field "strr" in this object (line 2, column 11: "strr == \'a\'"). Did you mean "str"?',
    ]);
  });

  it('takes functions that an older or newer API server has', () => {
    expect(said("self.list.includes('a')")).toEqual([]);
  });

  it('says nothing about fields whose schema is no schema, and does not follow it', () => {
    const crd = crdWithRule('spec', 'self.str == self.int');
    const text = JSON.stringify(crd).replace('{"type":"string","maxLength":10}', '{"type":["string"]}');
    expect(check(JSON.parse(text) as Record<string, unknown>).filter((line) => line.includes('compile'))).toEqual([]);
  });

  it.for([
    ['more than 250 brackets', `${'('.repeat(40_000)}true${')'.repeat(40_000)}`, /nested more than 250 levels deep/],
    ['brackets that are never closed', '('.repeat(90_000), /nested more than 250 levels deep/],
    ['100,000 brackets', `${'('.repeat(100_000)}true${')'.repeat(100_000)}`, /more than 100000 characters/],
    ['lists in lists', `${'['.repeat(400)}${']'.repeat(400)}.size() > 0`, /nested more than 250/],
    ['choices in choices', `${'true ? true : '.repeat(5_000)}true`, /nested more than 250/],
    ['long sums', `${'1 + '.repeat(20_000)}1 > 0`, /nested more than 250/],
    ['long paths', `self.either${'.a'.repeat(40_000)} == 1`, /nested more than 250/],
    ['100 MB', ' '.repeat(100_000_000).concat('true'), /more than 100000 characters/],
    ['long texts', `'${'\\\\'.repeat(40_000)}' == ''`, undefined],
    ['texts without an end', `"""${'\\"'.repeat(40_000)}`, /does not compile/],
    ['wrong escapes', `'${'\\d'.repeat(40_000)}'`, /\\d means nothing/],
    ['long comments', `// ${'/'.repeat(90_000)}\ntrue`, undefined],
    ['signs in a row', `${'!'.repeat(90_000)}self.flag`, undefined],
    ['many conditions', `${"self.str == 'a' && ".repeat(4_000)}true`, undefined],
    ['macros in macros', `${'[1].all(x, '.repeat(200)}true${')'.repeat(200)}`, undefined],
    ['values that double', `optional.of({1: 1})${'.optMap(x, {x: x})'.repeat(200)}.hasValue()`, undefined],
    ['maps of themselves', `optional.of([])${'.optMap(x, [[x], [x]])'.repeat(200)}.hasValue()`, undefined],
  ] as const)('F38: %s end quickly', ([, rule, want]) => {
    let lines: string[] = [];
    expect(cpuSeconds(() => (lines = said({ rule, message: 'no' })))).toBeLessThan(5);
    if (want === undefined) expect(lines).toEqual([]);
    else expect(lines).toEqual([expect.stringMatching(want)]);
  });

  it.for([
    ['functions that do not exist', `${'nothing() || '.repeat(7_000)}true`],
    ['variables that do not exist', `[${'a, '.repeat(30_000)}] == []`],
    ['fields that do not exist', `${'self.a || '.repeat(9_000)}true`],
  ] as const)('F38: many %s end quickly', ([, rule]) => {
    let lines: string[] = [];
    expect(cpuSeconds(() => (lines = said({ rule, message: 'no' })))).toBeLessThan(5);
    expect(lines).toHaveLength(100);
  });

  it('F38: judges a number of very many digits at once', () => {
    const rule = `double('1${'0'.repeat(60_000)}.P') > 1.0`;
    let lines: string[] = [];
    expect(cpuSeconds(() => (lines = said({ rule, message: 'no' })))).toBeLessThan(2);
    expect(lines).toEqual([expect.stringContaining('A double is written such as 1.5.')]);
  });

  it('thousands of misspelt fields of an object with thousands end quickly, and the first are told with the right name', () => {
    const properties = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`numbered${i}`, { type: 'string' }]));
    const rules = Array.from({ length: 150 }, (_, i) => {
      const parts = Array.from({ length: 90 }, (_, j) => `self.numbred${i * 10 + j} == ''`);
      return { rule: parts.join(' || '), message: 'no' };
    });
    const crd = crdManifest('Foo', { type: 'object', properties, 'x-kubernetes-validations': rules });
    let lines: string[] = [];
    expect(cpuSeconds(() => (lines = check({ ...crd })))).toBeLessThan(10);
    expect(lines[0]).toMatch(/Did you mean "numbered0"\?$/);
  });

  it('F38: lists of 5,000 levels end quickly', () => {
    const crd = crdWithRule('spec', 'self.deep.all(x, true)');
    let deep: unknown = { type: 'string' };
    for (let i = 0; i < 5_000; i++) deep = { type: 'array', items: deep };
    const text = JSON.stringify(crd).replace('"str":', '"deep":0,"str":');
    const document = JSON.parse(text, (key, value: unknown) => (key === 'deep' ? deep : value)) as Record<
      string,
      unknown
    >;
    expect(check(document)).toEqual([]);
  });
});
