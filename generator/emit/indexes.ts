import { byCodePoint, namespaceIdentifier } from '../model/identifiers.js';
import type { NamedModule } from '../model/names.js';

/** What `templates/version-index.hbs` gets. */
export interface VersionIndexView {
  readonly modules: readonly {
    /** Specifier of the module, as a literal. */
    readonly from: string;
    /** Names that are values (and types too). */
    readonly values: readonly string[];
    /** Names that are types only. */
    readonly types: readonly string[];
  }[];
}

/** What `templates/root-index.hbs` gets. */
export interface RootIndexView {
  readonly namespaces: readonly { readonly name: string; readonly from: string }[];
}

/** The index of one group and version: every name of every module, one by one. */
export function versionIndexView(modules: readonly NamedModule[], extension: string): VersionIndexView {
  const sorted = [...modules].sort((a, b) => byCodePoint(a.file, b.file));
  return {
    modules: sorted.map(({ file, names, declarations, aliases }) => {
      const all = new Set([...declarations, ...aliases].flatMap((one) => [one.names.read, one.names.manifest]));
      all.delete(names.kind);
      return { from: `'./${file}${extension}'`, values: [names.kind, names.reflector], types: [...all] };
    }),
  };
}

/** The index of the whole output: one namespace for each group and version. */
export function rootIndexView(
  versions: readonly { readonly group: string; readonly version: string; readonly folder: string }[],
  extension: string,
): RootIndexView {
  const used = new Set<string>();
  const sorted = [...versions].sort((a, b) => byCodePoint(a.folder, b.folder));
  return {
    namespaces: sorted.map(({ group, version, folder }) => {
      const name = namespaceIdentifier(group, version);
      let free = name;
      for (let i = 2; used.has(free); i += 1) free = `${name}_${i}`;
      used.add(free);
      return { name: free, from: `'./${folder}/index${extension}'` };
    }),
  };
}
