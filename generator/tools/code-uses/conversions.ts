import { ts } from 'ts-morph';
import { isAnything, mayBeAnything, withoutNone } from './carried.js';
import type { OpenProject } from './open-project.js';
import { isWrittenOut, mayGoOn, targetsOf } from './value-targets.js';
import { walk } from './walk.js';
import { alternativesOf, isReference } from './value-types.js';

const deepest = 4;

/** What is taken for what in a project: a value may be known under members of another type than its own. */
export class Conversions {
  readonly #project: OpenProject;
  readonly #checker: ts.TypeChecker;
  readonly #seen = new Map<ts.Type, Set<ts.Type>>();
  readonly #above = new Map<ts.Node, Set<ts.Node>>();
  readonly #unseen = new Set<ts.Node>();
  readonly #open = new Set<ts.Node>();
  readonly #filled = new Map<ts.Node, ts.Expression[]>();

  constructor(project: OpenProject) {
    this.#project = project;
    this.#checker = project.checker;
    const look = (node: ts.Node): boolean => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return false;
      if (ts.isExpression(node)) this.#note(node);
      return true;
    };
    for (const file of project.files) walk(file, look);
  }

  /** The members of other types that a member is called by. */
  above(member: ts.Node): readonly ts.Node[] {
    const found = new Set<ts.Node>();
    const open = [member];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const more = [...(this.#above.get(one) ?? [])].filter((node) => !found.has(node) && node !== member);
      for (const node of more) found.add(node);
      open.push(...more);
    }
    return [...found];
  }

  /** Whether a member is also called, or set, where that does not show: by a package, or as a member of `any`. */
  isUnseen(member: ts.Node): boolean {
    return this.#unseen.has(member);
  }

  /** Whether other objects are taken for those of a class. */
  isOpen(owner: ts.Node): boolean {
    return this.#open.has(owner);
  }

  /** What the fields of an object of a class are filled in from: `Object.assign(this, options)`. */
  filledFrom(owner: ts.Node): readonly ts.Expression[] {
    return this.#filled.get(owner) ?? [];
  }

  #note(node: ts.Expression): void {
    if (ts.isCallExpression(node) && isFilling(node.expression)) this.#fill(node);
    if (!mayGoOn(node)) return;
    // The compiler works out the type of a literal anew each time that it is asked.
    if (isWrittenOut(node) && targetsOf(node, this.#project).length === 0) return;
    const type = this.#checker.getTypeAtLocation(node);
    if (!isTaken(type)) return;
    const isRead = this.#isReadCode(node.parent);
    for (const { type: target } of targetsOf(node, this.#project))
      if (isRead || !mayBeAnything(target, this.#checker)) this.#between(type, target, 0);
  }

  /** Whether the code of what is called is read: a package that takes anything is no way to call a method. */
  #isReadCode(node: ts.Node): boolean {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return true;
    const declaration = this.#checker.getResolvedSignature(node)?.declaration;
    return declaration === undefined || this.#project.isOwn(declaration.getSourceFile());
  }

  #fill({ arguments: [object, ...sources] }: ts.CallExpression): void {
    const declarations = object && this.#checker.getTypeAtLocation(object).symbol?.declarations;
    for (const owner of (declarations ?? []).filter(ts.isClassLike))
      this.#filled.set(owner, [...(this.#filled.get(owner) ?? []), ...sources]);
  }

  #between(whole: ts.Type, wanted: ts.Type, depth: number): void {
    const checker = this.#checker;
    const [source, target] = [whole, wanted].map((one) => {
      const type = withoutNone(one, checker);
      return checker.getBaseConstraintOfType(type) ?? type;
    });
    if (source === undefined || target === undefined || source === target || depth > deepest) return;
    if (!isTaken(source) || !isTaken(target) || this.#wasSeen(source, target)) return;
    for (const from of alternativesOf(source))
      for (const to of alternativesOf(target)) this.#betweenTwo(from, to, depth);
  }

  #wasSeen(source: ts.Type, target: ts.Type): boolean {
    const targets = this.#seen.get(source) ?? new Set();
    this.#seen.set(source, targets);
    return targets.size === targets.add(target).size;
  }

  #betweenTwo(from: ts.Type, to: ts.Type, depth: number): void {
    const checker = this.#checker;
    const isInstance = (isReference(to) ? to.target : to).isClass();
    if (isInstance && !isOf(from, to.symbol)) for (const one of to.symbol.declarations ?? []) this.#open.add(one);
    if (!isObject(from)) return;
    const index = checker.getIndexInfoOfType(to, ts.IndexKind.String);
    if ((to.flags & ts.TypeFlags.Any) !== 0 || index !== undefined) this.#loosen(from, index?.isReadonly === true);
    if (!isObject(to) || isAnything(to, checker)) return;
    this.#arguments(from, to, depth);
    for (const member of checker.getPropertiesOfType(to)) {
      const own = checker.getPropertyOfType(from, member.name);
      if (own === undefined || own === member || !this.#isOwn(own)) continue;
      const [ownType, type] = [own, member].map((one) => checker.getTypeOfSymbol(one));
      if (ownType === undefined || type === undefined) continue;
      this.#link(own, member, isCalled(ownType));
      this.#between(ownType, type, depth + 1);
    }
    for (const taken of to.getCallSignatures())
      for (const own of from.getCallSignatures()) this.#between(own.getReturnType(), taken.getReturnType(), depth + 1);
  }

  /** What a list, a map or a promise holds. */
  #arguments(from: ts.Type, to: ts.Type, depth: number): void {
    if (!isReference(from) || !isReference(to)) return;
    const wanted = this.#checker.getTypeArguments(to);
    for (const [i, one] of this.#checker.getTypeArguments(from).entries()) {
      const other = wanted[this.#checker.isTupleType(from) && !this.#checker.isTupleType(to) ? 0 : i];
      if (other !== undefined) this.#between(one, other, depth + 1);
    }
  }

  /** A package calls what it names, but sets no field of what it is given. */
  #link({ declarations: own = [] }: ts.Symbol, member: ts.Symbol, isFunction: boolean): void {
    const isOwn = this.#isOwn(member);
    for (const declaration of own) {
      if (!isOwn && isFunction) this.#unseen.add(declaration);
      if (!isOwn) continue;
      const all = this.#above.get(declaration) ?? new Set();
      for (const one of member.declarations ?? []) all.add(one);
      this.#above.set(declaration, all);
    }
  }

  #loosen(type: ts.Type, isReadonly: boolean): void {
    for (const member of this.#checker.getPropertiesOfType(type).filter((one) => this.#isOwn(one))) {
      if (isReadonly && !isCalled(this.#checker.getTypeOfSymbol(member))) continue;
      for (const declaration of member.declarations ?? []) this.#unseen.add(declaration);
    }
  }

  #isOwn({ declarations = [] }: ts.Symbol): boolean {
    return declarations.some((one) => this.#project.isOwn(one.getSourceFile()));
  }
}

/** `Object.assign` and the like. */
function isFilling(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return false;
  return callee.expression.text === 'Object' && /^(?:assign|defineProperty|defineProperties)$/.test(callee.name.text);
}

/** Whether members of a value of this type may be taken, or whether anything may stand for them. */
function isTaken({ flags }: ts.Type): boolean {
  const { Object: IsObject, UnionOrIntersection, InstantiableNonPrimitive, Any, Unknown } = ts.TypeFlags;
  return (flags & (IsObject | UnionOrIntersection | InstantiableNonPrimitive | Any | Unknown)) !== 0;
}

function isCalled(type: ts.Type): boolean {
  return type.getCallSignatures().length > 0;
}

function isObject({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
}

/** Whether a type is that of a class, or of one that extends it. */
function isOf(type: ts.Type, owner: ts.Symbol): boolean {
  if (type.isIntersection()) return type.types.some((one) => isOf(one, owner));
  const plain = isReference(type) ? type.target : type;
  return type.symbol === owner || (plain.getBaseTypes() ?? []).some((one) => isOf(one, owner));
}
