import type { SupportType } from '../model/resource.js';

/** Everything that a module may import from `@kube-gen/runtime/codegen1`; a test checks it against the runtime. */
export type RuntimeName = SupportType | 'defineResource' | 'Reflector' | 'Cluster' | 'ReflectorOptions';

const values: ReadonlySet<RuntimeName> = new Set<RuntimeName>(['defineResource', 'Reflector']);

/** The imports of one module: what is used is imported, and what clashes with a local name gets a `$` that no identifier has. */
export interface ModuleImports {
  use(name: RuntimeName): string;
  /** The specifiers in the order of their names. */
  specifiers(): string[];
}

/** `local` holds every name that the module declares. */
export function createModuleImports(local: ReadonlySet<string>): ModuleImports {
  const used = new Set<RuntimeName>();
  // `Cluster` is the name of many kinds, so it is always called the same.
  const nameOf = (name: RuntimeName): string => (name === 'Cluster' || local.has(name) ? `${name}$` : name);
  return {
    use(name) {
      used.add(name);
      return nameOf(name);
    },
    specifiers() {
      return [...used]
        .sort((a, b) => Number(values.has(b)) - Number(values.has(a)) || (a < b ? -1 : 1))
        .map(
          (name) => `${values.has(name) ? '' : 'type '}${name}${nameOf(name) === name ? '' : ` as ${nameOf(name)}`}`,
        );
    },
  };
}
