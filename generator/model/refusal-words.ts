import { anyObject, askedOf, listed, type Names, type Reading, saysNothing } from './choice-words.js';
import { asSchema, field, type RawSchema, schemaList } from './raw-schema.js';

/** What a branch says that must be there, and what must not. */
interface Part {
  readonly asked: readonly string[];
  /** A set: both may be many, and each is looked for in the other. */
  readonly refused: ReadonlySet<string>;
}

/**
 * A choice whose branches refuse what the others ask for: `{ required: [a], not: { required: [b] } }` and the other way round. What a branch
 * refuses besides is told with its fields. One branch may be for objects with none of them.
 */
export function exclusionOf(branches: readonly RawSchema[], always: Names): string | undefined {
  const parts = branches.map((branch) => partOf(branch, { ...anyObject, always }));
  const all = parts.filter((part) => part !== undefined);
  const asking = all.filter(({ asked }) => asked.length > 0);
  const [none, ...more] = all.filter(({ asked }) => asked.length === 0);
  if (all.length < parts.length || asking.length < 2 || more.length > 0) return undefined;
  const excludes = (part: Part, other: Part): boolean =>
    part === other || other.asked.some((name) => part.refused.has(name));
  if (!asking.every((part) => asking.every((other) => excludes(part, other)))) return undefined;
  // Of two fields that are all that two branches ask for, "exactly one" says that the other must not be there.
  const alone = new Set(asking.filter(({ asked }) => asked.length === 1).flatMap(({ asked }) => asked));
  const besides = asking.flatMap(({ asked, refused }) => {
    const rest = [...refused].filter((name) => !alone.has(name));
    return rest.length === 0 ? [] : [`, ${listed(asked, 'with')} without ${listed(rest, 'or')}`];
  });
  const list = listed(
    asking.map(({ asked }) => listed(asked, 'with')),
    'or',
  );
  if (none === undefined) return `Exactly one of ${list} must be set${besides.join('')}.`;
  if (alone.size < asking.length || ![...alone].every((name) => none.refused.has(name))) return undefined;
  const others = [...none.refused].filter((name) => !alone.has(name));
  const atMost = `At most one of ${list} may be set${besides.join('')}.`;
  return others.length === 0 ? atMost : `${atMost} ${listed(others, 'or')} may only be set with one of them.`;
}

/** What two branches say of which one asks for fields and the other refuses some, or several of which each refuses one. */
export function dependenceOf(key: 'anyOf' | 'oneOf', branches: readonly RawSchema[]): string | undefined {
  const parts = branches.map((branch) => partOf(branch, anyObject)).filter((part) => part !== undefined);
  if (parts.length < 2 || parts.length < branches.length) return undefined;
  if (parts.every(({ asked, refused }) => asked.length === 0 && refused.size === 1))
    return key === 'anyOf'
      ? `${listed(
          parts.flatMap(({ refused }) => [...refused]),
          'and',
        )} must not be set together.`
      : undefined;
  const [asking, refusing] = [...parts].sort((a, b) => b.asked.length - a.asked.length);
  if (asking === undefined || refusing === undefined || parts.length > 2) return undefined;
  if (asking.refused.size > 0 || refusing.asked.length > 0 || refusing.refused.size === 0) return undefined;
  return needOf(key, asking.asked, refusing.refused);
}

/** `asked` are all there, or none of `refused` is; with `oneOf` not both. */
function needOf(key: 'anyOf' | 'oneOf', asked: readonly string[], refused: ReadonlySet<string>): string | undefined {
  const others = asked.filter((name) => !refused.has(name));
  const areApart = others.length === asked.length;
  const areSame = others.length === 0 && refused.size === asked.length;
  if (areSame && asked.length > 1) return `${listed(asked, 'and')} must be set together or not at all.`;
  if (key === 'oneOf' && areApart) {
    const isPair = asked.length === 1 && refused.size === 1;
    return isPair ? `${listed([...refused, ...asked], 'and')} must be set together or not at all.` : undefined;
  }
  if (others.length === 0 || (!areApart && refused.size > 1)) return undefined;
  return `${listed([...refused], 'or')} may only be set with ${listed(others, 'and')}.`;
}

function partOf(branch: RawSchema, reading: Reading): Part | undefined {
  const { not: refusal, ...rest } = branch;
  const names = refusal === undefined ? [] : refusedOf(asSchema(refusal) ?? {});
  const asked = saysNothing(rest) ? [] : askedOf(rest, reading);
  if (names === undefined || asked === undefined) return undefined;
  const refused = new Set(names);
  // A branch that refuses what it asks for is met by no object.
  return asked.some((name) => refused.has(name)) ? undefined : { asked, refused };
}

/** The fields of which none may be there, if that is all it says. */
function refusedOf(not: RawSchema): string[] | undefined {
  const isChoice = Object.keys(not).length === 1 && field(not, 'anyOf') !== undefined;
  const names = (isChoice ? schemaList(not, 'anyOf') : [not]).map((branch) => askedOf(branch, anyObject));
  return names.every((asked) => asked?.length === 1) ? names.flatMap((asked) => asked ?? []) : undefined;
}
