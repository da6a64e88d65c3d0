import { byText } from '../by-text.js';
import type { Declaration } from '../model/declaration.js';
import { namespaceIdentifier } from '../model/identifiers.js';
import type { SharedType, SupportType, View } from '../model/resource.js';

/** Everything that a module may import from `@kube-gen/runtime/codegen1`; a test checks it against the runtime. */
export type RuntimeName = SupportType | 'defineResource' | 'ReflectorOf';

const isValue: Readonly<Record<RuntimeName, boolean>> = {
  EmbeddedMeta: false,
  EmbeddedObject: false,
  EmptyObject: false,
  IntOrString: false,
  ManifestMeta: false,
  MapOf: false,
  NamespacedObjectMeta: false,
  ObjectMeta: false,
  OpenEmbeddedObject: false,
  ReflectorOf: true,
  defineResource: true,
};
/** All of them: an object has no other keys than its type says here. */
export const runtimeNames = Object.keys(isValue) as readonly RuntimeName[];

/** Where each shared type stands and what its views are called there, by its id. */
export type SharedNames = ReadonlyMap<
  string,
  {
    /** Below the output folder, without extension: `core/v1/types`. */
    readonly file: string;
    readonly names: { readonly [V in View]: string };
  }
>;

/**
 * The names that declarations and aliases give to types, each once. The interfaces under unions are among them: compilers name them in
 * the declarations of what takes an alternative apart.
 */
export function typeNames(named: readonly (Pick<Declaration, 'names'> & Partial<Declaration>)[]): Set<string> {
  const found = new Set<string>();
  for (const { names, baseNames } of named) {
    found.add(names.read).add(names.manifest);
    if (baseNames !== undefined) found.add(baseNames.read).add(baseNames.manifest);
  }
  return found;
}

/** The imports of one module: what is used is imported, and what clashes with a local name gets a `$` that no identifier has. */
export interface ModuleImports {
  use(name: RuntimeName): string;
  /** The local name of a shared type, imported unless it stands in this very file. */
  shared(type: SharedType, view: View): string;
  /** The specifiers of the runtime's entry in the order of their names. */
  specifiers(): string[];
  /** What is imported from other generated files: finished lines, in the order of the files. */
  siblings(): string[];
}

/** `local` holds every name that the module declares; `file` is its own path, without extension. */
export function createModuleImports(
  local: ReadonlySet<string>,
  { file, names, extension }: { readonly file: string; readonly names: SharedNames; readonly extension: string },
): ModuleImports {
  const used = new Set<RuntimeName>();
  /** By file, by exported name: the local name. */
  const siblings = new Map<string, Map<string, string>>();
  const nameOf = (runtimeName: RuntimeName): string => {
    // To its readers a generated class extends `Reflector`: what stands between them only takes a constructor off each module.
    const name = runtimeName === 'ReflectorOf' ? 'Reflector' : runtimeName;
    return local.has(name) ? `${name}$` : name;
  };
  // Which of the runtime's names are used is not known before the end.
  const taken = new Set([...local, ...runtimeNames.map(nameOf)]);
  const take = (name: string, type: SharedType): string => {
    const home = namespaceIdentifier(type.group, type.version);
    let free = taken.has(name) ? `${home.charAt(0).toUpperCase()}${home.slice(1)}${name}` : name;
    while (taken.has(free)) free += '$';
    taken.add(free);
    return free;
  };
  return {
    use(name) {
      used.add(name);
      return nameOf(name);
    },
    shared(type, view) {
      const home = names.get(type.id);
      if (home === undefined) throw new Error(`the shared type ${type.id} has no name`);
      const name = home.names[view];
      if (home.file === file) return name;
      const from = siblings.get(home.file) ?? new Map<string, string>();
      siblings.set(home.file, from);
      const known = from.get(name) ?? take(name, type);
      from.set(name, known);
      return known;
    },
    specifiers() {
      return [...used]
        .sort((a, b) => Number(isValue[b]) - Number(isValue[a]) || byText(a, b))
        .map((name) => `${isValue[name] ? '' : 'type '}${name}${nameOf(name) === name ? '' : ` as ${nameOf(name)}`}`);
    },
    siblings() {
      return [...siblings]
        .sort(([a], [b]) => byText(a, b))
        .map(([from, imported]) => {
          const specifiers = [...imported].sort(([a], [b]) => byText(a, b)).map(specifier);
          const path = `'${relativePath(file, from)}${extension}'`;
          const line = `import type { ${specifiers.join(', ')} } from ${path};`;
          if (line.length <= 120) return line;
          return `import type {\n${specifiers.map((one) => `  ${one},\n`).join('')}} from ${path};`;
        });
    },
  };
}

function specifier([name, local]: readonly [string, string]): string {
  return name === local ? name : `${name} as ${local}`;
}

/** The way from one generated file to another; both are `<group>/<version>/<name>`. */
export function relativePath(from: string, to: string): string {
  const [group, version] = from.split('/');
  const [toGroup, toVersion, name] = to.split('/');
  if (group !== toGroup) return `../../${to}`;
  return version === toVersion ? `./${name}` : `../${toVersion}/${name}`;
}
