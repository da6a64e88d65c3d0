import type { Crd } from '../../generator/load/crd.js';
import { singular } from '../../generator/model/singular.js';
import type { Random } from '../simulator/random.js';
import { print } from './small-crd.js';

type Schema = Record<string, unknown>;

/** Every exported type with the names of its fields, through the names that stand for another. */
export function exportsOf(crd: Crd): Map<string, readonly string[]> {
  const types = new Map<string, readonly string[]>();
  for (const [path, text] of Object.entries(print([crd], { versions: 'all', docs: false }).files)) {
    for (const [name, fields] of typesIn(text)) types.set(`${path} ${name}`, fields);
  }
  return types;
}

function typesIn(text: string): Map<string, readonly string[]> {
  const own = new Map<string, { base: string | undefined; fields: readonly string[] }>();
  for (const [, name = '', base, body = ''] of text.matchAll(
    /^(?:export )?interface (\w+)(?: extends (\w+))? \{\n?([^]*?)\}\n/gm,
  )) {
    own.set(name, { base, fields: [...body.matchAll(/^ {2}readonly (.+?)\??: /gm)].map(([, field = '']) => field) });
  }
  for (const [, name = '', base] of text.matchAll(/^export type (\w+) = (\w+)(?:;| &)/gm))
    own.set(name, { base, fields: [] });
  const fieldsOf = (name: string | undefined): readonly string[] => {
    const found = name === undefined ? undefined : own.get(name);
    return found === undefined ? [] : [...new Set([...fieldsOf(found.base), ...found.fields])];
  };
  const exported = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = '']) => name);
  return new Map(exported.map((name) => [name, fieldsOf(name)]));
}

/** The same fields, perhaps more. */
export function isKept(before: readonly string[], after: readonly string[] | undefined): boolean {
  return after !== undefined && before.every((field) => after.includes(field));
}

/** The CRD with one change in one object of its schemas, as a new release may have it. */
export function withChange(crd: Crd, random: Random): { changed: Crd; where: string } {
  const versions = structuredClone(crd.versions) as Crd['versions'];
  const schemas = versions.map(({ schema }) => schema).filter(isMap);
  const objects = schemas.flatMap((schema) => objectsIn(schema, []));
  if (objects.length === 0) return { changed: crd, where: 'nowhere' };
  const { node, path } = random.pick(objects);
  const what = random.pick([newField, newField, newField, otherText, newDefault])({ node, objects, random });
  return { changed: { ...crd, versions }, where: `${what} in ${path.join('.')}` };
}

interface Changing {
  readonly node: Schema;
  readonly objects: readonly { readonly node: Schema }[];
  readonly random: Random;
}

/** A new field: a text, an object with a default in it, what stands elsewhere in the schemas, or a list of what stands beside it. */
function newField({ node, objects, random }: Changing): string {
  const properties = node['properties'] as Schema;
  const [name, field] = random.pick<() => [string, unknown]>([
    () => [random.pick(newNames), { type: 'string' }],
    () => [random.pick([...newNames, ...itemNames(properties)]), { type: 'string' }],
    () => [
      random.pick(newNames),
      {
        type: 'object',
        properties: {
          x: { type: 'string' },
          y: { type: 'object', properties: { z: { type: 'integer', default: 1 } } },
        },
      },
    ],
    () => [random.pick(newNames), structuredClone(random.pick(objects).node)],
    () => {
      const [one, items] = random.pick([...Object.entries(properties), ['aNew', { type: 'string' }]]);
      const list = { type: 'array', items: structuredClone(items) };
      return Object.hasOwn(properties, `${one}s`) ? ['aNew', list] : [`${one}s`, list];
    },
  ])();
  node['properties'] = { ...properties, [name]: field };
  return `a new field ${name}`;
}

/** A longer description: so the object is no longer equal to others. */
function otherText({ node, random }: Changing): string {
  const [name, field] = random.pick([...Object.entries(node['properties'] as Schema), ['nothing', undefined]]);
  if (isMap(field)) field['description'] = `${descriptionOf(field)} Told in other words.`;
  return `other words for ${name}`;
}

/** A default where there was none: so the two views of all objects around it differ. */
function newDefault({ node }: Changing): string {
  const [found] = Object.entries(node['properties'] as Schema).filter(
    ([, field]) => isMap(field) && field['type'] === 'string' && field['default'] === undefined,
  );
  const [name, field] = found ?? [];
  if (isMap(field)) field['default'] = '';
  return `a default for ${name}`;
}

const newNames = ['aNew', 'newField', 'zNew'];

/** What one item of a list of these fields is called, where no field is called so yet. */
function itemNames(properties: Schema): string[] {
  return Object.entries(properties)
    .filter(([, schema]) => isMap(schema) && schema['type'] === 'array')
    .map(([name]) => singular(name))
    .filter((name) => !Object.hasOwn(properties, name));
}

/** Objects that a new field can be added to. */
function objectsIn(node: Schema, path: readonly string[]): { node: Schema; path: readonly string[] }[] {
  const properties = node['properties'];
  const inner = isMap(properties)
    ? Object.entries(properties).flatMap(([name, value]) =>
        isMap(value) && !(path.length === 0 && name === 'metadata') ? objectsIn(value, [...path, name]) : [],
      )
    : [];
  const items = node['items'];
  if (isMap(items)) inner.push(...objectsIn(items, [...path, '[]']));
  return isMap(properties) && path.length > 0 ? [{ node, path }, ...inner] : inner;
}

function descriptionOf(schema: unknown): string {
  const description = isMap(schema) ? schema['description'] : undefined;
  return typeof description === 'string' ? description : '';
}

function isMap(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
