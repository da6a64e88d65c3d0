import { expect, it } from 'vitest';
import { withoutLoops } from './loops.js';

const to = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const cut = (schemas: object): unknown => withoutLoops({ openapi: '3.0.0', components: { responses: {}, schemas } });
const whole = (schemas: object): unknown => ({ openapi: '3.0.0', components: { responses: {}, schemas } });

it.each(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'])(
  'a reference through %s to its own schema is cut',
  (key) => {
    const schema = (inner: object): object => ({ title: 'a', [key]: key === 'items' ? inner : [to('B'), inner] });
    const B = { type: 'string' };
    expect(cut({ A: schema(to('A')), B })).toEqual(whole({ A: schema({}), B }));
  },
);

it('of a loop through several schemas that reference is cut that closes it, and nothing else', () => {
  const schemas = (closing: object): object => ({
    A: { items: to('B') },
    B: { anyOf: [{ allOf: [to('C')] }, to('D')] },
    C: { oneOf: [to('D'), { items: closing }] },
    D: { type: 'object', properties: { a: to('A') } },
    E: { items: to('A') },
  });
  expect(cut(schemas(to('A')))).toEqual(whole(schemas({})));
});

it.each([
  ['schemas that lead back through a field', { A: { properties: { a: to('A') }, additionalProperties: to('A') } }],
  ['a schema that several lead to', { A: { allOf: [to('B'), to('C')] }, B: to('D'), C: to('D'), D: {} }],
  ['a reference to what is no schema', { A: { items: { $ref: '#/components/responses/A' } }, B: 1 }],
])('%s stay as they are', (_title, schemas) => {
  const document = { components: { schemas } };
  expect(withoutLoops(document)).toBe(document);
});

it('a schema may lead to more schemas than one call takes arguments', () => {
  const document = whole({ A: { anyOf: Array.from({ length: 130_000 }, () => to('B')) }, B: {} });
  expect(withoutLoops(document as object as Record<string, unknown>)).toBe(document);
});

it.each([[{}], [{ components: 1 }], [{ components: { schemas: [] } }]])(
  'a document without schemas stays: %j',
  (document) => {
    expect(withoutLoops(document)).toBe(document);
  },
);
