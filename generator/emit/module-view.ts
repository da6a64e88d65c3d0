import { canBeWatched } from '../model/can-be-watched.js';
import type { Alias, NamedModule } from '../model/names.js';
import type { Docs, ResourceModel, SharedType, View } from '../model/resource.js';
import { type DeclarationOptions, declarationText, nestedText } from './declarations.js';
import { jsdoc, note } from './jsdoc.js';
import { createModuleImports, relativePath, type SharedNames, typeNames } from './module-names.js';
import { lineComment, propertyKey, stringLiteral } from './text.js';

/** What `templates/module.hbs` gets. Every text is finished TypeScript: a template only puts pieces in order. */
export interface ModuleView {
  /** Where the module comes from: `CustomResourceDefinition certificates.cert-manager.io, version v1`. */
  readonly origin: string;
  /** Import specifiers of the runtime, one each. */
  readonly imports: readonly string[];
  /** Import lines of other generated files. */
  readonly siblings: readonly string[];
  /** The line that exports again what is the kind's own by name and shared by nature; may be empty. */
  readonly passedOn: string;
  /** Whether its objects can be listed and watched. */
  readonly hasReflector: boolean;
  /** The two views of the kind. */
  readonly rootTypes: readonly string[];
  /** All other types of the module, in the order of reading. */
  readonly nestedTypes: readonly string[];
  readonly kind: string;
  readonly manifest: string;
  readonly reflector: string;
  readonly defineResource: string;
  readonly baseReflector: string;
  /** `'Namespaced'` or `'Cluster'`. */
  readonly scope: string;
  /** Name of the type parameter. */
  readonly indexes: string;
  /** The fields of the definition, as `name: literal`. */
  readonly fields: readonly string[];
  /** Comments above the constant and the class, each with its line break. */
  readonly definitionDocs: string;
  readonly reflectorDocs: string;
}

/** Everything that stands in a module, as text. */
export function moduleView(
  { model, names, declarations, aliases, passedOn }: NamedModule,
  { docs, ...at }: ModuleOptions,
): ModuleView {
  const local = typeNames([...declarations, ...aliases]).add(names.reflector);
  const imports = createModuleImports(local, at);
  const [root, ...nested] = declarations;
  if (root === undefined) throw new Error(`${model.kind} has no root declaration`);
  const options = { imports, docs, fieldText: at.fieldText };
  const { deprecated } = model.docs;
  const hasReflector = canBeWatched(model);
  const say = (text: string): string => note({ text, docs, deprecated });
  const rootAbove = docs ? jsdoc(rootDocs(model), { indent: '', docs }) : say('');
  const manifestAbove = say(`{@link ${names.kind}} as you may write it.`);
  const rootTypes = [
    declarationText(root, { view: 'read', above: rootAbove, extendsManifest: false }, options),
    declarationText(root, { view: 'manifest', above: manifestAbove, extendsManifest: false }, options),
  ];
  return {
    origin: lineComment(model.origin),
    rootTypes,
    nestedTypes: [...nested.flatMap((declaration) => nestedText(declaration, options)), ...aliasesText(aliases)],
    kind: names.kind,
    manifest: names.manifest,
    reflector: names.reflector,
    hasReflector,
    defineResource: imports.use('defineResource'),
    baseReflector: hasReflector ? imports.use('ReflectorOf') : '',
    scope: stringLiteral(model.scope),
    indexes: free('V', local),
    fields: definitionFields(model, docs),
    definitionDocs: say(`Where to find ${names.kind} objects: what \`cluster.resource\` and reflectors need to know.`),
    reflectorDocs: say(`A live, typed, indexed cache of ${names.kind} objects.`),
    passedOn: passedOnLine(passedOn, at),
    imports: imports.specifiers(),
    siblings: imports.siblings(),
  };
}

/** The names of places whose type is declared above, a line each. */
function aliasesText(aliases: readonly Alias[]): string[] {
  if (aliases.length === 0) return [];
  const lines = aliases.flatMap(({ names, baseNames, of }) => {
    const views: View[] = names.read === names.manifest ? ['read'] : ['read', 'manifest'];
    const pairs = [
      { here: names, there: of.names },
      { here: baseNames, there: of.baseNames },
    ];
    return pairs.flatMap(({ here, there }) =>
      here && there ? views.map((view) => `export type ${here[view]} = ${there[view]};\n`) : [],
    );
  });
  return [`// More places that hold one of the types above.\n${lines.join('')}`];
}

/** How a module is printed. */
export interface ModuleOptions extends Pick<DeclarationOptions, 'fieldText'> {
  readonly docs: boolean;
  /** Its own path without extension. */
  readonly file: string;
  readonly names: SharedNames;
  /** Of generated imports: `.js`. */
  readonly extension: string;
}

function passedOnLine(
  types: readonly SharedType[],
  { names, file, extension }: Pick<ModuleOptions, 'names' | 'file' | 'extension'>,
): string {
  const homes = types.map(({ id }) => names.get(id)).filter((home) => home !== undefined);
  const [first] = homes;
  if (first === undefined) return '';
  const all = new Set(homes.flatMap((home) => [home.names.read, home.names.manifest]));
  return `export type { ${[...all].join(', ')} } from '${relativePath(file, first.file)}${extension}';`;
}

function rootDocs({ docs, kind }: ResourceModel): Docs {
  return docs.description === '' ? { ...docs, description: `${kind}, as the API server returns it.` } : docs;
}

/** `name`, unless the module declares it: a parameter of that name would hide the declaration. */
function free(name: string, local: ReadonlySet<string>): string {
  return local.has(name) ? `${name}$` : name;
}

function definitionFields(model: ResourceModel, docs: boolean): string[] {
  const line = (
    names: readonly ('group' | 'version' | 'kind' | 'plural' | 'singular' | 'listKind' | 'scope')[],
  ): string => names.map((name) => `${name}: ${stringLiteral(model[name])}`).join(', ');
  return [
    line(['group', 'version', 'kind']),
    line(['plural', 'singular', 'listKind']),
    line(['scope']),
    `shortNames: ${stringList(model.shortNames)}`,
    `categories: ${stringList(model.categories)}`,
    `subresources: ${subresources(model)}`,
    `printerColumns: ${printerColumns(model.printerColumns, docs)}`,
    `selectableFields: ${stringList(model.selectableFields)}`,
    ...(model.verbs === undefined ? [] : [`verbs: ${stringList(model.verbs)}`]),
  ];
}

function stringList(values: readonly string[]): string {
  return `[${values.map(stringLiteral).join(', ')}]`;
}

function subresources({ subresources: { status, scale } }: ResourceModel): string {
  const parts: string[] = [];
  if (status === true) parts.push('status: true');
  if (scale !== undefined) parts.push(`scale: ${objectLiteral(scale)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function printerColumns(columns: ResourceModel['printerColumns'], docs: boolean): string {
  if (columns.length === 0) return '[]';
  const lines = columns.map(({ name, type, jsonPath, format, description, priority }) => {
    const column = { name, type, jsonPath, format, description: docs ? description : undefined, priority };
    return `    ${objectLiteral(column)},\n`;
  });
  return `[\n${lines.join('')}  ]`;
}

function objectLiteral(fields: object): string {
  const parts = Object.entries(fields).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined) return [];
    return [`${propertyKey(key)}: ${typeof value === 'string' ? stringLiteral(value) : JSON.stringify(value)}`];
  });
  return `{ ${parts.join(', ')} }`;
}
