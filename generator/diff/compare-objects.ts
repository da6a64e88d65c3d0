import type { TypeText } from './change.js';
import {
  accepts,
  at,
  atField,
  partsOf,
  textOf,
  type Comparer,
  type Comparison,
  type Finding,
  type Types,
} from './finding.js';

/** The fields of an object, or of all alternatives of one. */
interface Fields {
  readonly named: ReadonlyMap<string, Field>;
  /** What fields without a name hold; empty: there are none. */
  readonly values: Types;
}

interface Field {
  readonly types: Types;
  readonly isOptional: boolean;
}

/** Compares objects field by field. Several on a side are alternatives of a union. */
export function compareObjects(old: Types, now: Types, comparer: Comparer): Comparison {
  const before = fieldsOf(old);
  const after = fieldsOf(now);
  const results: Comparison[] = [compareValues(before.values, after.values, comparer)];
  for (const name of new Set([...before.named.keys(), ...after.named.keys()])) {
    const was = before.named.get(name);
    const is = after.named.get(name);
    const step = stepOf(name);
    if (was !== undefined && is !== undefined) {
      results.push(
        compareOptionality(step, was, is, comparer),
        atField(step, { old: was.isOptional, now: is.isOptional }, comparer.compare(was.types, is.types)),
      );
    } else if (was !== undefined) results.push(removedField(step, was, after.values, comparer));
    else if (is !== undefined) results.push(addedField(step, is, before.values, comparer));
  }
  // To the compiler an object without any field differs from one with optional fields; to people it does not.
  const isEmpty = [before, after].some(({ named, values }) => named.size === 0 && values.length === 0);
  return {
    findings: results.flatMap(({ findings }) => findings),
    explains: isEmpty || results.some(({ explains }) => explains),
  };
}

function fieldsOf(objects: Types): Fields {
  const named = new Map<string, Field>();
  for (const [i, object] of objects.entries()) {
    for (const [name, { type, isOptional }] of object.fields) {
      // Forbidden in this alternative.
      if (type.parts.length === 0) continue;
      const known = named.get(name);
      named.set(name, {
        types: [...new Set([...(known?.types ?? []), type])],
        isOptional: isOptional || (known?.isOptional ?? i > 0),
      });
    }
    for (const [name, field] of named) {
      if ((object.fields.get(name)?.type.parts.length ?? 0) === 0) named.set(name, { ...field, isOptional: true });
    }
  }
  return { named, values: [...new Set(objects.flatMap(({ values }) => (values === undefined ? [] : [values])))] };
}

function compareOptionality(path: string, was: Field, is: Field, { use }: Comparer): Comparison {
  if (was.isOptional === is.isOptional) return { findings: [], explains: false };
  const change = is.isOptional ? 'now-optional' : 'now-required';
  const isBreaking = change === (use === 'reads' ? 'now-optional' : 'now-required');
  return found({ path, change, isBreaking, old: fieldText(was), new: fieldText(is) });
}

/** Writers may keep a field that falls under those without a name. */
function removedField(path: string, was: Field, values: Types, { use }: Comparer): Comparison {
  const isKept = use === 'writes' && partsOf(was.types).every((part) => accepts(values, part));
  return found({ path, change: 'field-removed', isBreaking: !isKept, old: fieldText(was) });
}

/** Writers may have used a new field before, where fields without a name were welcome. */
function addedField(path: string, is: Field, values: Types, { use }: Comparer): Comparison {
  const mayClash = partsOf(values).some((part) => !accepts(is.types, part));
  const isBreaking = use === 'writes' && (!is.isOptional || mayClash);
  return found({
    path,
    change: 'field-added',
    isBreaking,
    ...(values.length === 0 ? {} : { old: textOf(values, true) }),
    new: fieldText(is),
  });
}

/** Fields without a name. */
function compareValues(old: Types, now: Types, comparer: Comparer): Comparison {
  if (old.length === 0 && now.length === 0) return { findings: [], explains: false };
  if (old.length > 0 && now.length > 0) return at('*', comparer.compare(old, now));
  // An interface is not assignable to an index signature even where each object of it is, so this is a reason for the checker either way.
  return old.length === 0
    ? explained({ path: '*', change: 'now-open', isBreaking: false, new: textOf(now, true) })
    : explained({ path: '*', change: 'now-closed', isBreaking: true, old: textOf(old, true) });
}

function found(finding: Finding): Comparison {
  return { findings: [finding], explains: finding.isBreaking };
}

function explained(finding: Finding): Comparison {
  return { findings: [finding], explains: true };
}

function fieldText({ types, isOptional }: Field): TypeText {
  return textOf(types, isOptional);
}

/** A field in a path, in quotes where it could be misread. */
function stepOf(name: string): string {
  return /^[\w$-]+$/.test(name) ? name : `[${JSON.stringify(name)}]`;
}
