import { ts } from 'ts-morph';
import type { OpenProject } from './open-project.js';
import type { RuntimePart, RuntimeTypes } from './runtime-types.js';
import { alternativesOf, isReference } from './value-types.js';

/** A cluster or client that a value is or holds, and the type that it is taken for where the value goes. */
export interface Carried {
  /** The fields that lead to it; `undefined` where it is an element, or what a function takes or returns. */
  readonly path: readonly (string | undefined)[];
  readonly part: RuntimePart;
  readonly type: ts.Type;
  readonly target: ts.Type;
}

/** What knows the types of the project, and of the runtime. */
interface TypeTools {
  readonly project: OpenProject;
  readonly types: RuntimeTypes;
}

/** How a value goes on. */
interface Way {
  /** Whether the code says which type it has there. */
  readonly isCast: boolean;
  /** Whether it goes to code that is read. */
  readonly isRead: boolean;
}

const deepest = 4;

/** What a value of a type takes along to where its type is another one: `run(deps)`. */
export function carriedBy(whole: ts.Type, target: ts.Type, tools: TypeTools, way: Way): Carried[] {
  return new Walk(tools, way).between(whole, target, { path: [], isKept: false });
}

/** A place inside of a value. */
interface Place {
  readonly path: Carried['path'];
  /** Whether the value keeps its type besides: it is for a type parameter, and compared with what that extends. */
  readonly isKept: boolean;
}

/** Walks two types side by side, as the compiler does to see whether one fits the other. */
class Walk {
  readonly #tools: TypeTools;
  readonly #checker: ts.TypeChecker;
  readonly #isCast: boolean;
  readonly #isRead: boolean;
  readonly #seen = new Map<ts.Type, Set<ts.Type>>();

  constructor(tools: TypeTools, { isCast, isRead }: Way) {
    this.#tools = tools;
    this.#checker = tools.project.checker;
    this.#isCast = isCast;
    this.#isRead = isRead;
  }

  between(whole: ts.Type, wanted: ts.Type, { path, isKept: wasKept }: Place): Carried[] {
    const checker = this.#checker;
    const source = withoutNone(whole, checker);
    // `this` and type parameters have the members of what they extend.
    const type = checker.getBaseConstraintOfType(source) ?? source;
    if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.UnionOrIntersection)) === 0) return [];
    const open = withoutNone(wanted, checker);
    const target = wantedOf(open, checker);
    if (target === undefined || source === target || path.length > deepest || this.#wasSeen(source, target)) return [];
    const place = { path, isKept: wasKept || target !== open };
    // Of what keeps its type nothing is taken without a cast, which is seen where it is.
    if (place.isKept && needsCast(target, checker)) return [];
    if (type === target) return [];
    const part = partOf(type, this.#tools);
    if (part === undefined && type.isUnion()) return type.types.flatMap((one) => this.between(one, target, place));
    const alternatives = this.#fitting(type, target);
    if (part !== undefined) {
      if (alternatives.some((one) => this.#tools.types.partsOf(one).length > 0)) return [];
      return [{ path, part, type, target }, ...alternatives.flatMap((one) => this.#subresources(type, one, place))];
    }
    return alternatives.flatMap((one) =>
      mayBeAnything(one, checker) ? this.#everything(type, one, place) : this.#members(type, one, place),
    );
  }

  #wasSeen(source: ts.Type, target: ts.Type): boolean {
    const targets = this.#seen.get(source) ?? new Set();
    this.#seen.set(source, targets);
    return targets.size === targets.add(target).size;
  }

  /** Those types of a union that a value of the other type can be there for; all, where none fits. */
  #fitting(type: ts.Type, target: ts.Type): readonly ts.Type[] {
    const all = alternativesOf(target);
    if (all.length === 1) return all;
    const fitting = all.filter((one) => this.#checker.isTypeAssignableTo(type, one));
    return fitting.length === 0 ? all : fitting;
  }

  #subresources(type: ts.Type, target: ts.Type, place: Place): Carried[] {
    if ((target.flags & ts.TypeFlags.Object) === 0) return [];
    return ['status', 'scale'].flatMap((name) => {
      const [from, to] = [type, target].map((one) => this.#checker.getPropertyOfType(one, name));
      return from === undefined || to === undefined ? [] : this.#betweenSymbols(from, to, inside(place, name));
    });
  }

  /** What is in a value whose members may all be taken. */
  #everything(type: ts.Type, target: ts.Type, place: Place): Carried[] {
    const checker = this.#checker;
    // An object of a class is handed around for what its methods do, and these are read where they stand.
    if (type.isClass() && !this.#isCast) return [];
    const any = checker.getIndexTypeOfType(target, ts.IndexKind.String) ?? target;
    const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    // A field whose name begins with `#` is out of reach.
    const fields = checker.getPropertiesOfType(type).filter((one) => this.#isOwn(one) && !one.name.startsWith('__#'));
    return [
      ...[...this.#argumentsOf(type), ...(values === undefined ? [] : [values])].flatMap((one) =>
        this.between(one, any, inside(place)),
      ),
      ...fields.flatMap((one) => this.between(checker.getTypeOfSymbol(one), any, inside(place, one.name))),
      ...this.#results(type).flatMap((one) => this.between(one, any, inside(place))),
    ];
  }

  /** What functions of the project return, for those who take them for anything; a package calls what it is given for other reasons. */
  #results(type: ts.Type): ts.Type[] {
    const { project } = this.#tools;
    const own = type.getCallSignatures().filter(({ declaration: one }) => one && project.isOwn(one.getSourceFile()));
    return this.#isRead ? own.map((one) => one.getReturnType()) : [];
  }

  #members(type: ts.Type, target: ts.Type, place: Place): Carried[] {
    if ((target.flags & ts.TypeFlags.Object) === 0) return [];
    const checker = this.#checker;
    const [given, wanted] = [this.#argumentsOf(type), this.#argumentsOf(target)];
    const elements = given.flatMap((one, i) => {
      const to = wanted[checker.isTupleType(type) && !checker.isTupleType(target) ? 0 : i];
      return to === undefined ? [] : this.between(one, to, inside(place));
    });
    const fields = checker.getPropertiesOfType(target).flatMap((to) => {
      const from = checker.getPropertyOfType(type, to.name);
      const isRead = from !== undefined && from !== to && (this.#isOwn(from) || this.#isOwn(to));
      return isRead ? this.#betweenSymbols(from, to, inside(place, to.name)) : [];
    });
    return [...elements, ...fields, ...this.#calls(type, target, place)];
  }

  /** A function takes what the type that it is taken for says, and gives what its own says. */
  #calls(type: ts.Type, target: ts.Type, place: Place): Carried[] {
    const checker = this.#checker;
    return [ts.SignatureKind.Call, ts.SignatureKind.Construct].flatMap((kind) =>
      checker.getSignaturesOfType(target, kind).flatMap((to) =>
        checker.getSignaturesOfType(type, kind).flatMap((from) => {
          if (from.declaration === undefined || !this.#tools.project.isOwn(from.declaration.getSourceFile())) return [];
          const taken = to.parameters.flatMap((parameter, i) => {
            const own = from.parameters[i];
            return own === undefined ? [] : this.#betweenSymbols(parameter, own, inside(place));
          });
          return [...taken, ...this.between(from.getReturnType(), to.getReturnType(), inside(place))];
        }),
      ),
    );
  }

  #betweenSymbols(from: ts.Symbol, to: ts.Symbol, place: Place): Carried[] {
    return this.between(this.#checker.getTypeOfSymbol(from), this.#checker.getTypeOfSymbol(to), place);
  }

  /** What a container of the language, or of a package, holds. */
  #argumentsOf(type: ts.Type): readonly ts.Type[] {
    if (!isReference(type) || (type.symbol !== undefined && this.#isOwn(type.symbol))) return [];
    return this.#checker.getTypeArguments(type);
  }

  #isOwn({ declarations }: ts.Symbol): boolean {
    return declarations?.some((one) => this.#tools.project.isOwn(one.getSourceFile())) === true;
  }
}

function inside({ path, isKept }: Place, name?: string): Place {
  return { path: [...path, name], isKept };
}

/** What of the runtime a value of a type is; of reflectors it is the class that counts, since an object of it makes no request of its own. */
export function partOf(type: ts.Type, { types }: Pick<TypeTools, 'types'>): RuntimePart | undefined {
  const isReflector = (one: ts.Signature): boolean =>
    types.partsOf(one.getReturnType()).some(({ part }) => part === 'Reflector');
  return (
    types.partsOf(type).find(({ part }) => part !== 'Reflector')?.part ??
    (type.getConstructSignatures().some(isReflector) ? 'Reflector' : undefined)
  );
}

/** What code can take of a value of a type: of a type parameter what it extends, as the value keeps its type besides. */
export function wantedOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  if ((type.flags & ts.TypeFlags.InstantiableNonPrimitive) === 0) return type;
  const constraint = checker.getBaseConstraintOfType(type);
  return constraint === undefined || isAnything(constraint, checker) ? undefined : constraint;
}

/** A type without `undefined` and `null`; a type parameter stays one. */
export function withoutNone(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  if (!type.isUnion()) return type;
  const [one, ...more] = type.types.filter(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) === 0);
  return one !== undefined && more.length === 0 ? one : checker.getNonNullableType(type);
}

/** Whether a value of it has no member to take as long as it is for nothing else: `unknown`, `object`, `{}`, a record of them. */
function needsCast(type: ts.Type, checker: ts.TypeChecker): boolean {
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (index !== undefined) return needsCast(index, checker);
  return (type.flags & ts.TypeFlags.Any) === 0 && isAnything(type, checker);
}

/** Whether code may take any member of it: `any`, `object`, `{}`, `Record<string, any>`. */
export function mayBeAnything(type: ts.Type, checker: ts.TypeChecker): boolean {
  return isAnything(type, checker) || checker.getIndexInfoOfType(type, ts.IndexKind.String) !== undefined;
}

export function isAnything(type: ts.Type, checker: ts.TypeChecker): boolean {
  const { Any, Unknown, NonPrimitive, Object: IsObject } = ts.TypeFlags;
  if ((type.flags & (Any | Unknown | NonPrimitive)) !== 0) return true;
  const isEmpty = (type.flags & IsObject) !== 0 && checker.getPropertiesOfType(type).length === 0;
  const isCalled = (): boolean => type.getCallSignatures().length + type.getConstructSignatures().length > 0;
  return isEmpty && !isCalled() && checker.getIndexInfosOfType(type).length === 0;
}
