import type { Diagnostic } from '../diagnostics.js';
import { byCodePoint } from '../model/identifiers.js';
import { type NamedModule, nameModules } from '../model/names.js';
import type { ResourceModel } from '../model/resource.js';
import { renderTemplate } from '../tools/template.js';
import { rootIndexView, versionIndexView } from './indexes.js';
import { moduleView } from './module-view.js';
import type { OutputFile } from './output-file.js';

/** How generated modules name what they import: `./x.js`, `./x.ts` or `./x`. */
export type ImportExtension = 'js' | 'ts' | 'none';

/** How modules are printed. */
export interface EmitOptions {
  readonly importExtension: ImportExtension;
  /** Whether descriptions become comments. */
  readonly docs: boolean;
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly folder: string;
  readonly models: ResourceModel[];
}

/** Prints models as modules with their indexes; the order of the models does not matter. */
export function emit(
  models: readonly ResourceModel[],
  options: EmitOptions,
): { files: OutputFile[]; diagnostics: Diagnostic[] } {
  const extension = options.importExtension === 'none' ? '' : `.${options.importExtension}`;
  const versions = byGroupVersion(models);
  const files: OutputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { folder, models: own } of versions) {
    const named = nameModules(own);
    diagnostics.push(...named.diagnostics);
    for (const module of named.modules)
      files.push({ path: `${folder}/${module.file}.ts`, content: moduleText(module, options) });
    files.push({
      path: `${folder}/index.ts`,
      content: renderTemplate('version-index', versionIndexView(named.modules, extension)),
    });
  }
  if (versions.length > 0)
    files.push({ path: 'index.ts', content: renderTemplate('root-index', rootIndexView(versions, extension)) });
  return { files: files.sort((a, b) => byCodePoint(a.path, b.path)), diagnostics };
}

function moduleText(module: NamedModule, { docs }: EmitOptions): string {
  return renderTemplate('module', moduleView(module, { docs }));
}

function byGroupVersion(models: readonly ResourceModel[]): GroupVersion[] {
  const found = new Map<string, GroupVersion>();
  for (const model of models) {
    const { group, version } = model;
    const folder = `${folderName(group === '' ? 'core' : group)}/${folderName(version)}`;
    const known = found.get(folder);
    if (known === undefined) found.set(folder, { group, version, folder, models: [model] });
    else known.models.push(model);
  }
  return [...found.values()].sort((a, b) => byCodePoint(a.folder, b.folder));
}

/** A group or version as the name of a folder. Checked CRDs hold no other character; nothing may ever leave the output folder. */
function folderName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/^\.+|^$/, '_');
}
