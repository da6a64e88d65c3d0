import { describe, expect, it } from 'vitest';
import { showCrd } from '../../tests/support/fidelity-example.js';
import { printSmall } from '../../tests/support/small-crd.js';
import { object, text } from '../../tests/support/schema-words.js';

const seconds = { type: 'integer' };
const probe = object({
  initialDelaySeconds: seconds,
  periodSeconds: seconds,
  timeoutSeconds: seconds,
  a: text,
  b: text,
});
const list = (items: object): object => ({ type: 'array', items });

describe('fields of one object that have equal types', () => {
  it('F31 each is called after itself, and what they are stands once', (context) => {
    const crd = { spec: object({ livenessProbe: probe, readinessProbe: probe }) };
    const { text: module } = printSmall(crd);
    showCrd(context, crd);
    expect(module).toContain('readonly livenessProbe?: FooSpecLivenessProbe;');
    expect(module).toContain('readonly readinessProbe?: FooSpecReadinessProbe;');
    expect(module).toContain('\nexport interface FooSpecReadinessProbe extends FooSpecLivenessProbe {}\n');
    expect(module.match(/periodSeconds/g)).toHaveLength(1);
    expect(module).not.toContain('More places');
  });

  it('F31 so are the items of lists, and the values of maps', () => {
    const { text: module } = printSmall({
      spec: object({
        ingress: list(probe),
        egress: list(probe),
        others: { type: 'object', additionalProperties: probe },
      }),
    });
    expect(module).toContain('readonly egress?: readonly FooSpecEgress[];');
    expect(module).toContain('readonly ingress?: readonly FooSpecIngress[];');
    expect(module).toContain('readonly others?: { readonly [key: string]: FooSpecOther };');
    expect(module).toContain('\nexport interface FooSpecIngress extends FooSpecOther {}\n');
  });

  it('F31, F3 in both views, where these differ', () => {
    const filledIn = object({ image: text, limit: text, volume: text, size: text, n: { type: 'integer', default: 1 } });
    const { text: module } = printSmall({ spec: object({ nodejs: filledIn, python: filledIn }) });
    expect(module).toContain('readonly python?: FooSpecPython;');
    expect(module).toContain('readonly python?: FooSpecPythonManifest;');
    expect(module).toContain('\nexport interface FooSpecPython extends FooSpecNodejs {}\n');
    expect(module).toContain('\nexport interface FooSpecPythonManifest extends FooSpecNodejsManifest {}\n');
  });

  it('F31 an item of a list and a field that is called as one item have one name', () => {
    const { text: module } = printSmall({ spec: object({ at: probe, rule: probe, rules: list(probe) }) });
    expect(module).toContain('readonly rule?: FooSpecRule;');
    expect(module).toContain('readonly rules?: readonly FooSpecRule[];');
    expect(module.match(/interface FooSpecRule /g)).toHaveLength(1);
  });

  it('F31 what they hold is called after the one that is declared, and has the names of its other places', () => {
    const large = object({ one: probe, name: text });
    const { text: module } = printSmall({ spec: object({ a: large, b: large }) });
    expect(module).toContain('\nexport interface FooSpecB extends FooSpecA {}\n');
    expect(module).toContain('export type FooSpecBOne = FooSpecAOne;');
  });

  it('F31 fields of different objects share a type, and so do choices, which no interface can extend', () => {
    const choice = { ...probe, oneOf: [{ required: ['a'] }, { required: ['b'] }] };
    const { text: module } = printSmall({
      spec: object({ deep: object({ other: probe }), probe, left: choice, right: choice }),
    });
    expect(module).toContain('readonly other?: FooSpecProbe;');
    expect(module).toContain('readonly right?: FooSpecLeft;');
    expect(module).toContain('export type FooSpecRight = FooSpecLeft;');
    expect(module).not.toMatch(/extends \w+ \{\}/);
  });
});
