import type { Declaration } from '../model/declaration.js';
import type { Shape, TypeNode, View } from '../model/resource.js';
import { noDocs } from '../model/docs.js';
import { holdsLiterals, viewsDiffer } from '../model/type-node.js';
import { choiceText, fieldsOfChoices } from './choice.js';
import type { FieldPrinter } from './field.js';
import { jsdoc, note } from './jsdoc.js';
import type { ModuleImports } from './module-names.js';
import { bodyText, literalUnion, type Place, typeText } from './types.js';

/** How the declarations of a module are printed. */
export interface DeclarationOptions {
  readonly imports: ModuleImports;
  readonly docs: boolean;
  readonly fieldText: FieldPrinter;
}

/** One view of a declaration. */
interface DeclarationView {
  readonly view: View;
  /** The comment above it. */
  readonly above: string;
  /** Print only what differs from the manifest view. */
  readonly extendsManifest: boolean;
}

/** A declaration in one view, or in both where they are the same. */
export function declarationText(
  declaration: Declaration,
  { view, above, extendsManifest }: DeclarationView,
  { imports, docs, fieldText }: DeclarationOptions,
): string {
  const { body, names, baseNames } = declaration;
  const name = names[view];
  const place = { declaration, field: undefined, view, imports };
  // An alias would be read, and shown by editors, as the field beside it.
  if (body.t === 'sibling') return `${above}export interface ${name} extends ${body.of.names[view]} {}\n`;
  if (body.t === 'alias') {
    const { type } = body;
    if (type.t === 'map' && !holdsLiterals(type.values))
      return `${above}export interface ${name} ${objectText([], type.values, place)}\n`;
    const text = type.t === 'literals' ? `\n${literalUnion(type.values)}` : ` ${bodyText(type, place)}`;
    return `${above}export type ${name} =${text};\n`;
  }
  const plain = body.shape.choices.length === 0 ? body.shape : withoutFieldsOfChoices(body.shape);
  const interfaceOf = (own: { readonly [V in View]: string }): string => {
    if (!extendsManifest) return `export interface ${own[view]} ${shapeText(plain, place, fieldText)}\n`;
    return `export interface ${own[view]} extends ${own.manifest} ${differenceText(plain, place, fieldText)}\n`;
  };
  if (baseNames === undefined) return `${above}${interfaceOf(names)}`;
  const choices = body.shape.choices.map((choice) => choiceText(choice, body.shape, place, docs));
  return `${interfaceOf(baseNames)}\n${above}export type ${name} = ${baseNames[view]} &${choices.join(' &')};\n`;
}

function withoutFieldsOfChoices(shape: Shape): Shape {
  const inChoices = fieldsOfChoices(shape);
  return { ...shape, members: shape.members.filter(({ name }) => !inChoices.has(name)) };
}

/**
 * Both views of a declaration: one text where they agree (F3). Where they do not, the read view extends the manifest view: it
 * shows exactly what the server fills in, and every comment stands once.
 */
export function nestedText(declaration: Declaration, options: DeclarationOptions): string[] {
  const { names, docs } = declaration;
  const above = jsdoc(docs, { indent: '', docs: options.docs });
  if (names.read === names.manifest) {
    return [declarationText(declaration, { view: 'read', above, extendsManifest: false }, options)];
  }
  const extendsManifest = declaration.body.t === 'shape';
  const written = note({
    text: `{@link ${names.read}} as you may write it.`,
    docs: options.docs,
    deprecated: undefined,
  });
  return [
    declarationText(declaration, { view: 'read', above, extendsManifest }, options),
    declarationText(declaration, { view: 'manifest', above: written, extendsManifest: false }, options),
  ];
}

/**
 * The fields that differ in the read view; their comments stand in the manifest view, where editors find them. Only of a deprecation
 * they do not.
 */
function differenceText(shape: Shape, place: Place, fieldText: FieldPrinter): string {
  const differing = shape.members.filter(
    ({ type, required }) => required.read !== required.manifest || viewsDiffer(type),
  );
  const lines = differing.map((member) => {
    const { deprecated } = member.docs;
    return fieldText({ ...member, docs: { ...noDocs, deprecated }, itemDocs: noDocs }, place);
  });
  const { index } = shape;
  return objectText(lines, index !== undefined && viewsDiffer(index) ? index : undefined, place);
}

function shapeText({ members, index }: Shape, place: Place, fieldText: FieldPrinter): string {
  return objectText(
    members.map((member) => fieldText(member, place)),
    index,
    place,
  );
}

function objectText(fields: readonly string[], index: TypeNode | undefined, place: Place): string {
  const last = index === undefined ? '' : `  readonly [key: string]: ${typeText(index, place)};\n`;
  return `{\n${fields.join('')}${last}}`;
}
