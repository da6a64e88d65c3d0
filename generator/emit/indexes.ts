import { byText } from '../by-text.js';
import { namespaceIdentifier } from '../model/identifiers.js';
import { canBeWatched } from '../model/can-be-watched.js';
import type { NamedGroup } from '../model/names.js';
import { typeNames } from './module-names.js';

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
export function versionIndexView(
  { modules, shared }: Pick<NamedGroup, 'modules' | 'shared'>,
  extension: string,
): VersionIndexView {
  const sorted = [...modules].sort((a, b) => byText(a.file, b.file));
  const ofKinds = sorted.map(({ model, file, names, declarations, aliases }) => {
    const values = canBeWatched(model) ? [names.kind, names.reflector] : [names.kind];
    return {
      from: `'./${file}${extension}'`,
      values,
      types: [...typeNames([...declarations, ...aliases])].filter((name) => name !== names.kind),
    };
  });
  const ofTypes = (shared === undefined ? [] : [shared]).map(({ file, types }) => ({
    from: `'./${file}${extension}'`,
    values: [],
    types: types.flatMap(({ declarations }) => [...typeNames(declarations)]),
  }));
  return { modules: [...ofKinds, ...ofTypes] };
}

/** The index of the whole output: one namespace for each group and version, in their order. */
export function rootIndexView(
  versions: readonly { readonly group: string; readonly version: string; readonly folder: string }[],
  extension: string,
): RootIndexView {
  const used = new Set<string>();
  return {
    namespaces: versions.map(({ group, version, folder }) => {
      const name = namespaceIdentifier(group, version);
      let free = name;
      for (let i = 2; used.has(free); i += 1) free = `${name}_${i}`;
      used.add(free);
      return { name: free, from: `'./${folder}/index${extension}'` };
    }),
  };
}
