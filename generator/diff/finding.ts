import type { CheckedType } from '../tools/ts-morph.js';
import type { ChangeType, TypeText, Use } from './change.js';

/** A change that one use of a type sees; the path is relative to that type. */
export interface Finding {
  readonly path: string;
  readonly change: ChangeType;
  readonly isBreaking: boolean;
  readonly old?: TypeText;
  readonly new?: TypeText;
  /** Members of a union that came and went. */
  readonly gained?: readonly string[];
  readonly lost?: readonly string[];
}

/** What a comparison found. */
export interface Comparison {
  readonly findings: readonly Finding[];
  /** Whether what was found tells why the checker refuses the one type for the other, if it does. */
  readonly explains: boolean;
}

/** Types of one place: several where alternatives of a union each have their own. */
export type Types = readonly CheckedType[];

/** Compares old types with new ones for one use. */
export interface Comparer {
  readonly use: Use;
  compare(old: Types, now: Types): Comparison;
}

/** Whether a value of a type may stand where one of several is expected. */
export function accepts(types: Types, part: CheckedType): boolean {
  return types.some((type) => part.isAssignableTo(type));
}

/** All members of some types. */
export function partsOf(types: Types): Types {
  return [...new Set(types.flatMap(({ parts }) => parts))];
}

/** Findings of a place further down. */
export function at(step: string, { findings, explains }: Comparison): Comparison {
  return { findings: findings.map((one) => ({ ...one, path: joined(step, one.path) })), explains };
}

/** Findings about the type of a field, which may be missing on either side. */
export function atField(
  step: string,
  optional: { readonly old: boolean; readonly now: boolean },
  { findings, explains }: Comparison,
): Comparison {
  const told = findings.map((one) =>
    one.path !== '' || one.old === undefined || one.new === undefined
      ? one
      : { ...one, old: { ...one.old, optional: optional.old }, new: { ...one.new, optional: optional.now } },
  );
  return at(step, { findings: told, explains });
}

function joined(step: string, path: string): string {
  return path === '' || path.startsWith('[') ? `${step}${path}` : `${step}.${path}`;
}

/** Types as text. */
export function textOf(types: Types, optional = false): TypeText {
  const texts = types.map(({ text }) => text.replace(/ \| undefined$/, ''));
  return { type: [...new Set(texts)].join(' | '), optional };
}
