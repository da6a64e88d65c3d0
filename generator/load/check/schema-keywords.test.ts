import { describe, expect, it } from 'vitest';
import { check, versionOf } from '../../../tests/support/checked-crd.js';

/** What is told of one field of a schema. */
function told(field: object): string[] {
  const at = 'spec.versions[0].schema.openAPIV3Schema.properties.x: ';
  return check({ versions: [versionOf({ x: field })] }).faults.map((fault) => fault.replace(at, ''));
}

describe('keywords of a schema', () => {
  const words = (text: string): string[] => text.split(' ');
  const kinds: readonly [wrong: unknown, want: string, keywords: string[]][] = [
    [7, 'must be text, not a number (7)', words('$schema description format id pattern title')],
    [7, 'must be text, not a number (7)', words('x-kubernetes-list-type x-kubernetes-map-type')],
    ['x', 'must be true or false, not text "x"', words('exclusiveMaximum exclusiveMinimum nullable uniqueItems')],
    ['x', 'must be true or false, not text "x"', words('x-kubernetes-embedded-resource x-kubernetes-int-or-string')],
    ['x', 'must be true or false, not text "x"', ['x-kubernetes-preserve-unknown-fields']],
    ['1', 'must be a number, not text "1"', words('maximum minimum multipleOf')],
    [
      '1',
      'must be a whole number, not text "1"',
      words('maxItems maxLength maxProperties minItems minLength minProperties'),
    ],
    [{}, 'must be a list of schemas, not a map', words('allOf anyOf oneOf')],
    ['a', 'must be a list of names, not text "a"', words('required x-kubernetes-list-map-keys')],
    ['a', 'must be a list, not text "a"', ['enum']],
  ];
  it.each(kinds.flatMap(([wrong, want, names]) => names.map((name) => ({ name, wrong, want }))))(
    'F37: $name $want',
    ({ name, wrong, want }) => {
      expect(told({ type: 'object', [name]: wrong })).toContain(`error ${name} ${want}`);
    },
  );

  it.each([
    ['str', 'string'],
    ['text', 'string'],
    ['int', 'integer'],
    ['int32', 'integer'],
    ['int64', 'integer'],
    ['long', 'integer'],
    ['float', 'number'],
    ['double', 'number'],
    ['bool', 'boolean'],
    ['map', 'object'],
    ['dict', 'object'],
    ['list', 'array'],
    ['slice', 'array'],
  ])('F37: a type %s is guessed to be %s', (given, want) => {
    expect(told({ type: given })).toEqual([`error type "${given}" is not a JSON type. Did you mean "${want}"?`]);
  });
});
