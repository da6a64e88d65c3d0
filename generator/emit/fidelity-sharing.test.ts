import { describe, expect, it } from 'vitest';
import { show, showCrd } from '../../tests/support/fidelity-example.js';
import { declarationOf, print, printSmall, smallCrd } from '../../tests/support/small-crd.js';
import { judge } from '../../tests/support/type-judge.js';
import { object, text } from '../../tests/support/schema-words.js';

const selectorFields = {
  matchLabels: { type: 'object', additionalProperties: text },
  matchExpressions: {
    type: 'array',
    items: object({ key: text, operator: text, values: { type: 'array', items: text } }),
  },
};
const selector = object(selectorFields);
const backend = object({
  host: text,
  port: { type: 'integer' },
  path: text,
  tls: object({ secret: text, name: text }),
});
const exportsOf = (module: string): string[] =>
  [...module.matchAll(/^export (?:interface|type|class|const) (\w+)/gm)].map(([, name = '']) => name);

describe('sharing and size', () => {
  it('F31 equal objects of some size share one declaration, named after the place nearest to the root', (context) => {
    const crd = {
      spec: object({ deep: object({ primary: backend }), main: backend, list: { type: 'array', items: backend } }),
    };
    const { text: module } = printSmall(crd);
    showCrd(context, crd);
    expect(exportsOf(module).filter((name) => name.startsWith('FooSpec'))).toEqual([
      'FooSpec',
      'FooSpecDeep',
      'FooSpecList',
      'FooSpecListTls',
      'FooSpecMain',
      'FooSpecDeepPrimary',
      'FooSpecDeepPrimaryTls',
      'FooSpecMainTls',
    ]);
    expect(module).toContain(
      '// More places that hold one of the types above.\n' +
        'export type FooSpecDeepPrimary = FooSpecList;\n' +
        'export type FooSpecDeepPrimaryTls = FooSpecListTls;\n' +
        'export type FooSpecMainTls = FooSpecListTls;\n',
    );
    expect(module).toContain('readonly primary?: FooSpecList;');
    expect(module).toContain('readonly list?: readonly FooSpecList[];');
  });

  it('F31 what every CRD embeds is called what everybody calls it', () => {
    const { text: module } = printSmall({
      spec: object({ a: object({ b: object({ podSelector: selector }) }), namespaceSelector: selector }),
    });
    expect(module).toContain('readonly podSelector?: FooLabelSelector;');
    expect(module).toContain('readonly namespaceSelector?: FooLabelSelector;');
    expect(exportsOf(module)).toContain('FooLabelSelectorMatchExpression');
  });

  it('F31 the destinations of a route of Istio are one type, wherever they stand', () => {
    const destination = object({ host: text, port: object({ number: { type: 'integer' } }), subset: text });
    const routes = { type: 'array', items: object({ destination, weight: { type: 'integer' } }) };
    const { text: module } = printSmall({
      spec: object({ http: object({ mirror: destination, routes }), tcp: routes }),
    });
    expect(module).toContain('readonly mirror?: FooDestination;');
    expect(module).toContain('readonly destination?: FooDestination;');
    expect(exportsOf(module)).toContain('FooDestinationPort');
  });

  it.each([
    ['SafeTLSConfig', 'ca cert insecureSkipVerify keySecret maxVersion minVersion serverName'],
    ['TLSConfig', 'ca caFile cert certFile insecureSkipVerify keyFile keySecret serverName'],
    ['RelabelConfig', 'action modulus regex replacement separator sourceLabels targetLabel'],
    ['OAuth2', 'clientId clientSecret endpointParams noProxy scopes tlsConfig tokenUrl'],
    ['HTTPConfig', 'authorization basicAuth bearerTokenSecret followRedirects oauth2 proxyURL tlsConfig'],
    ['Source', 'chart directory helm kustomize path plugin ref repoURL targetRevision'],
    [
      'ApplicationSpec',
      'destination ignoreDifferences info project revisionHistoryLimit source sourceHydrator sources syncPolicy',
    ],
    ['ResourceFilter', 'clusterRoles resources roles subjects'],
    ['ResourceDescription', 'annotations kinds name names namespaceSelector namespaces operations selector'],
    ['ContextEntry', 'apiCall configMap imageRegistry name variable'],
  ])('F31 what Prometheus, Argo CD and Kyverno have in many places is a Foo%s in all of them', (name, fields) => {
    const shape = object(Object.fromEntries(fields.split(' ').map((field) => [field, text])));
    const { text: module } = printSmall({
      spec: object({ a: shape, b: object({ list: { type: 'array', items: shape } }) }),
    });
    expect(module).toContain(`readonly a?: Foo${name};`);
    expect(module).toContain(`readonly list?: readonly Foo${name}[];`);
    expect(exportsOf(module)).not.toContain('FooSpecA');
  });

  it.each([
    ['key', { key: { ...text, description: 'The key of the secret to select from.' }, name: text }],
    ['name', { key: text, name: { ...text, description: 'Name of the secret.' }, namespace: text }],
  ])('F31 the place of a key in a secret is a SecretKeyRef, where the %s says so', (_, properties) => {
    const { text: module } = printSmall({
      spec: object({ token: object(properties), deep: object({ list: { type: 'array', items: object(properties) } }) }),
    });
    expect(module).toContain('readonly token?: FooSecretKeyRef;');
    expect(module).toContain('readonly list?: readonly FooSecretKeyRef[];');
    const { text: other } = printSmall({ spec: object({ token: object({ key: text, name: text }) }) });
    expect(other).toContain('readonly token?: FooSpecToken;');
  });

  it.each([
    ['SecretKeySelector', 'The key of the secret to select from.  Must be a valid secret key.'],
    ['ConfigMapKeySelector', 'The key to select.'],
    ['ConfigMapKeySelector', 'The key of the ConfigMap.'],
    ['KeySelector', ''],
  ])('F31 a key to select is a %s, where it is called "%s"', (name, description) => {
    const from = object({ key: { ...text, description }, name: text, optional: { type: 'boolean' } });
    const { text: module } = printSmall({ spec: object({ a: object({ secretKeyRef: from }) }) });
    expect(module).toContain(`readonly secretKeyRef?: Foo${name};`);
  });

  it('F31 a name, a value and where it is from are an EnvVar where that may be a key of a ConfigMap', () => {
    const named = (valueFrom: object): object => ({
      type: 'array',
      items: object({ name: text, value: text, valueFrom }),
    });
    const arg = named(object({ fieldRef: text, secretKeyRef: text }));
    const env = named(object({ configMapKeyRef: text, fieldRef: text, secretKeyRef: text }));
    const { text: module } = printSmall({ spec: object({ args: arg, job: object({ vars: env }) }) });
    expect(module).toContain('readonly args?: readonly FooSpecArg[];');
    expect(module).toContain('readonly vars?: readonly FooEnvVar[];');
  });

  it('F31 a secret or a ConfigMap is a SecretOrConfigMap where it is one key of it, not where it is a whole one', () => {
    const key = object({ key: text, name: text });
    const source = object({ configMap: text, secret: text });
    const { text: module } = printSmall({
      spec: object({ source, deep: object({ ca: object({ configMap: key, secret: key }) }) }),
    });
    expect(module).toContain('readonly source?: FooSpecSource;');
    expect(module).toContain('readonly ca?: FooSecretOrConfigMap;');
  });

  it('F31 a name and a policy are a Reference where that says how it is resolved, as in Crossplane', () => {
    const backup = object({ name: text, policy: text });
    const role = object({ name: text, policy: object({ resolution: text, resolve: text }) });
    const { text: module } = printSmall({ spec: object({ backup, deep: object({ roleRef: role }) }) });
    expect(module).toContain('readonly backup?: FooSpecBackup;');
    expect(module).toContain('readonly roleRef?: FooReference;');
  });

  it.each(['severity', 'lastUpdateTime', 'lastProbeTime', 'lastHeartbeatTime'])(
    'F31 a condition with %s, as older conventions have it, is a Condition all the same',
    (more) => {
      const names = ['lastTransitionTime', 'message', 'reason', 'status', 'type', more];
      const condition = object(Object.fromEntries(names.map((name) => [name, text])));
      const { text: module } = printSmall({
        spec: object({ a: object({ list: { type: 'array', items: condition } }) }),
      });
      expect(module).toContain('readonly list?: readonly FooCondition[];');
    },
  );

  const { matchExpressions } = selectorFields;
  it.each([
    ['has many fields more', { ...selectorFields, exclude: text, include: text }],
    ['has a field that tells another from it', { container: text, limits: text, requests: text }],
    ['has another field instead', { matchExpressions, other: text }],
    ['lacks a field', { matchExpressions }],
  ])('F31 what looks like a known type, but %s, is called after its place', (_what, near) => {
    const { text: module } = printSmall({ spec: object({ a: object({ b: object(near) }) }) });
    expect(module).toContain('readonly b?: FooSpecAB;');
  });

  it('F31 of two objects that look like the same known type one has the name, the other that of its place', () => {
    const other = object({
      matchLabels: { type: 'object', additionalProperties: { type: 'integer' } },
      matchExpressions: text,
    });
    const { text: module } = printSmall({ spec: object({ a: selector, b: object({ c: other }) }) });
    expect(module).toContain('readonly a?: FooLabelSelector;');
    expect(module).toContain('readonly c?: FooSpecBC;');
  });

  it('F31 a choice of few fields is long in print, so equal ones share a declaration', () => {
    const either = object(
      { a: text, b: text, c: text },
      { oneOf: [{ required: ['a'] }, { required: ['b'] }, { required: ['c'] }] },
    );
    const match = object(
      { exact: text, prefix: text, regex: text },
      { oneOf: [{ required: ['exact'] }, { required: ['prefix'] }, { required: ['regex'] }] },
    );
    const { text: module } = printSmall({
      spec: object({ one: either, two: either, uri: match, headers: { type: 'object', additionalProperties: match } }),
    });
    expect(module).toContain('readonly two?: FooSpecOne;');
    expect(module).toContain('readonly uri?: FooStringMatch;');
    expect(module).toContain('readonly headers?: { readonly [key: string]: FooStringMatch };');
  });

  it('F31 small objects stay apart, and so do objects with other words', () => {
    const reference = object({ name: text, namespace: text });
    const said = object({ host: { ...text, description: 'Where.' }, port: text, path: text, a: text, b: text });
    const { text: module } = printSmall({
      spec: object({
        secretRef: reference,
        configRef: reference,
        x: said,
        y: object({ host: text, port: text, path: text, a: text, b: text }),
      }),
    });
    expect(exportsOf(module)).toEqual(
      expect.arrayContaining(['FooSpecSecretRef', 'FooSpecConfigRef', 'FooSpecX', 'FooSpecY']),
    );
  });

  it('F31 a new field renames no other type', () => {
    const before = object({
      zone: backend,
      nested: object({ list: { type: 'array', items: object({ a: text, b: object({ c: text }) }) } }),
      selector,
    });
    const { properties } = before as { properties: Record<string, unknown> };
    const after = object({
      aaa: object({ x: text, y: object({ z: text }) }),
      ...properties,
      zzz: object({ zone: backend, selector, list: object({ a: text }) }),
    });
    const names = exportsOf(printSmall({ spec: before }).text);
    expect(exportsOf(printSmall({ spec: after }).text)).toEqual(expect.arrayContaining(names));
  });

  it('F31 a new field that is equal to a shared one takes no name near the root', () => {
    const filled = object({ ...(backend as { properties: object }).properties, port: { type: 'integer', default: 1 } });
    const before = object({ zone: filled, list: { type: 'array', items: filled } });
    const { properties } = before as { properties: Record<string, unknown> };
    const after = object({ aaa: filled, ...properties });
    const [had, has] = [before, after].map((spec) => exportsOf(printSmall({ spec }).text));
    expect(had).toEqual(expect.arrayContaining(['FooSpecZone', 'FooSpecZoneManifest', 'FooSpecZoneTls']));
    expect(has).toEqual(expect.arrayContaining(had ?? []));
  });

  it('F31 a new field that is equal to a shared one takes no name far below the root', () => {
    const before = object({ a: object({ b: object({ c: object({ d: object({ zone: backend }), e: backend }) }) }) });
    const { properties } = before as { properties: Record<string, Record<string, unknown>> };
    const after = object({ ...properties, near: backend, z: properties['a'] });
    const [had, has] = [before, after].map((spec) => exportsOf(printSmall({ spec }).text));
    expect(had).toEqual(expect.arrayContaining(['FooSpecABCDZone', 'FooSpecABCDZoneTls', 'FooSpecABCE']));
    expect(has).toEqual(expect.arrayContaining(had ?? []));
  });

  it('F31 a new field that is equal to a choice takes no name from what stands under the choice', () => {
    const auth = object(
      { basic: text, token: text, n: { type: 'integer', default: 1 } },
      { oneOf: [{ required: ['basic'] }, { required: ['token'] }] },
    );
    const before = object({ a: object({ b: object({ auth }) }) });
    const { properties } = before as { properties: Record<string, unknown> };
    const after = object({ near: auth, ...properties });
    const [had, has] = [before, after].map((spec) => exportsOf(printSmall({ spec }).text));
    expect(had).toEqual(expect.arrayContaining(['FooSpecABAuthBase', 'FooSpecABAuthManifestBase']));
    expect(has).toEqual(expect.arrayContaining(had ?? []));
  });

  it('F31 where thousands of places hold a few types, only those near the root have a name of their own', () => {
    const deep = (level: number): object =>
      level === 0 ? backend : object(Object.fromEntries('abcdef'.split('').map((name) => [name, deep(level - 1)])));
    const { text: module } = printSmall({ spec: deep(6) });
    expect(exportsOf(module)).toContain('FooSpecFF');
    expect(module.split('\n').length).toBeLessThan(1_000);
  });

  it('F28 a new object in a type that stands in hundreds of places takes no name away from what stands in it', () => {
    const many = (name: string, item: object): object =>
      object(Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`${name}${i}`, item])));
    const pool = { name: text, tls: object({ secret: text, key: text, ca: text, mode: text }) };
    const [had, has] = [{}, { added: object({ size: text, more: text }) }].map((more) =>
      exportsOf(printSmall({ spec: many('x', many('y', object({ ...pool, ...more }))) }).text),
    );
    expect(had).toContain('FooSpecX12Y12Tls');
    expect(has).toEqual(expect.arrayContaining(had ?? []));
  });

  it.each([
    ['a text', text],
    ['an object equal to its items', object({ a: text, b: object({ c: text }) })],
  ])('F31 %s called as one item of a list beside it renames no type', (_title, rule) => {
    const rules = { type: 'array', items: object({ a: text, b: object({ c: text }) }) };
    const [had, has] = [object({ rules }), object({ rule, rules })].map((spec) => exportsOf(printSmall({ spec }).text));
    expect(had).toEqual(expect.arrayContaining(['FooSpecRule', 'FooSpecRuleB']));
    expect(has).toEqual(had);
  });

  it('F31 an object keeps its name when a list of other objects is called as many of it', () => {
    const rules = { type: 'array', items: object({ a: text }) };
    const { text: module } = printSmall({ spec: object({ rule: object({ b: text }), rules }) });
    expect(module).toContain('readonly rule?: FooSpecRule;');
    expect(module).toContain('readonly rules?: readonly FooSpecRules[];');
  });

  it('F28 which of two paths with one name has the mark does not change with what else there is', () => {
    const other = object(Object.fromEntries(['x', 'y', 'z', 'n', 'm'].map((name) => [name, text])));
    const before = object({ a: object({ bC: other }), aB: object({ c: object({ q: text }) }) });
    const { properties } = before as { properties: Record<string, unknown> };
    const after = object({ ...properties, a0: other });
    const marked = [before, after].map(
      (spec) => /interface (FooSpecABC\w*) \{\n  readonly q/.exec(printSmall({ spec }).text)?.[1],
    );
    expect(marked[0]).toMatch(/^FooSpecABC_/);
    expect(marked[1]).toBe(marked[0]);
  });

  it('F28 a field called manifest or base leaves that name to the views of its parent', () => {
    const before = object({ a: object({ manifest: object({ x: text }), base: object({ y: text }) }) });
    const { properties } = before as { properties: { a: { properties: object } } };
    const after = object({
      a: object(
        { ...properties.a.properties, n: { type: 'integer', default: 1 } },
        { anyOf: [{ required: ['base'] }] },
      ),
    });
    const [had, has] = [before, after].map((spec) => exportsOf(printSmall({ spec }).text));
    expect(has).toEqual(expect.arrayContaining(had ?? []));
  });

  it('F31 the shared text of a large CRD is an order of magnitude less', () => {
    const container = object(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [`field${i}`, object({ a: text, b: text, c: object({ d: text }) })]),
      ),
    );
    const pod = object(
      Object.fromEntries(
        ['init', 'main', 'side', 'debug', 'hook', 'last'].map((name) => [name, { type: 'array', items: container }]),
      ),
    );
    const { text: module } = printSmall({
      spec: object(Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`template${i}`, pod]))),
    });
    expect(module.split('\n').length).toBeLessThan((8 * 6 * 30 * 10) / 10);
  });

  it('F32 thousands of levels of nesting neither crash nor take long', () => {
    let schema: object = { type: 'object', properties: { end: { type: 'integer', default: 1 } } };
    for (let i = 0; i < 3000; i += 1) schema = i % 3 === 0 ? { type: 'array', items: schema } : object({ a: schema });
    const { text: module } = printSmall({ spec: schema });
    expect(module).toContain('readonly end: number;');
    const types = [...module.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = '']) => name);
    expect(types).toHaveLength(new Set(types).size);
    expect(Math.max(...exportsOf(module).map((name) => name.length))).toBeLessThan(100);
  });

  it('F32 sixty levels compile, in both views', () => {
    let schema: object = { type: 'object', properties: { end: { type: 'integer', default: 1 } } };
    for (let i = 0; i < 60; i += 1) schema = object({ child: schema });
    const at = `foo.spec${'!.child'.repeat(60)}!.end`;
    expect(
      judge({
        deep: {
          crd: { spec: schema },
          compiles: [`const n: number = ${at}; void n;`],
          accept: ['{ child: { child: {} } }'],
          reject: ['{ child: { chidl: {} } }'],
        },
      }).deep,
    ).toEqual([]);
  });

  it('F32 a node that many YAML aliases share is lowered once, and one that contains itself is refused with a warning', (context) => {
    let node: object = object({ a: text });
    for (let i = 0; i < 40; i += 1) node = object({ l: node, r: node, x: text, y: text, z: text });
    expect(exportsOf(printSmall({ spec: node }).text).length).toBeLessThan(1_500);
    const loop: { type: string; properties: Record<string, unknown> } = { type: 'object', properties: { a: text } };
    loop.properties['self'] = loop;
    const { text: module, messages } = printSmall({ spec: loop });
    expect(module).toContain('readonly self?: unknown;');
    show(context, {
      given: 'spec: &spec\n  type: object\n  properties:\n    self: *spec',
      printed: messages.join('\n'),
    });
    expect(messages).toEqual([expect.stringContaining('contains itself through a YAML alias')]);
  });

  it('the order of the CRDs does not change a byte', () => {
    const crds = ['Zeta', 'Alpha', 'AlphaManifest', 'Mid'].map((kind) =>
      smallCrd({ kind, spec: object({ selector, backend }) }),
    );
    expect(print([...crds].reverse()).files).toEqual(print(crds).files);
    expect(Object.keys(print([...crds].reverse()).files)).toEqual(Object.keys(print(crds).files));
  });

  it('F31 the names of a module do not depend on the order of its fields', () => {
    const properties = { b: backend, a: object({ x: backend }), c: { type: 'array', items: backend } };
    const reversed = Object.fromEntries(Object.entries(properties).reverse());
    expect(exportsOf(printSmall({ spec: object(reversed) }).text).sort()).toEqual(
      exportsOf(printSmall({ spec: object(properties) }).text).sort(),
    );
  });

  it('F3 without docs the same types have the same names', () => {
    const spec = object({
      a: { ...backend, description: 'A.' },
      b: backend,
      c: object({ ...(backend as { properties: object }).properties, host: { ...text, description: 'Where.' } }),
    });
    expect(exportsOf(printSmall({ spec }, { docs: false }).text)).toEqual(exportsOf(printSmall({ spec }).text));
    expect(declarationOf(printSmall({ spec }, { docs: false }).text, 'FooSpecC')).not.toContain('/**');
  });
});
