import { describe, expect, it } from 'vitest';
import { Random } from '../simulator/random.js';
import { exportsOf, isKept, withChange } from '../support/grown-schema.js';
import { object, text } from '../support/schema-words.js';
import { smallCrd } from '../support/small-crd.js';

const schemas = 40;
const changes = 3;

describe('names of types', () => {
  it('F28, F31: a new field, description or default in a schema like those of operators takes no name away and gives none another meaning', () => {
    const random = new Random(31);
    const broken: string[] = [];
    let compared = 0;
    for (let i = 0; i < schemas; i += 1) {
      const crd = smallCrd({ schema: object({ spec: specOf(random), status }) });
      const before = exportsOf(crd);
      for (let change = 0; change < changes; change += 1) {
        const { changed, where } = withChange(crd, random);
        const after = exportsOf(changed);
        compared += before.size;
        for (const [name, fields] of before)
          if (!isKept(fields, after.get(name))) broken.push(`schema ${i}: ${name} after ${where}`);
      }
    }
    expect(broken).toEqual([]);
    expect(compared).toBeGreaterThan(schemas * changes * 10);
  });
});

const fields = (names: string): Record<string, unknown> =>
  Object.fromEntries(names.split(' ').map((name) => [name, text]));
const list = (items: object): object => ({ type: 'array', items });
const mapOf = (additionalProperties: object): object => ({ type: 'object', additionalProperties });

const probe = object({ ...fields('host path port scheme'), headers: list(object(fields('name value'))) });
const selector = object({
  matchLabels: mapOf(text),
  matchExpressions: list(object({ ...fields('key operator'), values: list(text) })),
});
const secretKey = object({ key: { ...text, description: 'The key of the secret.' }, name: text });
const variable = object({ name: text, value: text, valueFrom: object({ configMapKeyRef: secretKey, fieldRef: text }) });
const container = object({
  ...fields('image name'),
  args: list(text),
  command: list(text),
  env: list(variable),
  envFrom: list(text),
  volumeMounts: list(object(fields('mountPath name readOnly subPath'))),
  livenessProbe: probe,
  readinessProbe: probe,
});
const auth = object(
  { basic: secretKey, token: secretKey, retries: { type: 'integer', default: 3 } },
  { oneOf: [{ required: ['basic'] }, { required: ['token'] }] },
);
const conditions = list(object(fields('lastTransitionTime message reason status type')));
const status = object({ conditions, last: object({ conditions, backend: probe }) });

/**
 * What operators have in their specs. There is one version of each type that everybody knows: of two the one nearer to the root has the
 * name, which a copy of the other may be.
 */
const pieces: Readonly<Record<string, object>> = {
  auth,
  backend: probe,
  fallback: probe,
  jobs: list(object({ auth, template: object({ initContainers: list(container) }) })),
  pools: mapOf(object({ selector, size: { type: 'integer', default: 1 }, storage: object(fields('class size')) })),
  routes: list(object({ mirror: probe, match: object(fields('exact prefix regex')), targets: list(probe) })),
  selector,
  storage: object(fields('class size')),
  template: object({
    containers: list(container),
    initContainers: list(container),
    nodeSelector: selector,
  }),
  tls: object({ caSecret: secretKey, hosts: list(text), secret: secretKey }),
};

/** Some of them, and perhaps others a level or two further in. */
function specOf(random: Random): object {
  const some = (): Record<string, object> =>
    Object.fromEntries(Object.entries(pieces).filter(() => random.percent(40)));
  return object({ ...some(), advanced: object({ ...some(), overrides: list(object(some())) }) });
}
