import { ts } from 'ts-morph';
import type { FoundResource } from './found.js';
import type { OpenProject } from './open-project.js';
import { isAnyOrUnknown, isReference } from './value-types.js';

const names = ['Cluster', 'Client', 'StatusClient', 'ScaleClient', 'Reflector'] as const;

/** The declarations of the runtime that stand for access to the API server. */
export type RuntimePart = (typeof names)[number];

/** A member of one of them: `Client.get`, `Cluster.request`. */
export interface RuntimeMember {
  readonly part: RuntimePart;
  readonly name: string;
}

/** One of them in a type, with what stands between its angle brackets: the object's type first, but for `Cluster` and `ScaleClient`. */
export interface RuntimeType {
  readonly part: RuntimePart;
  readonly arguments: readonly ts.Type[];
}

/** Recognises the types of the runtime, whatever the code calls them. */
export class RuntimeTypes {
  readonly #project: OpenProject;

  constructor(project: OpenProject) {
    this.#project = project;
  }

  /** The member of the runtime that a symbol is, also through `Pick` and the like. */
  memberOf(symbol: ts.Symbol | undefined): RuntimeMember | undefined {
    for (const declaration of symbol?.declarations ?? []) {
      // A module is a declaration, too, and has no parent.
      const part = ts.isSourceFile(declaration) ? undefined : this.#partOf(declaration.parent);
      if (part !== undefined) return { part, name: symbol?.name ?? '' };
    }
    return undefined;
  }

  /** The types of the runtime in a type: of a union or an intersection each, of a class what it extends. */
  partsOf(type: ts.Type): RuntimeType[] {
    if (type.isUnionOrIntersection()) return type.types.flatMap((one) => this.partsOf(one));
    for (const declaration of type.symbol?.declarations ?? []) {
      const part = this.#partOf(declaration);
      if (part !== undefined) return [{ part, arguments: this.#argumentsOf(type) }];
    }
    const base = this.#reflectorBase(type);
    return base === undefined ? [] : [base];
  }

  /** The kind that the type of a definition names. */
  definitionIn(type: ts.Type): FoundResource | undefined {
    const [group, plural, scope] = ['group', 'plural', 'scope'].map((name) => this.literalIn(type, name));
    if (group === undefined || plural === undefined || (scope !== 'Namespaced' && scope !== 'Cluster'))
      return undefined;
    return { group, plural, scope };
  }

  /** The string that a field has, where its type is a literal. */
  literalIn(type: ts.Type, field: string): string | undefined {
    const { checker } = this.#project;
    if (isAnyOrUnknown(type)) return undefined;
    const symbol = checker.getPropertyOfType(type, field);
    const found = symbol && checker.getTypeOfSymbol(symbol);
    return found?.isStringLiteral() === true ? found.value : undefined;
  }

  /** Whether a field is the client of a subresource. */
  isSubresource({ name, declarations = [] }: ts.Symbol): boolean {
    return (name === 'status' || name === 'scale') && declarations.some((one) => this.#project.isOfRuntime(one));
  }

  /** Whether a declaration is a function of the runtime that has one of these names. */
  isFunction(declaration: ts.Node | undefined, ...those: readonly string[]): boolean {
    return (
      declaration !== undefined &&
      ts.isFunctionDeclaration(declaration) &&
      those.includes(declaration.name?.text ?? '') &&
      this.#project.isOfRuntime(declaration)
    );
  }

  #partOf(declaration: ts.Node): RuntimePart | undefined {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return undefined;
    // A bundler of declarations may add a number where names clash.
    const name = declaration.name?.text.replace(/\$\d+$/, '');
    const part = names.find((one) => one === name);
    return part !== undefined && this.#project.isOfRuntime(declaration) ? part : undefined;
  }

  #argumentsOf(type: ts.Type): readonly ts.Type[] {
    return isReference(type) ? this.#project.checker.getTypeArguments(type) : [];
  }

  /** `Reflector<T, …>` as a class extends it, with what the class fills in. */
  #reflectorBase(type: ts.Type): RuntimeType | undefined {
    const target = isReference(type) ? type.target : type;
    if (!target.isClass()) return undefined;
    for (const base of target.getBaseTypes() ?? []) {
      const found = this.partsOf(base).find(({ part }) => part === 'Reflector');
      if (found === undefined) continue;
      const own: readonly ts.Type[] = target.typeParameters ?? [];
      const filled = this.#argumentsOf(type);
      return { part: 'Reflector', arguments: found.arguments.map((one) => filled[own.indexOf(one)] ?? one) };
    }
    return undefined;
  }
}
