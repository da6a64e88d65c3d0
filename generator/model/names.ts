import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import { apiVersionOf } from '../load/api-version.js';
import type { Declaration, KindNames } from './declaration.js';
import { kindFileName, kindIdentifier, pathHash, pathName } from './identifiers.js';
import { nest, type Nest, otherPlaces, readingOrder } from './nesting.js';
import { type NamedTypes, nameTypes } from './name-types.js';
import type { ResourceModel, SharedType, SharedTypeModel } from './resource.js';
import { takeBases, takeNested } from './take-name.js';

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
  /** Shared types that are this kind's spec or status and have the very name of it: the module exports them again. */
  readonly passedOn: readonly SharedType[];
}

/** Everything in one group and version, named. */
export interface NamedGroup {
  readonly modules: readonly NamedModule[];
  /** `undefined` when there are no shared types. */
  readonly shared: NamedTypes | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Other names of a declaration. */
export interface Alias extends Pick<Declaration, 'names' | 'baseNames'> {
  readonly of: Declaration;
}

/** Names everything in one group and version: contract names first, so that no nested type can take one (F28). */
export function nameModules(models: readonly ResourceModel[], shared: readonly SharedTypeModel[] = []): NamedGroup {
  const diagnostics: Diagnostic[] = [];
  // A kind whose name is an identifier goes before those whose name is made into one: `FooBar` before `Foo-bar`.
  const isChanged = ({ kind }: ResourceModel): boolean => kindIdentifier(kind) !== kind;
  // What is stored goes before what is only asked: the templates of OpenShift before its `processedtemplates`.
  const isAsked = ({ verbs }: ResourceModel): boolean => verbs?.includes('get') === false;
  const sorted = [...models].sort(
    (a, b) =>
      Number(isChanged(a)) - Number(isChanged(b)) ||
      byText(a.kind, b.kind) ||
      Number(isAsked(a)) - Number(isAsked(b)) ||
      byText(a.plural, b.plural),
  );
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
    passedOn: passedOn(kind, model),
  }));
  // Shared types come before nested ones: they have short names that everybody knows.
  const types = nameTypes(shared, { taken, files, passedOn: named.flatMap((one) => one.passedOn) });
  const modules = named.map(({ model, file, names, ...contract }) => {
    const nests = nest({ ...model, contract });
    const aliases = nameAll(nests, { taken, names });
    return { model, file, names, declarations: readingOrder(nests[0]), aliases, ...contract };
  });
  return { modules, shared: types, diagnostics };
}

/** `spec` and `status` of a kind whose types are shared and called what the contract wants. */
function passedOn(kind: string, { root, group, version }: ResourceModel): SharedType[] {
  return [['spec', `${kind}Spec`] as const, ['status', `${kind}Status`] as const].flatMap(([name, wanted]) => {
    const type = root.members.find((member) => member.name === name)?.type;
    const isHere = type?.t === 'ref' && type.to.group === group && type.to.version === version;
    return isHere && type.to.name === wanted ? [type.to] : [];
  });
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
    const message = `kind ${model.kind} of ${apiVersionOf(model)}: the name ${name} is taken by another kind, so this one is called ${free}`;
    diagnostics.push({ severity: 'warning', message, file: model.file });
  }
  return free;
}

interface Naming {
  readonly taken: Set<string>;
  readonly names: KindNames;
}

/** Names all places, the nearest to the root first, whatever is declared where: the names of other places are the result. */
function nameAll(nests: readonly Nest[], naming: Naming): Alias[] {
  const others = otherPlaces(nests);
  const inOrder = [
    ...nests.map((own) => ({ path: own.path, place: own.place, own, of: own })),
    ...others.map(({ path, place, nest: of }) => ({ path, place, own: undefined, of })),
  ].sort((a, b) => a.path.length - b.path.length || byText(a.place, b.place));
  const aliases: (Alias & { readonly place: string })[] = [];
  for (const { own, of, path, place } of inOrder) {
    if (own !== undefined) Object.assign(own, namesAt(path, own, naming));
    else aliases.push({ ...namesAt(path, of, naming), of, place });
  }
  return aliases.sort((a, b) => byText(a.place, b.place));
}

function namesAt(path: Nest['path'], { differs, needsBase }: Nest, naming: Naming): Pick<Alias, 'names' | 'baseNames'> {
  const names = viewNames({ path, differs }, naming);
  return { names, baseNames: takeBases({ names, needsBase }, naming.taken, [naming.names.kind, ...path]) };
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

/** File names of kinds in the order given; of two kinds with one file name the later gets `-2`. */
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
