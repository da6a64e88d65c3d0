import { addRule, crdWithSchema, type Node } from './rule-schema.js';

const object = (properties: object, more: object = {}): object => ({ type: 'object', ...more, properties });
const list = (items: object, maxItems?: number): object => ({
  type: 'array',
  items,
  ...(maxItems === undefined ? {} : { maxItems }),
});
const map = (additionalProperties: object, maxProperties?: number): object => ({
  type: 'object',
  additionalProperties,
  ...(maxProperties === undefined ? {} : { maxProperties }),
});
const text = (maxLength?: number): object => ({ type: 'string', ...(maxLength === undefined ? {} : { maxLength }) });

/** Fields with and without bounds. */
const properties = {
  text: text(),
  other: text(),
  name: text(63),
  long: text(4096),
  choice: { type: 'string', enum: ['on', 'off', 'größer'] },
  bytes: { type: 'string', format: 'byte', maxLength: 4096 },
  time: { type: 'string', format: 'date-time' },
  either: { 'x-kubernetes-int-or-string': true },
  number: { type: 'integer' },
  list: list(text()),
  names: list(text(63), 64),
  numbers: list({ type: 'integer' }),
  lists: list(list(text(10), 1000), 1000),
  map: map(text()),
  labels: map(text(63), 500),
  objects: list(
    object(
      { name: text(253), kind: text(), tags: list(text(10), 100), limits: map({ type: 'integer' }) },
      { required: ['name'] },
    ),
  ),
  bounded: list(object({ name: text(253), tags: list(text(100), 100) }), 1000),
  resource: {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
  },
};

/** Rules at a place. */
export type PlacedRules = readonly (readonly [place: string, rule: string])[];

/** A CRD with such rules over fields with and without bounds. */
export function costlyCrd(rules: PlacedRules): Record<string, unknown> {
  return crdWithSchema(costlySchema(rules));
}

export function costlySchema(rules: PlacedRules): Node {
  const root = JSON.parse(JSON.stringify(object({ spec: object(properties) }))) as Node;
  for (const [place, rule] of rules) addRule(root, place, rule);
  return root;
}

/** Rules that cost little enough, some of them just so. */
export const cheapRules: PlacedRules = [
  ['spec', "self.text == 'a' && self.text.startsWith('abc')"],
  ['spec', "self.text.contains('a')"],
  ['spec', 'self.list.size() > self.map.size()'],
  ['spec', 'self.labels.all(k, self.labels[k].size() > 0)'],
  ['spec', "self.list.all(x, x != 'a')"],
  ['spec', 'self.list == oldSelf.list'],
  ['spec', "self.text.matches('^[a-z]{1,10}$')"],
  ['spec', 'self.names.all(x, self.names.exists_one(y, x == y))'],
  ['spec', "self.either == 'a' || string(self.either).size() > 1"],
  ['spec', "self.text.split(',').size() > 2"],
  ['spec', 'self.names.sort() == self.names'],
  ['spec', 'self.names.isSorted()'],
  ['spec', "self.choice in ['on', 'off']"],
  ['spec', "self.resource.metadata.name.contains('a')"],
  ['spec', "cidr(self.text).containsIP('10.0.0.1')"],
  ['spec', "self.map.all(k, self.map[k] == 'abcdefghijklmnopqrstuvwxyz')"],
  ['spec', 'self.map.all(k, v, v.startsWith(k))'],
  ['spec', 'self.labels.all(k, v, self.labels.all(l, w, k == l || v != w))'],
  ['spec.list[]', "self == 'a'"],
  ['spec.objects[].limits{}', 'self > 0'],
  ['spec.bounded[].tags[]', "self.startsWith('abcd')"],
  ['', "self.metadata.name.matches('^[a-z0-9-]+$')"],
];

/** Rules that cost too much, how many times the limit, and what is said that helps. */
export const costlyRules: readonly (readonly [place: string, rule: string, times: string, hint: string])[] = [
  [
    'spec',
    'self.list.all(x, self.list.exists(y, x == y))',
    'more than 100 times',
    'It is cheap enough with maxItems: 287 at spec.list and maxLength: 287 at spec.list[].',
  ],
  [
    'spec',
    'self.text.contains(self.other)',
    'more than 100 times',
    'It is cheap enough with maxLength: 7905 at spec.other and maxLength: 7905 at spec.text.',
  ],
  [
    'spec',
    'self.text.matches(self.other)',
    'more than 100 times',
    'It is cheap enough with maxLength: 4999 at spec.other and maxLength: 4999 at spec.text.',
  ],
  [
    'spec',
    "self.list.all(x, x.matches('^[a-z]+$'))",
    'more than 100 times',
    'It is cheap enough with maxItems: 3532 at spec.list and maxLength: 3532 at spec.list[].',
  ],
  [
    'spec',
    "self.list.exists(x, x.contains('abc'))",
    'more than 100 times',
    'It is cheap enough with maxItems: 4992 at spec.list and maxLength: 4992 at spec.list[].',
  ],
  [
    'spec',
    'self.objects.all(o, self.objects.exists_one(p, p.name == o.name))',
    'more than 100 times',
    'It is cheap enough with maxItems: 304 at spec.objects.',
  ],
  [
    'spec',
    "self.objects.all(o, o.tags.all(t, t.matches('^[a-z]$')))",
    '34 times',
    'It is cheap enough with maxItems: 7112 at spec.objects.',
  ],
  [
    'spec',
    "self.objects.all(o, o.tags.exists(t, t == 'a'))",
    '14.7 times',
    'It is cheap enough with maxItems: 16501 at spec.objects.',
  ],
  ['spec', "self.objects.map(o, o.name).join(',') != ''", 'more than 100 times', 'Make it simpler.'],
  ['spec.objects[]', 'self.name != self.kind', '2.6 times', 'It is cheap enough with maxItems: 94339 at spec.objects.'],
  [
    'spec',
    'self.objects.all(o, o.kind.lowerAscii() == o.name)',
    'more than 100 times',
    'It is cheap enough with maxItems: 4865 at spec.objects and maxLength: 4865 at spec.objects[].kind.',
  ],
  [
    'spec',
    'self.bounded.all(x, self.bounded.all(y, x == y || x.name != y.name))',
    '11.1 times',
    'It is cheap enough with maxItems: 300 at spec.bounded (now 1000).',
  ],
  [
    'spec',
    'self.bounded.all(b, b.tags.all(t, b.tags.exists_one(u, u == t)))',
    '44.1 times',
    'It is cheap enough with maxItems: 67 at spec.bounded (now 1000), maxItems: 67 at spec.bounded[].tags (now 100) and maxLength: 67 at spec.bounded[].tags[] (now 100).',
  ],
  [
    'spec',
    'self.lists.all(l, l.all(x, l.exists(y, x == y)))',
    'more than 100 times',
    'It is cheap enough with maxItems: 99 at spec.lists (now 1000) and maxItems: 99 at spec.lists[] (now 1000).',
  ],
  [
    'spec',
    'self.numbers.sort() == self.numbers',
    'more than 100 times',
    'It is cheap enough with maxItems: 2236 at spec.numbers.',
  ],
  [
    'spec',
    'self.list.distinct().size() > 2',
    'more than 100 times',
    'It is cheap enough with maxItems: 2236 at spec.list.',
  ],
  [
    'spec',
    'sets.contains(self.list, self.list)',
    'more than 100 times',
    'It is cheap enough with maxItems: 3162 at spec.list.',
  ],
  [
    'spec',
    'self.numbers.all(n, n in self.numbers)',
    'more than 100 times',
    'It is cheap enough with maxItems: 3159 at spec.numbers.',
  ],
  [
    'spec',
    "self.list.map(x, x + ',').exists(x, x.contains(self.name))",
    'more than 100 times',
    'It is cheap enough with maxItems: 4974 at spec.list and maxLength: 4974 at spec.list[].',
  ],
  [
    'spec',
    'self.objects.sortBy(o, o.name).size() > 0',
    'more than 100 times',
    'It is cheap enough with maxItems: 2178 at spec.objects.',
  ],
  [
    'spec',
    "matches(url(self.text).getHost(), '^[a-z.]+$')",
    'more than 100 times',
    'No bound in the schema helps: Kubernetes does not know how large this is that it reads: "url(self.text).getHost(), \'^[a-z.]+$\')"',
  ],
  [
    'spec',
    'self.either.matches(self.text)',
    'more than 100 times',
    'It is cheap enough with maxLength: 4999 at spec.either and maxLength: 4999 at spec.text.',
  ],
  [
    'spec',
    "self.list.filter(x, x.find('[a-z]+') == '').size() == 0",
    'more than 100 times',
    'It is cheap enough with maxItems: 3526 at spec.list and maxLength: 3526 at spec.list[].',
  ],
  [
    'spec.list[]',
    "self.matches('^[a-z0-9]+$')",
    'more than 100 times',
    'It is cheap enough with maxItems: 2885 at spec.list and maxLength: 2885 at spec.list[].',
  ],
  [
    'spec.list[]',
    'isIP(self)',
    'more than 100 times',
    'It is cheap enough with maxItems: 4997 at spec.list and maxLength: 4997 at spec.list[].',
  ],
  [
    'spec.objects[]',
    "self.kind.matches('^[A-Z][a-z]+$')",
    'more than 100 times',
    'It is cheap enough with maxItems: 2498 at spec.objects and maxLength: 2498 at spec.objects[].kind.',
  ],
  [
    'spec.objects[].limits{}',
    '[1, 2, 3, 4, 5, 6, 7, 8, 9].all(n, self != n)',
    '8.8 times',
    'It is cheap enough with maxItems: 422 at spec.objects and maxProperties: 422 at spec.objects[].limits.',
  ],
  [
    'spec.bounded[].tags[]',
    "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    '3.3 times',
    'It is cheap enough with maxItems: 303 at spec.bounded (now 1000).',
  ],
  [
    'spec.lists[][]',
    '[1, 2, 3].exists(n, size(self) == n)',
    '3.5 times',
    'It is cheap enough with maxItems: 285 at spec.lists[] (now 1000).',
  ],
  [
    '',
    'self.kind.contains(self.spec.text)',
    'more than 100 times',
    'It is cheap enough with maxLength: 77 at spec.text.',
  ],
  [
    '',
    'self.spec.list.all(x, x.contains(self.metadata.name))',
    'more than 100 times',
    'It is cheap enough with maxItems: 494 at spec.list and maxLength: 494 at spec.list[].',
  ],
];
