import { byText } from '../by-text.js';
import type { NamedTypes } from '../model/name-types.js';
import { nestedText } from './declarations.js';
import { createModuleImports, typeNames } from './module-names.js';
import type { ModuleOptions } from './module-view.js';
import { lineComment } from './text.js';

/** What `templates/types.hbs` gets: the types that the modules of a group and version share. */
export interface TypesView {
  readonly origin: string;
  /** Import specifiers of the runtime; may be empty. */
  readonly imports: readonly string[];
  /** Import lines of other generated files. */
  readonly siblings: readonly string[];
  /** Finished declarations in the order of their names. */
  readonly types: readonly string[];
}

/** Everything that stands in a file of shared types, as text. */
export function typesView({ types }: NamedTypes, at: ModuleOptions): TypesView {
  const declarations = types.flatMap((one) => one.declarations);
  const imports = createModuleImports(typeNames(declarations), at);
  const options = { ...at, imports };
  const texts = declarations.flatMap((declaration) => nestedText(declaration, options));
  const origins = new Set(types.map(({ model }) => model.origin));
  return {
    origin: lineComment([...origins].sort(byText).join('; ')),
    types: texts,
    imports: imports.specifiers().map((specifier) => specifier.replace(/^type /, '')),
    siblings: imports.siblings(),
  };
}
