import type { Declaration } from '../model/declaration.js';
import type { Choice, Condition, Docs, Member, Shape, View } from '../model/resource.js';
import { noDocs } from '../model/docs.js';
import { viewsDiffer } from '../model/type-node.js';
import { jsdoc, note } from './jsdoc.js';
import type { ModuleImports } from './module-names.js';
import { propertyKey } from './text.js';
import { bodyText, literalUnion, type Place, typeText } from './types.js';

/** How the declarations of a module are printed. */
export interface DeclarationOptions {
  readonly imports: ModuleImports;
  readonly docs: boolean;
}

/** One view of a declaration. */
export interface DeclarationView extends DeclarationOptions {
  readonly view: View;
  /** The comment above it. */
  readonly above: string;
  /** Print only what differs from the manifest view. */
  readonly extendsManifest: boolean;
}

/** A declaration in one view, or in both where they are the same. */
export function declarationText(declaration: Declaration, at: DeclarationView): string {
  const { body, names, baseNames } = declaration;
  const { view, imports, above } = at;
  const name = names[view];
  const place = { declaration, field: undefined, view, imports };
  if (body.t === 'alias') {
    const { type } = body;
    if (type.t === 'map') {
      return `${above}export interface ${name} {\n  readonly [key: string]: ${typeText(type.values, place)};\n}\n`;
    }
    const text = type.t === 'literals' ? `\n${literalUnion(type.values)}` : ` ${bodyText(type, place)}`;
    return `${above}export type ${name} =${text};\n`;
  }
  const interfaceOf = (own: { readonly [V in View]: string }): string => {
    if (!at.extendsManifest) return `interface ${own[view]} ${shapeText(body.shape, place, at.docs)}\n`;
    return `interface ${own[view]} extends ${own.manifest} ${differenceText(body.shape, place, at.docs)}\n`;
  };
  if (baseNames === undefined) return `${above}export ${interfaceOf(names)}`;
  const choices = body.shape.choices.map((choice) => choiceText(choice, body.shape, place));
  return `${interfaceOf(baseNames)}\n${above}export type ${name} = ${baseNames[view]} &${choices.join(' &')};\n`;
}

/**
 * Both views of a declaration: one text where they agree (F3). Where they do not, the read view extends the manifest view: it
 * shows exactly what the server fills in, and every comment stands once.
 */
export function nestedText(declaration: Declaration, options: DeclarationOptions): string[] {
  const { names, docs } = declaration;
  const above = jsdoc(docs, { indent: '', docs: options.docs });
  if (names.read === names.manifest) {
    return [declarationText(declaration, { ...options, view: 'read', above, extendsManifest: false })];
  }
  const extendsManifest = declaration.body.t === 'shape';
  const written = note({
    text: `{@link ${names.read}} as you may write it.`,
    docs: options.docs,
    deprecated: undefined,
  });
  return [
    declarationText(declaration, { ...options, view: 'read', above, extendsManifest }),
    declarationText(declaration, { ...options, view: 'manifest', above: written, extendsManifest: false }),
  ];
}

/**
 * The fields that differ in the read view; their comments stand in the manifest view, where editors find them. Only of a deprecation
 * they do not.
 */
function differenceText(shape: Shape, place: Place, docs: boolean): string {
  const differing = shape.members.filter(
    ({ type, required }) => required.read !== required.manifest || viewsDiffer(type),
  );
  const lines = differing.map((member) => {
    const { deprecated } = member.docs;
    return memberText({ ...member, docs: { ...noDocs, deprecated }, itemDocs: noDocs }, place, docs);
  });
  if (shape.index !== undefined && viewsDiffer(shape.index)) {
    lines.push(`  readonly [key: string]: ${typeText(shape.index, place)};\n`);
  }
  return `{\n${lines.join('')}}`;
}

function shapeText(shape: Shape, place: Place, docs: boolean): string {
  const lines = shape.members.map((member) => memberText(member, place, docs));
  if (shape.index !== undefined) lines.push(`  readonly [key: string]: ${typeText(shape.index, place)};\n`);
  return `{\n${lines.join('')}}`;
}

function memberText(member: Member, place: Place, docs: boolean): string {
  const text = fieldText({
    name: member.name,
    isRequired: member.required[place.view],
    type: typeText(member.type, { ...place, field: member.name }),
  });
  return `${jsdoc(memberDocs(member), { indent: '  ', docs })}  ${text};\n`;
}

/** What a list's items must be stands with the list. */
function memberDocs({ docs, itemDocs }: Member): Docs {
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
const inherited: ReadonlyMap<string, string> = new Map([
  ['constructor', 'globalThis.Function'],
  ['toString', '(() => string)'],
  ['toLocaleString', '(() => string)'],
  ['valueOf', '(() => object)'],
  ['hasOwnProperty', '((key: string | number | symbol) => boolean)'],
  ['isPrototypeOf', '((value: object) => boolean)'],
  ['propertyIsEnumerable', '((key: string | number | symbol) => boolean)'],
]);

function fieldText({ name, isRequired, type }: { name: string; isRequired: boolean; type: string }): string {
  const alsoInherited = isRequired ? undefined : inherited.get(name);
  const full =
    alsoInherited === undefined || type === 'unknown'
      ? type
      : type === 'never'
        ? alsoInherited
        : `${type} | ${alsoInherited}`;
  return `readonly ${propertyKey(name)}${isRequired ? '' : '?'}: ${full}`;
}

const longestAlternative = 110;

/** A choice as a union of objects, one alternative a line. */
function choiceText({ alternatives }: Choice, shape: Shape, place: Place): string {
  const lines = alternatives.map((conditions) => {
    const fields = [...conditions, ...restated(conditions, shape)].map((condition) =>
      conditionText(condition, shape, { ...place, field: condition.name }),
    );
    const line = `{ ${fields.join('; ')} }`;
    return line.length <= longestAlternative
      ? line
      : `{\n${fields.map((field) => `        ${field};\n`).join('')}      }`;
  });
  return `\n  (\n${lines.map((line) => `    | ${line}\n`).join('')}  )`;
}

/**
 * An alternative that says nothing of a field called `constructor` has the inherited one for the compiler, which then reads literals
 * below that field as any text or number: so each alternative says it again (F26).
 */
function restated(conditions: readonly Condition[], shape: Shape): Condition[] {
  return shape.members
    .filter(({ name }) => inherited.has(name) && conditions.every((condition) => condition.name !== name))
    .map(({ name, type }) => ({ name, is: 'narrowed', type }));
}

function conditionText({ name, is, type }: Condition, shape: Shape, place: Place): string {
  const member = shape.members.find((candidate) => candidate.name === name);
  const isRequired = is === 'present' || (is === 'narrowed' && member?.required[place.view] === true);
  return fieldText({ name, isRequired, type: typeText(type, place) });
}
