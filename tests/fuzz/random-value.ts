import type { Random } from '../simulator/random.js';
import { isMap, type Schema } from './judge.js';

const anything: readonly unknown[] = ['x', '', 1, 1.5, true, [], [1], {}, { z: 1 }, 'auto'];

/** A value that often meets the schema: the judge says whether it does. */
export function randomValue(random: Random, schema: Schema): unknown {
  if (schema['nullable'] === true && random.percent(15)) return null;
  const members = schema['enum'];
  if (Array.isArray(members) && members.length > 0 && random.percent(95)) return random.pick(members);
  if (schema['x-kubernetes-int-or-string'] === true) return random.pick<unknown>([1, 2, 'x', '50%', 'auto']);
  switch (schema['type']) {
    case 'string':
      return random.pick(['', 'x', 'y', 'auto', '1', 'long text']);
    case 'integer':
      return random.int(-1, 3);
    case 'number':
      return random.pick([0, 1, 1.5, -2]);
    case 'boolean':
      return random.percent(50);
    case 'array':
      return Array.from({ length: random.int(0, 3) }, () =>
        isMap(schema['items']) ? randomValue(random, schema['items']) : random.pick(anything),
      );
    case 'object':
      return randomObject(random, schema);
    default:
      return isMap(schema['properties']) && random.percent(60) ? randomObject(random, schema) : random.pick(anything);
  }
}

function randomObject(random: Random, schema: Schema): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  const required = wanted(random, schema);
  const values = schema['additionalProperties'];
  const rate = random.pick([10, 50, 85]);
  for (const [name, field] of Object.entries(isMap(schema['properties']) ? schema['properties'] : {})) {
    const isThere = required.has(name) ? random.percent(98) : random.percent(rate);
    if (isThere && isMap(field)) entries.set(name, randomValue(random, field));
  }
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || values === true;
  for (const name of [...required, ...(random.percent(40) ? ['k1', random.pick(['k2', 'a', ''])] : [])]) {
    if (entries.has(name)) continue;
    if (isMap(values)) entries.set(name, randomValue(random, values));
    else if (isOpen) entries.set(name, random.pick([...anything, null]));
  }
  if (schema['x-kubernetes-embedded-resource'] === true) {
    for (const [name, usual] of [
      ['apiVersion', 'v1'],
      ['kind', 'Pod'],
    ] as const) {
      const known = isMap(schema['properties']) ? schema['properties'][name] : undefined;
      // What the server fills in may be left out.
      const isLeft = isMap(known) && known['default'] !== undefined && random.percent(50);
      if (isLeft) entries.delete(name);
      else if (!entries.has(name) || random.percent(80)) entries.set(name, usual);
    }
    entries.delete('metadata');
    if (required.has('metadata') || random.percent(50)) entries.set('metadata', { labels: { a: 'b' } });
  }
  // Nearly no object of random fields would have one of them alone.
  const most = schema['maxProperties'] ?? (random.percent(20) ? 1 : undefined);
  const kept = typeof most === 'number' && random.percent(80) ? [...entries].slice(0, most) : [...entries];
  return Object.fromEntries(kept);
}

/** Names that a combination of the object asks for: one branch's of each, or the value would hardly ever be valid. */
function wanted(random: Random, schema: Schema): Set<string> {
  const names = new Set<string>();
  const add = (node: unknown): void => {
    if (!isMap(node)) return;
    if (Array.isArray(node['required'])) for (const name of node['required']) names.add(String(name));
    if (Array.isArray(node['allOf'])) for (const branch of node['allOf']) add(branch);
    for (const key of ['anyOf', 'oneOf']) {
      const branches = node[key];
      if (Array.isArray(branches) && branches.length > 0) add(random.pick(branches));
    }
  };
  add(schema);
  return names;
}
