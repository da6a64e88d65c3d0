import type { Cluster } from '@kube-gen/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedRules } from '../support/cel/accepted-rules.js';
import { cheapRules, costlyCrd, costlyRules, costlySchema } from '../support/cel/costly-rules.js';
import {
  faultsOf,
  faultsOfSchema,
  ourTimes,
  randomlyBounded,
  ruleOf,
  theirTimes,
  withBounds,
} from '../support/cel/costs.js';
import { nestedRules } from '../support/cel/nested-rules.js';
import { droppedRules, refusedRules } from '../support/cel/refused-rules.js';
import { crdWithRule, crdWithSchema, type Rule } from '../support/cel/rule-schema.js';
import { crdRefusal, isFollowedRelease } from './crd-verdicts.js';
import { noCluster, useTestCluster } from './test-cluster.js';

describe.skipIf(noCluster)('CEL rules of CRDs', () => {
  let cluster: Cluster;
  /** Whether it is the release whose functions we know, and whose estimates of costs we make. */
  let isOurs: boolean;
  const notOurs = 'functions and costs are those of Kubernetes 1.37';

  useTestCluster(async (given) => {
    cluster = given;
    isOurs = await isFollowedRelease(cluster);
  });

  /** What the API server says of a CRD with one rule; nothing where it takes it. */
  const verdict = (place: string, rule: Rule): Promise<string | undefined> => refusalOf(crdWithRule(place, rule));
  const refusalOf = (crd: object): Promise<string | undefined> => crdRefusal(cluster, crd);

  it('F37: the API server takes every rule that has no warning in the table', async ({ skip }) => {
    skip(!isOurs, notOurs);
    const refused: object[] = [];
    for (const [place, rules] of acceptedRules) {
      for (const rule of rules) {
        const message = await verdict(place, rule);
        if (message !== undefined) refused.push({ place, rule, message });
      }
    }
    expect(refused).toEqual([]);
  });

  it('F37: the API server refuses every rule that has a warning in the table, for that rule', async ({ skip }) => {
    skip(!isOurs, notOurs);
    const wrong: object[] = [];
    for (const { place, rule } of refusedRules) {
      const message = await verdict(place, rule);
      if (message?.includes('x-kubernetes-validations') !== true) wrong.push({ place, rule, message });
    }
    expect(wrong).toEqual([]);
  });

  it('F37: the API server answers nothing to a rule with dyn behind ?', async ({ skip }) => {
    skip(!isOurs, notOurs);
    for (const rule of droppedRules) await expect(verdict('spec', rule)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('F37: the API server takes as many levels as we do, and no more', async ({ skip }) => {
    skip(!isOurs, notOurs);
    const wrong: object[] = [];
    for (const [what, most, rule] of nestedRules) {
      const [taken, refused] = [await verdict('spec', rule(most)), await verdict('spec', rule(most + 1))];
      if (taken !== undefined || refused === undefined) wrong.push({ what, taken, refused });
    }
    expect(wrong).toEqual([]);
  });

  it('F37: the API server refuses every rule that has a warning, of rules changed at random', async ({ skip }) => {
    skip(!isOurs, notOurs);
    const seed = Number(process.env['KUBE_GEN_CEL_SEED'] ?? 20);
    const runs = Number(process.env['KUBE_GEN_CEL_RULES'] ?? 600);
    const wrong: object[] = [];
    let warned = 0;
    for (const { place, rule } of fc.sample(changedRule, { seed, numRuns: runs })) {
      const said = saidOf(place, rule);
      if (said.length === 0) continue;
      warned += 1;
      if ((await verdict(place, rule)) === undefined) wrong.push({ seed, place, rule, said });
    }
    expect(wrong).toEqual([]);
    expect(warned).toBeGreaterThan(runs / 4);
  }, 300_000);

  /** Whether a rule has a function that another release does not have. */
  const isUnknown = (message: string | undefined): boolean =>
    !isOurs && message?.includes('undeclared reference') === true;

  it('F37: the API server takes every rule of the table that costs little enough', async () => {
    const refused: object[] = [];
    for (const rule of cheapRules) {
      const message = await refusalOf(costlyCrd([rule]));
      if (message !== undefined && !isUnknown(message)) refused.push({ rule, message });
    }
    expect(refused).toEqual([]);
  });

  it('F37: the API server refuses every rule of the table that costs too much, with the same estimate', async () => {
    const wrong: object[] = [];
    for (const [place, rule] of costlyRules) {
      const crd = costlyCrd([[place, rule]]);
      const ours = ourTimes(faultsOf(crd)[0]);
      const message = await refusalOf(crd);
      const theirs = theirTimes(message);
      if (!isOurs && (isUnknown(message) || cheapElsewhere.includes(rule))) continue;
      if (theirs === undefined || (isOurs && theirs !== ours)) wrong.push({ place, rule, ours, message });
    }
    expect(wrong).toEqual([]);
  });

  it('F37: the API server counts all rules of a schema as we do', async ({ skip }) => {
    skip(!isOurs, notOurs);
    const many = (count: number): Record<string, unknown> =>
      costlyCrd(Array.from({ length: count }, () => ['spec', 'self.numbers.all(n, n > 1)'] as const));
    expect(await refusalOf(many(12))).toBeUndefined();
    const message = await refusalOf(many(13));
    expect(message).toContain('total for entire OpenAPIv3 schema exceeds budget');
    expect(theirTimes(message)).toBe(ourTimes(faultsOf(many(13))[0]));
  });

  it('F37: the API server takes a rule with the bounds that we name, and refuses it with larger ones', async ({
    skip,
  }) => {
    skip(!isOurs, notOurs);
    const seed = Number(process.env['KUBE_GEN_CEL_SEED'] ?? 20);
    const runs = Number(process.env['KUBE_GEN_CEL_COSTS'] ?? 150);
    const schemas = [
      ...costlyRules.map(([place, rule]) => costlySchema([[place, rule]])),
      ...fc.sample(randomlyBounded, { seed, numRuns: runs }),
    ];
    const wrong: object[] = [];
    const seen = { cheap: 0, costly: 0, bounded: 0 };
    for (const schema of schemas) {
      const [fault] = faultsOfSchema(schema);
      const message = await refusalOf(crdWithSchema(schema));
      if (theirTimes(message) !== ourTimes(fault)) wrong.push({ seed, rule: ruleOf(schema), fault, message });
      seen[fault === undefined ? 'cheap' : 'costly'] += 1;
      if (fault?.hint?.startsWith('It is cheap enough') !== true || fault.hint.endsWith(' more.')) continue;
      seen.bounded += 1;
      const taken = await refusalOf(crdWithSchema(withBounds(schema, fault.hint)));
      const refused = await refusalOf(crdWithSchema(withBounds(schema, fault.hint, 1)));
      if (taken !== undefined || refused === undefined) wrong.push({ seed, rule: ruleOf(schema), fault, taken });
    }
    expect(wrong).toEqual([]);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs / 5);
  }, 300_000);
});

/** What costs too much for Kubernetes 1.37 and little for an earlier release. */
const cheapElsewhere = ["matches(url(self.text).getHost(), '^[a-z.]+$')"];

/** What we say about a rule. */
const saidOf = (place: string, rule: Rule): string[] =>
  faultsOf(crdWithRule(place, rule)).map(({ message }) => message);

const texts = acceptedRules.flatMap(([place, rules]) =>
  rules.filter((rule) => typeof rule === 'string').map((rule) => ({ place, parts: partsOf(rule) })),
);

function partsOf(rule: string): string[] {
  return rule.match(/\s+|\w+|'[^'\n]*'|&&|\|\||[=!<>]=|[^]/g) ?? [];
}

/** A rule of the table in which something is left out, doubled, or replaced by a part of another; or two of them in one. */
const changedRule: fc.Arbitrary<{ place: string; rule: string }> = fc
  .record({
    one: fc.constantFrom(...texts),
    other: fc.constantFrom(...texts),
    at: fc.nat(1_000),
    part: fc.nat(1_000),
    change: fc.constantFrom('drop', 'double', 'replace', 'insert', '&&', '==', '+', 'in', '?', 'list', 'map', 'all'),
  })
  .map(({ one, other, at, part, change }) => {
    const parts = [...one.parts];
    const index = at % parts.length;
    const piece = other.parts[part % other.parts.length] ?? '';
    const [a, b] = [one, other].map(({ parts }) => parts.join(''));
    if (change === 'drop') parts.splice(index, 1);
    else if (change === 'double') parts.splice(index, 0, parts[index] ?? '');
    else if (change === 'replace') parts.splice(index, 1, piece);
    else if (change === 'insert') parts.splice(index, 0, piece);
    else if (change === '?') return { place: one.place, rule: `(${a}\n) ? (${b}\n) : self.flag` };
    else if (change === 'list') return { place: one.place, rule: `[${a}\n, ${b}\n].all(x, x)` };
    else if (change === 'map') return { place: one.place, rule: `{'a': ${a}\n, ?'b': self.?flag}.exists(k, v, v)` };
    else if (change === 'all') return { place: one.place, rule: `self.objs.all(str, ${a}\n)` };
    else return { place: one.place, rule: `(${a}\n) ${change} (${b}\n)` };
    return { place: one.place, rule: parts.join('') };
  });
