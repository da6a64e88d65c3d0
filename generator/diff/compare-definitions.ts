import { uses, type Change, type KindVersion, type TypeText, type Use } from './change.js';

type Definition = Readonly<Record<string, unknown>>;

/** What changed about a kind as a whole: where its objects live, how requests name it, what can be done with them. */
export function compareDefinitions(old: Definition, now: Definition, head: KindVersion): Change[] {
  return [...plainChanges(old, now, head), ...subresourceChanges(old, now, head), ...selectableChanges(old, now, head)];
}

const plain: readonly (readonly [name: string, breaks: readonly Use[], advice: string])[] = [
  [
    'scope',
    uses,
    'Change every call and reflector: objects of a namespaced kind are named with their namespace, others without.',
  ],
  ['plural', uses, 'Change roles and requests that name it; generated definitions follow by themselves.'],
  ['singular', [], 'Nothing to do; generated definitions follow by themselves.'],
  ['listKind', uses, 'Change code that looks at the kind of a list; generated definitions follow by themselves.'],
];

function plainChanges(old: Definition, now: Definition, head: KindVersion): Change[] {
  return plain.flatMap(([name, breaks, advice]) => {
    if (old[name] === now[name]) return [];
    return [definitionChange(head, name, { old: old[name], now: now[name], breaks, advice })];
  });
}

function subresourceChanges(old: Definition, now: Definition, head: KindVersion): Change[] {
  const [before, after] = [old['subresources'], now['subresources']].map(recordOf);
  return ['status', 'scale'].flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const meaning = subresourceChange(name, was, is);
    return [definitionChange(head, `subresources.${name}`, { old: was, now: is, ...meaning })];
  });
}

function subresourceChange(name: string, was: unknown, is: unknown): Pick<Change, 'breaks' | 'advice'> {
  if (is === undefined) return { breaks: uses, advice: `Stop using its ${name} subresource: requests to it fail.` };
  if (was !== undefined) return { breaks: [], advice: 'Nothing to do, unless code uses the paths of its definition.' };
  if (name !== 'status') return { breaks: [], advice: 'Nothing to do; its scale subresource can be used from now on.' };
  const advice =
    'Write its status through the status subresource: in other writes the API server ignores it from now on.';
  return { breaks: ['writes'], advice };
}

function selectableChanges(old: Definition, now: Definition, head: KindVersion): Change[] {
  const before = textsOf(old['selectableFields']);
  const after = textsOf(now['selectableFields']);
  const lost = [...before].filter((path) => !after.has(path));
  const gained = [...after].filter((path) => !before.has(path));
  const name = 'selectableFields';
  return [
    ...lost.map((path) =>
      definitionChange(head, name, {
        old: path,
        now: undefined,
        breaks: uses,
        advice: 'Stop selecting by this field: the API server refuses it.',
      }),
    ),
    ...gained.map((path) =>
      definitionChange(head, name, {
        old: undefined,
        now: path,
        breaks: [],
        advice: 'Nothing to do; field selectors may use it.',
      }),
    ),
  ];
}

interface Part {
  readonly old: unknown;
  readonly now: unknown;
  readonly breaks: readonly Use[];
  readonly advice: string;
}

function definitionChange(head: KindVersion, path: string, { old, now, breaks, advice }: Part): Change {
  return {
    ...head,
    path,
    change: 'definition',
    breaks,
    ...(old === undefined ? {} : { old: textOf(old) }),
    ...(now === undefined ? {} : { new: textOf(now) }),
    advice,
  };
}

function textOf(value: unknown): TypeText {
  return { type: typeof value === 'string' ? `'${value}'` : JSON.stringify(value), optional: false };
}

function textsOf(list: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(list) ? list.map(String) : []);
}

function recordOf(value: unknown): Definition {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
