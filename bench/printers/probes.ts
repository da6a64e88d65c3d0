/** A schema of a property, and values that an API server takes or refuses there (kube-apiserver 1.37, strict). */
export interface Probe {
  readonly name: string;
  readonly schema: object;
  readonly accepts: readonly unknown[];
  readonly refuses: readonly unknown[];
}

const string = { type: 'string' };
const closed = { type: 'object', properties: { a: string } };

export const probes: readonly Probe[] = [
  { name: 'string', schema: string, accepts: ['x'], refuses: [1, true, {}] },
  { name: 'integer', schema: { type: 'integer', format: 'int64' }, accepts: [1], refuses: ['1'] },
  { name: 'closed object', schema: closed, accepts: [{}, { a: 'x' }], refuses: [{ b: 1 }, { a: 1 }] },
  { name: 'empty object', schema: { type: 'object' }, accepts: [{}], refuses: [{ a: 1 }] },
  { name: 'required', schema: { ...closed, required: ['a'] }, accepts: [{ a: 'x' }], refuses: [{}] },
  {
    name: 'required with a default',
    schema: { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'x' } } },
    accepts: [{}, { a: 'y' }],
    refuses: [{ a: 1 }],
  },
  { name: 'enum', schema: { type: 'string', enum: ['a', '', "it's"] }, accepts: ['a', '', "it's"], refuses: ['b', 1] },
  { name: 'enum of another type', schema: { type: 'string', enum: ['a', 1] }, accepts: ['a'], refuses: [1] },
  { name: 'empty enum', schema: { type: 'string', enum: [] }, accepts: ['x'], refuses: [1] },
  { name: 'nullable', schema: { type: 'string', nullable: true }, accepts: ['x', null], refuses: [1] },
  { name: 'nullable enum', schema: { type: 'string', nullable: true, enum: ['a'] }, accepts: ['a'], refuses: [null] },
  {
    name: 'int-or-string',
    schema: { 'x-kubernetes-int-or-string': true },
    accepts: [1, '50%'],
    refuses: [true, {}],
  },
  {
    name: 'int-or-string with anyOf',
    schema: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
    accepts: [1, '50%'],
    refuses: [true],
  },
  {
    name: 'int-or-string beside a type',
    schema: { type: 'string', 'x-kubernetes-int-or-string': true },
    accepts: [1, 'a'],
    refuses: [true],
  },
  {
    name: 'preserve-unknown object',
    schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    accepts: [{}, { any: [1, { b: null }] }],
    refuses: [1, 'x'],
  },
  {
    name: 'preserve-unknown with properties',
    schema: { ...closed, 'x-kubernetes-preserve-unknown-fields': true },
    accepts: [{ a: 'x', b: 1 }],
    refuses: [{ a: 1 }],
  },
  {
    name: 'preserve-unknown without a type',
    schema: { 'x-kubernetes-preserve-unknown-fields': true },
    accepts: [1, 'x', { a: 1 }],
    refuses: [],
  },
  {
    name: 'map',
    schema: { type: 'object', additionalProperties: { type: 'integer' } },
    accepts: [{}, { a: 1 }],
    refuses: [{ a: 'x' }],
  },
  {
    name: 'open map',
    schema: { type: 'object', additionalProperties: true },
    accepts: [{ a: 1, b: 'x' }],
    refuses: ['x'],
  },
  {
    name: 'closed by additionalProperties',
    schema: { type: 'object', additionalProperties: false },
    accepts: [{}],
    refuses: [{ a: 1 }],
  },
  { name: 'list', schema: { type: 'array', items: string }, accepts: [[], ['a']], refuses: [[1], 'a', [null]] },
  {
    name: 'list with bounds',
    schema: { type: 'array', items: string, minItems: 1, maxItems: 300 },
    accepts: [['a'], ['a', 'b']],
    refuses: [[1]],
  },
  {
    name: 'embedded resource',
    schema: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    accepts: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} }],
    refuses: [{ kind: 'Pod' }, { apiVersion: 1, kind: 'Pod' }],
  },
  {
    name: 'exactly one of',
    schema: {
      type: 'object',
      properties: { a: string, b: string },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    accepts: [{ a: 'x' }, { b: 'x' }],
    refuses: [{ a: 'x', b: 'x' }, {}, { c: 1 }],
  },
  {
    name: 'at least one of',
    schema: {
      type: 'object',
      properties: { a: string, b: string },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    accepts: [{ a: 'x' }, { a: 'x', b: 'x' }],
    refuses: [{}, { a: 1 }],
  },
  {
    name: 'a branch that only restricts a value',
    schema: { ...closed, anyOf: [{ properties: { a: { pattern: '^x' } } }, { properties: { a: { minLength: 3 } } }] },
    accepts: [{}, { a: 'xyz' }],
    refuses: [{ a: 1 }, { b: 1 }],
  },
  { name: 'not', schema: { ...closed, not: { required: ['a'] } }, accepts: [{}], refuses: [{ b: 1 }] },
  {
    name: 'date-time',
    schema: { type: 'string', format: 'date-time' },
    accepts: ['2026-01-01T00:00:00Z'],
    refuses: [1],
  },
  {
    name: 'property named __proto__',
    schema: { type: 'object', properties: JSON.parse('{"__proto__": {"type": "string"}}') as object },
    accepts: [{}],
    refuses: [{ a: 1 }],
  },
  {
    name: 'property named constructor',
    schema: { type: 'object', properties: { constructor: string } },
    accepts: [{}, { constructor: 'x' }],
    refuses: [{ constructor: 1 }],
  },
];
