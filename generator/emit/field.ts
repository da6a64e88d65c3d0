import type { Docs, Member, TypeNode } from '../model/resource.js';
import { type FieldComment, fieldComments } from './jsdoc.js';
import { propertyKey } from './text.js';
import { type Place, typeText } from './types.js';

/** Prints a field with its comment, as a line of an interface. */
export type FieldPrinter = (member: Member, place: Place) => string;

/** Many modules have the very same fields: those whose text is the same everywhere are printed once. */
export function fieldPrinter(docs: boolean): FieldPrinter {
  const comment = fieldComments(docs);
  const known = new Map<Member, string>();
  return (member, place) => {
    const { name, type, required } = member;
    // A spec or a status has a name whatever it is.
    const isSame = isPlain(type) && place.declaration.find(name, type) === undefined;
    if (!isSame || required.read !== required.manifest) return memberText(member, place, comment);
    const before = known.get(member);
    if (before !== undefined) return before;
    const text = memberText(member, place, comment);
    known.set(member, text);
    return text;
  };
}

/** Whether a type has no name in it, neither of this module nor of another. */
function isPlain(type: TypeNode): boolean {
  switch (type.t) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'unknown':
      return true;
    case 'array':
      return isPlain(type.items);
    case 'map':
      return isPlain(type.values);
    default:
      return false;
  }
}

function memberText(member: Member, { declaration, view, imports }: Place, comment: FieldComment): string {
  const text = fieldText({
    name: member.name,
    isRequired: member.required[view],
    type: typeText(member.type, { declaration, field: member.name, view, imports }),
  });
  return `${comment(memberDocs(member))}  ${text};\n`;
}

/** What the items of a list or the values of a map must be stands with the field. */
export function memberDocs({ docs, itemDocs }: Member): Docs {
  return itemDocs.tags.length === 0 ? docs : { ...docs, tags: [...docs.tags, ...itemDocs.tags] };
}

/**
 * What an object literal inherits. A field of this name that is left out is not missing for the compiler: it finds the inherited
 * one, and an object without the field must be assignable all the same (F26).
 */
export const inherited: ReadonlyMap<string, string> = new Map([
  ['constructor', 'globalThis.Function'],
  ['toString', '(() => string)'],
  ['toLocaleString', '(() => string)'],
  ['valueOf', '(() => object)'],
  ['hasOwnProperty', '((key: string | number | symbol) => boolean)'],
  ['isPrototypeOf', '((value: object) => boolean)'],
  ['propertyIsEnumerable', '((key: string | number | symbol) => boolean)'],
]);

/** A field without its comment and the semicolon. */
export function fieldText({ name, isRequired, type }: { name: string; isRequired: boolean; type: string }): string {
  const alsoInherited = isRequired ? undefined : inherited.get(name);
  const full =
    alsoInherited === undefined || type === 'unknown'
      ? type
      : type === 'never'
        ? alsoInherited
        : `${type} | ${alsoInherited}`;
  return `readonly ${propertyKey(name)}${isRequired ? '' : '?'}: ${full}`;
}
