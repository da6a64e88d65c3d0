import type { Diagnostic } from '../diagnostics.js';
import type { Declaration, KindNames } from './declaration.js';
import { byCodePoint, kindFileName, kindIdentifier, pathHash, pathName } from './identifiers.js';
import { nest, type Nest, otherPlaces, readingOrder } from './nesting.js';
import type { ResourceModel } from './resource.js';

/** A model whose every type has a name: what the emitter prints. */
export interface NamedModule {
  readonly model: ResourceModel;
  /** Without folder and extension. */
  readonly file: string;
  readonly names: KindNames;
  /** In the order of reading; the first is the root. */
  readonly declarations: readonly Declaration[];
  /** Names of places whose type is declared for another place. */
  readonly aliases: readonly Alias[];
}

/** Another name of a declaration. */
export interface Alias {
  readonly names: Declaration['names'];
  readonly of: Declaration;
}

/** Names everything in one group and version: contract names first, so that no nested type can take one (F28). */
export function nameModules(models: readonly ResourceModel[]): { modules: NamedModule[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const sorted = [...models].sort((a, b) => byCodePoint(a.kind, b.kind) || byCodePoint(a.plural, b.plural));
  const taken = new Set<string>();
  const kinds = sorted.map((model) => ({
    model,
    kind: takeContract(taken, { name: kindIdentifier(model.kind), model, diagnostics }),
  }));
  const files = fileNames(sorted.map(({ kind }) => kind));
  const named = kinds.map(({ model, kind }, i) => ({
    model,
    file: files[i] ?? '',
    names: contractNames(kind, { model, taken, diagnostics }),
  }));
  const modules = named.map(({ model, file, names }) => {
    const nests = nest(model);
    for (const one of nests) nameNest(one, { taken, names });
    const aliases = otherPlaces(nests).map(({ path, nest: of }) => ({
      names: viewNames({ path, differs: of.differs }, { taken, names }),
      of,
    }));
    const [root] = nests;
    return { model, file, names, declarations: root === undefined ? [] : readingOrder(root), aliases };
  });
  return { modules, diagnostics };
}

interface Taking {
  readonly model: ResourceModel;
  readonly diagnostics: Diagnostic[];
}

function contractNames(
  kind: string,
  { model, taken, diagnostics }: Taking & { readonly taken: Set<string> },
): KindNames {
  const take = (suffix: string): string => takeContract(taken, { name: `${kind}${suffix}`, model, diagnostics });
  const has = (name: string): boolean => model.root.members.some((member) => member.name === name);
  return {
    kind,
    manifest: take('Manifest'),
    reflector: take('Reflector'),
    spec: has('spec') ? take('Spec') : '',
    status: has('status') ? take('Status') : '',
  };
}

function takeContract(taken: Set<string>, { name, model, diagnostics }: Taking & { readonly name: string }): string {
  let free = name;
  while (taken.has(free)) free += '_';
  taken.add(free);
  if (free !== name) {
    const message = `kind ${model.kind} of ${groupVersion(model)}: the name ${name} is taken by another kind, so this one is called ${free}`;
    diagnostics.push({ severity: 'warning', message, file: model.file });
  }
  return free;
}

interface Naming {
  readonly taken: Set<string>;
  readonly names: KindNames;
}

function nameNest(one: Nest, naming: Naming): void {
  const { taken, names } = naming;
  one.names = viewNames(one, naming);
  if (one.needsBase) {
    const { read, manifest } = one.names;
    const take = (name: string): string => takeNested(taken, name, [names.kind, ...one.path]);
    const readBase = take(`${read}Base`);
    one.baseNames = { read: readBase, manifest: manifest === read ? readBase : take(`${manifest}Base`) };
  }
}

function viewNames({ path, differs }: Pick<Nest, 'path' | 'differs'>, { taken, names }: Naming): Nest['names'] {
  const [first, second] = path;
  if (first === undefined) return { read: names.kind, manifest: names.manifest };
  const take = (name: string): string => takeNested(taken, name, [names.kind, ...path]);
  const contract = second !== undefined ? '' : first === 'spec' ? names.spec : first === 'status' ? names.status : '';
  const name = pathName(names.kind, path);
  const isKept = keptForViews.has(path.at(-1) ?? '');
  const free = isKept ? `${name}_${pathHash([names.kind, ...path])}` : name;
  const read = contract === '' ? take(free) : contract;
  return { read, manifest: differs ? take(`${read}Manifest`) : read };
}

/** What the other view of a type, and the fields under its choices, are called: a field of that name never takes it, needed or not. */
const keptForViews = new Set(['manifest', 'Manifest', 'base', 'Base']);

/** Of two paths with one name (`fooBar.baz`, `foo.barBaz`) the later carries a mark made from its path, so that no third one moves it. */
function takeNested(taken: Set<string>, name: string, path: readonly string[]): string {
  let free = name;
  for (let i = 0; taken.has(free); i += 1) free = `${name}_${pathHash(i === 0 ? path : [...path, String(i)])}`;
  taken.add(free);
  return free;
}

/** File names of kinds in code point order; of two kinds with one file name the later gets `-2`. */
function fileNames(kinds: readonly string[]): string[] {
  const plain = new Set(kinds.map(kindFileName));
  const used = new Set<string>();
  return kinds.map((kind) => {
    const name = kindFileName(kind);
    let free = name;
    for (let i = 2; used.has(free) || (free !== name && plain.has(free)); i += 1) free = `${name}-${i}`;
    used.add(free);
    return free;
  });
}

function groupVersion({ group, version }: ResourceModel): string {
  return group === '' ? version : `${group}/${version}`;
}
