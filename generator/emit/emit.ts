import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import { type NamedGroup, nameModules } from '../model/names.js';
import type { ResourceModel, SharedTypeModel } from '../model/resource.js';
import type { Render } from '../tools/template.js';
import { rootIndexView, versionIndexView } from './indexes.js';
import type { SharedNames } from './module-names.js';
import { type ModuleOptions, moduleView } from './module-view.js';
import { fieldPrinter } from './field.js';
import { inOnePiece } from './one-piece.js';
import type { OutputFile } from './output-file.js';
import { typesView } from './types-view.js';

/** How generated modules name what they import: `./x.js`, `./x.ts` or `./x`. */
export type ImportExtension = 'js' | 'ts' | 'none';

/** How modules are printed. */
export interface EmitOptions {
  readonly importExtension: ImportExtension;
  /** Whether descriptions become comments. */
  readonly docs: boolean;
  /** What fills the templates. */
  readonly render: Render;
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly folder: string;
  readonly models: ResourceModel[];
  readonly shared: SharedTypeModel[];
}

/** Prints models as modules with their indexes; the order of the models does not matter. */
export function emit(
  { models, shared }: { readonly models: readonly ResourceModel[]; readonly shared?: readonly SharedTypeModel[] },
  options: EmitOptions,
): { files: OutputFile[]; diagnostics: Diagnostic[] } {
  const { render } = options;
  const extension = options.importExtension === 'none' ? '' : `.${options.importExtension}`;
  const versions = byGroupVersion(models, shared ?? []);
  const early = new Map(
    versions.filter((one) => one.shared.length > 0).map((one) => [one, nameModules(one.models, one.shared)] as const),
  );
  const names = sharedNames(early);
  const printing = { names, extension, docs: options.docs, fieldText: fieldPrinter(options.docs) };
  const files: OutputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const version of versions) {
    const { folder } = version;
    // One group after the other: what things are called there need not be kept.
    const named = early.get(version) ?? nameModules(version.models);
    const at = (file: string): ModuleOptions => ({ ...printing, file: `${folder}/${file}` });
    const add = (file: string, content: string): number =>
      files.push({ path: `${folder}/${file}.ts`, content: inOnePiece(content) });
    for (const module of named.modules) add(module.file, render('module', moduleView(module, at(module.file))));
    if (named.shared !== undefined)
      add(named.shared.file, render('types', typesView(named.shared, at(named.shared.file))));
    add('index', render('version-index', versionIndexView(named, extension)));
    diagnostics.push(...named.diagnostics);
  }
  if (versions.length > 0)
    files.push({ path: 'index.ts', content: render('root-index', rootIndexView(versions, extension)) });
  return { files: files.sort((a, b) => byText(a.path, b.path)), diagnostics };
}

function sharedNames(named: ReadonlyMap<GroupVersion, NamedGroup>): SharedNames {
  return new Map(
    [...named].flatMap(([{ folder }, { shared }]) =>
      (shared?.types ?? []).flatMap(({ model, declarations: [own] }) =>
        own === undefined ? [] : [[model.type.id, { file: `${folder}/${shared?.file}`, names: own.names }] as const],
      ),
    ),
  );
}

function byGroupVersion(models: readonly ResourceModel[], shared: readonly SharedTypeModel[]): GroupVersion[] {
  const found = new Map<string, GroupVersion>();
  const of = ({ group, version }: { readonly group: string; readonly version: string }): GroupVersion => {
    const folder = `${folderName(group === '' ? 'core' : group)}/${folderName(version)}`;
    const known = found.get(folder) ?? { group, version, folder, models: [], shared: [] };
    found.set(folder, known);
    return known;
  };
  for (const model of models) of(model).models.push(model);
  for (const one of shared) of(one.type).shared.push(one);
  return [...found.values()].sort((a, b) => byText(a.folder, b.folder));
}

/**
 * A group or version as the name of a folder. Checked CRDs hold no other character; nothing may ever leave the output folder, and none
 * may stand where a file beside the folders does: `index.ts` is a group like any other.
 */
function folderName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/^\.+|^$/, '_')
    .replace(/^(?:index|openapi)\.ts$/, '$&_');
}
