import type { Docs, Member } from '../model/resource.js';
import type { FieldComment } from './jsdoc.js';
import { propertyKey } from './text.js';
import { type Place, typeText } from './types.js';

/** A field with its comment, as a line of an interface. */
export function memberText(member: Member, place: Place, comment: FieldComment): string {
  const text = fieldText({
    name: member.name,
    isRequired: member.required[place.view],
    type: typeText(member.type, { ...place, field: member.name }),
  });
  return `${comment(memberDocs(member))}  ${text};\n`;
}

/** What a list's items must be stands with the list. */
export function memberDocs({ docs, itemDocs }: Member): Docs {
  if (itemDocs.tags.length === 0) return docs;
  return {
    ...docs,
    tags: [...docs.tags, ...itemDocs.tags.map(([name, text]) => ['items', `${name} ${text}`.trim()] as const)],
  };
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
