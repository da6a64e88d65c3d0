import { describe, expect, it } from 'vitest';
import { printSmall } from '../../tests/support/small-crd.js';
import { object, requires, text } from '../../tests/support/schema-words.js';

const abc = { a: text, b: text, c: text };

describe('what is said about combinations', () => {
  it('F22, F23 tells in words what the type cannot say', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => `f${i}`);
    const many = object(Object.fromEntries(twenty.map((name) => [name, text])), {
      oneOf: twenty.map((name) => requires(name)),
    });
    const { text: module } = printSmall({ spec: object({ many, none: object(abc, { not: requires('a', 'b') }) }) });
    expect(module.replace(/\n +\* /g, ' ')).toContain('Exactly one of `f0`, `f1`, `f2`');
    expect(module).toContain('/** `a` and `b` must not be set together. */\n  readonly none?: FooSpecNone;');
  });

  it.each([
    [requires('a'), '`a` must not be set.'],
    [requires('a', 'b', 'c'), '`a`, `b` and `c` must not be set together.'],
    [{ anyOf: [requires('a'), requires('b', 'c')] }, 'None of `a` or `b` with `c` may be set.'],
    [{ properties: { a: { enum: ['x'] } } }, 'Must not match: `{"properties":{"a":{"enum":["x"]}}}`.'],
    [{ anyOf: [requires('a')] }, 'Must not match: `{"anyOf":[{"required":["a"]}]}`.'],
    [requires(''), 'Must not match: `{"required":[""]}`.'],
    [requires('a', 'b\nc'), 'Must not match: `{"required":["a","b\\nc"]}`.'],
    [
      { ...requires('a'), properties: { a: { enum: [null] } } },
      'Must not match: `{"required":["a"],"properties":{"a":{"enum":[null]}}}`.',
    ],
    [
      { anyOf: [requires('a'), requires('b')], maxProperties: 2 },
      'Must not match: `{"anyOf":[{"required":["a"]},{"required":["b"]}],"maxProperties":2}`.',
    ],
    [
      { anyOf: [requires('a'), { maxProperties: 1 }] },
      'Must not match: `{"anyOf":[{"required":["a"]},{"maxProperties":1}]}`.',
    ],
  ])('F23 what must not be there is a sentence: %j', (not, want) => {
    const { text: module } = printSmall({ spec: object({ one: object({ ...abc, '': text, 'b\nc': text }, { not }) }) });
    expect(module).toContain(`  /** ${want} */\n  readonly one?: FooSpecOne;`);
  });

  it.each<[string, object, string]>([
    ['that differ', { oneOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }, 'Must have the format `ipv4` or `ipv6`.'],
    ['of which there is one', { anyOf: [{ format: 'ipv4' }] }, 'Must have the format `ipv4`.'],
    ['that are the same', { anyOf: [{ format: 'ipv4' }, { format: 'ipv4' }] }, 'Must have the format `ipv4`.'],
  ])('F19, F24 formats in the branches of a value are told: some %s', (_, branches, want) => {
    const address = { type: 'string', ...branches };
    const { text: module } = printSmall({ spec: object({ address, list: { type: 'array', items: address } }) });
    expect(module).toContain(`  /** ${want} */\n  readonly address?: string;`);
    expect(module).toContain(`  /** Each item: ${want} */\n  readonly list?: readonly string[];`);
  });

  it('F24 a branch without a format leaves nothing to say', () => {
    const either = { oneOf: [{ type: 'string' }, { type: 'integer', format: 'int32' }] };
    expect(printSmall({ spec: object({ either }) }).text).toContain('{\n  readonly either?: IntOrString;');
  });

  it('F19, F21 what all branches of a value ask for together stands with its other bounds', () => {
    const { text: module } = printSmall({
      spec: object({
        size: {
          type: 'string',
          maxLength: 9,
          allOf: [{ pattern: '^[0-9]' }, { pattern: 'Mi$', maxLength: 9 }, { enum: ['1Mi', '2Mi'] }],
        },
        odd: { type: 'integer', allOf: [{ minimum: 1 }, { not: { multipleOf: 2 } }] },
        kind: { type: 'string', oneOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
      }),
    });
    expect(module).toContain(
      "  /**\n   * @maxLength 9\n   * @pattern `^[0-9]`\n   * @pattern `Mi$`\n   */\n  readonly size?: '1Mi' | '2Mi';",
    );
    expect(module).toContain('/** Must match (allOf): `[{"minimum":1},{"not":{"multipleOf":2}}]`. */\n  readonly odd');
    expect(module).toContain('/** Must match (oneOf): `[{"enum":["a","b"]},{"enum":["b","c"]}]`. */\n  readonly kind');
  });

  it('F22, F25 warns of what no object can meet, with the place', () => {
    const { messages } = printSmall({
      spec: object({
        closed: object({ a: text }, { required: ['ghost'] }),
        list: { type: 'array', items: object({ a: text }, { oneOf: [requires('x'), requires('y')] }) },
        map: { type: 'object', additionalProperties: object({ 'a.b': object({}, requires('z')) }) },
      }),
    });
    expect(messages).toEqual([
      'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.closed: requires "ghost" without declaring it: the server accepts no such object',
      'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.list.items: has a combination that no object can meet: Exactly one of `x` or `y` must be set.',
      'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.map.additionalProperties.properties["a.b"]: requires "z" without declaring it: the server accepts no such object',
    ]);
  });

  it.each([
    [{ not: {} }, 'Must not match: `{}`.'],
    [{ not: { anyOf: [requires('a'), {}] } }, 'Must not match: `{"anyOf":[{"required":["a"]},{}]}`.'],
    [{ not: { properties: { a: {} } } }, 'Must not match: `{"properties":{"a":{}}}`.'],
    [{ ...requires('a'), not: requires('a') }, '`a` must not be set.'],
    [{ not: { not: requires('ghost') } }, 'Must not match: `{"not":{"required":["ghost"]}}`.'],
  ])('F22, F25 warns where every object is what it must not be: %j', (words, rule) => {
    const { messages } = printSmall({ spec: object({ a: text, b: text }, words) });
    expect(messages).toEqual([
      `spec.versions[0].schema.openAPIV3Schema.properties.spec: has a combination that no object can meet: ${rule}`,
    ]);
  });

  it.each([{ not: requires('a') }, { not: { anyOf: [requires('a'), requires('b')] } }, { not: { minProperties: 3 } }])(
    'F22, F25 says nothing where an object may be other than what it must not be: %j',
    (words) => {
      expect(printSmall({ spec: object({ a: text, b: text }, words) }).messages).toEqual([]);
    },
  );

  it.each([
    [{ oneOf: [requires('a'), requires('b'), requires('c')] }, 'Exactly one of `a`, `b` or `c` must be set.'],
    [{ anyOf: [requires('a'), requires('b', 'c')] }, 'At least one of `a` or `b` with `c` must be set.'],
    [{ oneOf: [requires('a', 'b'), requires('a', 'c')] }, 'Exactly one of `b` or `c` must be set.'],
    [{ anyOf: [requires('c', 'a'), requires('b', 'c')] }, 'At least one of `a` or `b` must be set.'],
    [
      { oneOf: [{ type: 'object', title: 'A', description: 'The first.', ...requires('a') }, requires('b')] },
      'Exactly one of `a` or `b` must be set.',
    ],
    [
      {
        anyOf: [
          { properties: { a: {} }, ...requires('a') },
          { properties: { b: {}, c: {} }, ...requires('b') },
        ],
      },
      'At least one of `a` or `b` must be set.',
    ],
    [
      { oneOf: [{ not: { anyOf: [requires('a'), requires('b')] } }, requires('a'), requires('b')] },
      'At most one of `a` or `b` may be set.',
    ],
  ])('F22 a choice is a sentence too, for people who hover over the field: %j', (combination, want) => {
    const { text: module } = printSmall({ spec: object({ choice: object(abc, combination) }) });
    expect(module).toContain(`  /** ${want} */\n  readonly choice?: FooSpecChoice;`);
  });

  const held = { properties: { c: { oneOf: [requires('x'), requires('y')] } }, ...requires('c') };
  const atMostOne = { oneOf: [{ not: { anyOf: [requires('x'), requires('y')] } }, requires('x'), requires('y')] };
  const open = { properties: { c: atMostOne }, ...requires('c') };
  it.each([
    [{ anyOf: [requires('a'), held] }, 'At least one of `a` or `c` (with exactly one of `x` or `y`) must be set.'],
    [
      { oneOf: [{ not: { anyOf: [requires('a'), open] } }, requires('a'), open] },
      'At most one of `a` or `c` (with at most one of `x` or `y`) may be set.',
    ],
    [{ not: held }, '`c` (with exactly one of `x` or `y`) must not be set.'],
  ])('F23 a choice within a field that a choice asks for is told in its sentence: %j', (combination, want) => {
    const inner = object({ x: text, y: text });
    const { text: module } = printSmall({ spec: object({ choice: object({ a: text, c: inner }, combination) }) });
    expect(module).toContain(`  /** ${want} */\n  readonly choice?: FooSpecChoice;`);
  });

  it('F23 no more than one choice is told within a choice, however deep they stand', () => {
    const deeper = (within: object): object => ({
      oneOf: [requires('a'), { properties: { c: within }, ...requires('c') }],
    });
    let [type, combination]: [object, object] = [object({ a: text }), { oneOf: [requires('a'), requires('c')] }];
    for (let i = 0; i < 1_500; i += 1) [type, combination] = [object({ a: text, c: type }), deeper(combination)];
    const { text: module } = printSmall({ spec: object({ choice: { ...type, ...combination } }) });
    expect(module).toContain('   * Must match (oneOf):\n   * `[{"required":["a"]},{"properties":{"c":{"oneOf":');
  });

  const is = (...type: unknown[]): object => ({ properties: { type: { enum: type } } });
  it.each([
    [
      {
        oneOf: [
          { ...is('A'), ...requires('a') },
          { ...is('B', 'C'), ...requires('b') },
        ],
        ...requires('type'),
      },
      '`type: A` with `a` or `type: B | C` with `b`',
    ],
    [{ oneOf: [{ ...is('A'), ...requires('a', 'type') }, requires('b')] }, '`type: A` with `a` or `b`'],
  ])('F22 values that a choice asks for are a sentence, too: %j', (combination, want) => {
    const choice = object({ type: text, ...abc }, combination);
    const { text: module } = printSmall({ spec: object({ choice }) });
    expect(module).toContain(`  /** Exactly one of ${want} must be set. */\n  readonly choice?: FooSpecChoice;`);
  });

  it.each([
    // Without a type it holds as well.
    [{ ...is('A'), ...requires('a') }],
    [{ ...is('A`'), ...requires('a', 'type') }],
    [{ ...is('1 A'), ...requires('a', 'type') }],
    [{ properties: { type: { enum: ['A'], maxLength: 3 } }, ...requires('a', 'type') }],
  ])('F22 what such a sentence would not say whole is told as a schema: %j', (branch) => {
    const { text: module } = printSmall({ spec: object({ type: text, ...abc }, { oneOf: [branch, requires('b')] }) });
    expect(module).toContain('Must match (oneOf)');
  });

  it.each([
    [{ oneOf: [requires('a'), requires('b'), { not: requires('c') }] }],
    [{ oneOf: [requires('a'), requires('b'), { not: { anyOf: [requires('a'), requires('c')] } }] }],
    [{ oneOf: [requires('a', 'b'), requires('c'), { not: { anyOf: [requires('a'), requires('c')] } }] }],
    [{ oneOf: [requires('a'), requires('b'), requires('c'), { not: { anyOf: [requires('a'), requires('b')] } }] }],
    [{ oneOf: [requires('a'), requires('a'), { not: { anyOf: [requires('a'), requires('b')] } }] }],
    [{ oneOf: [requires('a'), requires('b'), { not: { anyOf: [requires('a'), requires('b')] }, maxProperties: 1 }] }],
    [
      {
        oneOf: [requires('a'), requires('b'), { not: { anyOf: [requires('a'), requires('b')] } }, { maxProperties: 1 }],
      },
    ],
    [{ anyOf: [requires('a'), requires('b'), { not: { anyOf: [requires('a'), requires('b')] }, maxProperties: 1 }] }],
  ])('F22 a branch that asks for something else than none of the others is no "at most one": %j', (combination) => {
    const { text: module } = printSmall({ spec: object({ choice: object(abc, combination) }) });
    expect(module).not.toContain('At most one');
  });

  it.each(['anyOf', 'oneOf'])('F22 %s of more branches than are followed is told in words', (key) => {
    const names = Array.from({ length: 65 }, (_, i) => `f${i}`);
    const spec = object(Object.fromEntries(names.map((name) => [name, text])), {
      [key]: names.map((name) => requires(name)),
    });
    const { text: module, messages } = printSmall({ spec: object({ many: spec }) });
    expect(module.replace(/\n +\* +/g, ' ')).toContain(
      `${key === 'oneOf' ? 'Exactly' : 'At least'} one of ${names
        .slice(0, -1)
        .map((name) => `\`${name}\``)
        .join(', ')} or \`f64\` must be set.`,
    );
    expect(module).not.toContain('never');
    expect(messages).toEqual([]);
  });

  it('F22 a single branch is no choice', () => {
    const { text: module } = printSmall({
      spec: object({ type: text }, { anyOf: [{ ...is('A'), ...requires('type') }] }),
    });
    expect(module).toContain('Must match (anyOf): `[{"properties":{"type":{"enum":["A"]}},"required":["type"]}]`.');
    expect(module).toContain("readonly type: 'A';");
  });

  it('F22 a choice that has no sentence is told by the type alone', () => {
    const { text: module } = printSmall({ spec: object(abc, { oneOf: [{ not: requires('a') }, requires('b', 'c')] }) });
    expect(module).toContain('readonly a?: never');
    expect(module).not.toContain('Must match');
  });

  it('F22 a choice that every object meets is none', () => {
    const deep = { ...requires('b'), properties: { b: { oneOf: [requires('x'), requires('y')] } } };
    const { text: module } = printSmall({
      spec: object(
        { a: text, b: object({ x: text, y: text }) },
        { oneOf: [{ not: { anyOf: [requires('a'), deep] } }, requires('a'), deep] },
      ),
    });
    expect(module).toContain('At most one of `a` or `b` (with exactly one of `x` or `y`) may be set.');
    expect(module).toContain('export interface FooSpec {');
    expect(module).not.toContain('never');
  });
});
