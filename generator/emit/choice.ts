import type { Choice, Condition, Member, Shape, TypeNode } from '../model/resource.js';
import { fieldText, inherited, memberDocs } from './field.js';
import { jsdoc } from './jsdoc.js';
import { type Place, typeText } from './types.js';

/**
 * The fields that stand in the alternatives of a choice alone: those that it asks for, and that have a choice of their own or a type
 * that is written out. Were such a field in the interface too, where it may be left out, the compiler would multiply its alternatives
 * with themselves, or a map with itself, for each alternative that asks for it, and show the product instead of the name.
 */
export function fieldsOfChoices({ members, choices }: Shape): ReadonlySet<string> {
  const fields = new Set<string>();
  if (choices.length === 0) return fields;
  const asking = choices.map(({ alternatives }) => alternatives.map(byName));
  for (const { name, type } of members) {
    if (!hasChoices(type) && !isWrittenOut(type)) continue;
    const [asked, ...others] = asking
      .map((alternatives) => alternatives.map((one) => one.get(name)))
      .filter((conditions) => conditions.some((condition) => condition !== undefined));
    if (asked === undefined || others.length > 0) continue;
    const there = asked.filter((condition) => condition?.is !== 'absent');
    const isAsked = there.some((condition) => condition?.is === 'present');
    const isWhole = there.every((condition) => condition === undefined || condition.type === type);
    // In more than one alternative a type that is written out would be as many.
    if (isAsked && isWhole && (hasChoices(type) || there.length === 1)) fields.add(name);
  }
  return fields;
}

function hasChoices(type: TypeNode): boolean {
  if (type.t === 'union') return type.members.some(hasChoices) && !type.members.some(isWrittenOut);
  return type.t === 'object' && type.shape.choices.length > 0;
}

/** Whether a type has no name, so that the compiler takes it for another one in each place. */
function isWrittenOut(type: TypeNode): boolean {
  if (type.t === 'union') return type.members.some(isWrittenOut);
  return type.t === 'map' || (type.t === 'array' && isWrittenOut(type.items));
}

const longestAlternative = 110;

/** A choice as a union of objects, one alternative a line. */
export function choiceText(choice: Choice, shape: Shape, place: Place, docs: boolean): string {
  const alone = fieldsOfChoices(shape);
  const members = byName(shape.members);
  const asked = byName(choice.alternatives.flat());
  const lines = choice.alternatives.map((conditions) => {
    const said = [...conditions, ...restated(conditions, { asked, shape, alone })].map((condition) => {
      const { name } = condition;
      const member = members.get(name);
      return {
        text: conditionText(condition, member, { ...place, field: name }),
        comment: alone.has(name) ? commentOf(condition, member, docs) : '',
      };
    });
    const line = `{ ${said.map(({ text }) => text).join('; ')} }`;
    const isShort = line.length <= longestAlternative && said.every(({ comment }) => comment === '');
    return isShort ? line : `{\n${said.map(({ text, comment }) => `${comment}        ${text};\n`).join('')}      }`;
  });
  return `\n  (\n${lines.map((line) => `    | ${line}\n`).join('')}  )`;
}

/**
 * What an alternative says of fields that it has no condition for: of those that stand in the alternatives alone, and of one called
 * `constructor`. The compiler has the inherited one for that, and then reads literals below the field as any text or number: so each
 * alternative says it again (F26).
 */
function restated(
  conditions: readonly Condition[],
  { asked, shape, alone }: { asked: ReadonlyMap<string, Condition>; shape: Shape; alone: ReadonlySet<string> },
): Condition[] {
  const said = byName(conditions);
  return shape.members
    .filter(({ name }) => inherited.has(name) || (alone.has(name) && asked.has(name)))
    .filter(({ name }) => !said.has(name))
    .map(({ name, type }) => ({ name, is: 'narrowed', type }));
}

/** The comment of a field that stands nowhere else. */
function commentOf({ is }: Condition, member: Member | undefined, docs: boolean): string {
  if (member === undefined || is === 'absent') return '';
  return jsdoc(memberDocs(member), { indent: ' '.repeat(8), docs });
}

function conditionText({ name, is, type }: Condition, member: Member | undefined, place: Place): string {
  const isRequired = is === 'present' || (is === 'narrowed' && member?.required[place.view] === true);
  return fieldText({ name, isRequired, type: typeText(type, place) });
}

/** They may be thousands, and each is looked for. */
function byName<T extends { readonly name: string }>(named: readonly T[]): ReadonlyMap<string, T> {
  return new Map(named.map((one) => [one.name, one]));
}
