import { byText } from '../by-text.js';
import type { Declaration } from './declaration.js';
import { nameSegment, pathName } from './identifiers.js';
import { nest, type Nest, readingOrder } from './nesting.js';
import type { SharedType, SharedTypeModel } from './resource.js';
import { takeBases, takeNested } from './take-name.js';

/** The shared types of one group and version, which stand in one file. */
export interface NamedTypes {
  /** Without folder and extension. */
  readonly file: string;
  readonly types: readonly NamedType[];
}

/** A shared type with its names. */
export interface NamedType {
  readonly model: SharedTypeModel;
  /** In the order of reading; the first is the type itself. */
  readonly declarations: readonly Declaration[];
}

/** Names the shared types of a group and version; `passedOn` are those that have the name of a kind's spec or status by right. */
export function nameTypes(
  shared: readonly SharedTypeModel[],
  at: { readonly taken: Set<string>; readonly files: readonly string[]; readonly passedOn: readonly SharedType[] },
): NamedTypes | undefined {
  if (shared.length === 0) return undefined;
  const sorted = [...shared].sort((a, b) => byText(a.type.id, b.type.id));
  const contract = new Set(at.passedOn.map(({ id }) => id));
  const named = sorted.map((model) => {
    const { name, id, viewsDiffer } = model.type;
    const read = contract.has(id) ? name : takeNested(at.taken, nameSegment(name), [id]);
    const manifest = viewsDiffer ? takeNested(at.taken, `${read}Manifest`, [id]) : read;
    return { model, names: { read, manifest } };
  });
  const types = named.map(({ model, names }) => {
    const nests = nest({ root: model.shape, docs: model.docs, contract: undefined });
    for (const one of nests) nameBelow(one, { taken: at.taken, names });
    return { model, declarations: readingOrder(nests[0]) };
  });
  return { file: fileName(at.files), types };
}

function nameBelow(one: Nest, { taken, names }: { readonly taken: Set<string>; readonly names: Nest['names'] }): void {
  const path = [names.read, ...one.path];
  if (one.path.length > 0) {
    const read = takeNested(taken, pathName(names.read, one.path), path);
    one.names = { read, manifest: one.differs ? takeNested(taken, `${read}Manifest`, path) : read };
  } else {
    one.names = names;
  }
  one.baseNames = takeBases(one, taken, path);
}

function fileName(files: readonly string[]): string {
  let name = 'types';
  while (files.includes(name)) name += '-2';
  return name;
}
