import { Node, Project, SyntaxKind, ts, type SourceFile, type VariableDeclaration } from 'ts-morph';

/** A type as the compiler sees it. Two handles of one type are the same object. */
export interface CheckedType {
  /** A number of its own. */
  readonly id: number;
  /** As it stands in code; a union in full, not by its name. */
  readonly text: string;
  readonly shape: 'object' | 'array' | 'other';
  /** The members of a union, or the type itself; without `undefined`, and nothing for `never`. */
  readonly parts: readonly CheckedType[];
  /** Named fields of an object. */
  readonly fields: ReadonlyMap<string, CheckedField>;
  /** What the fields without a name hold; `undefined`: there are none. */
  readonly values: CheckedType | undefined;
  /** What a list holds. */
  readonly items: CheckedType | undefined;
  isAssignableTo(other: CheckedType): boolean;
}

/** A field of an object. */
export interface CheckedField {
  readonly type: CheckedType;
  readonly isOptional: boolean;
}

/** What a generated module says about its kind. */
export interface CheckedKind {
  readonly read: CheckedType;
  readonly manifest: CheckedType;
  /** The fields of the definition (`scope`, `plural`, …), as values. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Generated modules of several folders, checked together. */
export interface CheckedModules {
  /** The kinds of a folder, in no particular order. */
  kindsOf(folder: string): readonly CheckedKind[];
}

const options: ts.CompilerOptions = {
  strict: true,
  // With it the compiler takes an object that has none of several alternatives for one that has any of them (`a?: never` is empty).
  exactOptionalPropertyTypes: false,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  // Generated types use nothing newer, and every library file takes time.
  lib: ['lib.es5.d.ts'],
  types: [],
  noEmit: true,
};

/**
 * Puts generated modules into one program in memory. `support` holds the declarations that they import from the runtime, the entry first:
 * one copy for all folders, or its types would differ between them.
 */
export function checkModules(
  folders: Readonly<Record<string, readonly { readonly path: string; readonly content: string }[]>>,
  support: ReadonlyMap<string, string>,
): CheckedModules {
  const inMemory = [...support].map(([path, text]) => [`/runtime/${path}`.replaceAll(/[\\:/]+/g, '/'), text] as const);
  const [entry] = inMemory;
  const paths = { '@kube-gen/runtime/codegen1': entry === undefined ? [] : [entry[0]] };
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { ...options, paths } });
  for (const [path, text] of inMemory) project.createSourceFile(path, text);
  const sources = new Map(
    Object.entries(folders).map(([folder, files]) => [
      folder,
      files.map(({ path, content }) => project.createSourceFile(`/${folder}/${path}`, content)),
    ]),
  );
  const types = new TypeHandles(project.getTypeChecker().compilerObject);
  return { kindsOf: (folder) => (sources.get(folder) ?? []).flatMap((source) => kindsIn(source, types)) };
}

function kindsIn(source: SourceFile, types: TypeHandles): CheckedKind[] {
  return source.getVariableDeclarations().flatMap((declaration) => {
    const [read, manifest] = viewsOf(declaration);
    if (read === undefined || manifest === undefined) return [];
    const definition = types.valueOf(declaration.getType().compilerType);
    return [
      { read: types.of(read), manifest: types.of(manifest), definition: definition as CheckedKind['definition'] },
    ];
  });
}

/** The two types of `const Foo = defineResource<Foo, FooManifest>()({ … })`. */
function viewsOf(declaration: VariableDeclaration): ts.Type[] {
  const define = declaration.getInitializerIfKind(SyntaxKind.CallExpression)?.getExpression();
  if (define === undefined || !Node.isCallExpression(define)) return [];
  return define.getTypeArguments().map((argument) => argument.getType().compilerType);
}

class TypeHandles {
  readonly checker: ts.TypeChecker;
  readonly #known = new Map<ts.Type, TypeHandle>();

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  of(type: ts.Type): TypeHandle {
    const known = this.#known.get(type) ?? new TypeHandle(type, this.#known.size, this);
    this.#known.set(type, known);
    return known;
  }

  /** The value of a type that has only one: literals, and tuples and objects of them. */
  valueOf(type: ts.Type): unknown {
    const { checker } = this;
    if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
    if (checker.isTupleType(type)) {
      return checker.getTypeArguments(type as ts.TypeReference).map((item) => this.valueOf(item));
    }
    const text = checker.typeToString(type);
    if (text === 'true' || text === 'false') return text === 'true';
    const names = checker.getPropertiesOfType(type).filter(({ name }) => !name.startsWith('__@'));
    return Object.fromEntries(names.map((one) => [one.name, this.valueOf(checker.getTypeOfSymbol(one))]));
  }
}

const textFlags: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

class TypeHandle implements CheckedType {
  readonly id: number;
  readonly #type: ts.Type;
  readonly #all: TypeHandles;
  #parts: readonly TypeHandle[] | undefined;
  #fields: ReadonlyMap<string, CheckedField> | undefined;

  constructor(type: ts.Type, id: number, all: TypeHandles) {
    this.#type = type;
    this.id = id;
    this.#all = all;
  }

  get text(): string {
    return this.#all.checker.typeToString(this.#type, undefined, textFlags);
  }

  get shape(): 'object' | 'array' | 'other' {
    // A list that stands in an interface and in an alternative of a choice is both at once.
    const members = this.#type.isIntersection() ? this.#type.types : [this.#type];
    if (members.every((member) => this.#all.checker.isArrayType(member))) return 'array';
    return (this.#type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0 ? 'other' : 'object';
  }

  get parts(): readonly TypeHandle[] {
    const members = this.#type.isUnion() ? this.#type.types : [this.#type];
    this.#parts ??= members
      .filter(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) === 0)
      .map((member) => this.#all.of(member));
    return this.#parts;
  }

  get fields(): ReadonlyMap<string, CheckedField> {
    const { checker } = this.#all;
    this.#fields ??= new Map(
      checker.getPropertiesOfType(this.#type).map((symbol) => {
        const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
        // Names that begin with two underscores carry a third one inside the compiler.
        const name = ts.unescapeLeadingUnderscores(symbol.escapedName);
        return [name, { type: this.#all.of(checker.getTypeOfSymbol(symbol)), isOptional }];
      }),
    );
    return this.#fields;
  }

  get values(): TypeHandle | undefined {
    const type = this.#all.checker.getIndexTypeOfType(this.#type, ts.IndexKind.String);
    return type === undefined || (type.flags & ts.TypeFlags.Never) !== 0 ? undefined : this.#all.of(type);
  }

  get items(): TypeHandle | undefined {
    if (this.shape !== 'array') return undefined;
    const items = this.#all.checker.getIndexTypeOfType(this.#type, ts.IndexKind.Number);
    return items === undefined ? undefined : this.#all.of(items);
  }

  isAssignableTo(other: CheckedType): boolean {
    if (!(other instanceof TypeHandle)) throw new TypeError('a type of another program');
    return this.#all.checker.isTypeAssignableTo(this.#type, other.#type);
  }
}
