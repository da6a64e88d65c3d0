import { ts } from 'ts-morph';
import { writtenTo } from './code-index.js';
import { addsToList, isMemberAccess, memberKeyOf, nameText, setsFields, unwrapped } from './expression.js';
import type { OpenProject } from './open-project.js';
import { walk } from './walk.js';
import { alternativesOf, isAnyOrUnknown } from './value-types.js';

/** What is set somewhere, of values of one type. */
interface Rewrite {
  /** `undefined`: any field. */
  readonly field: string | undefined;
  /** `undefined`: any, as of what is called metadata, since another type than its own may stand for an object. */
  readonly type: ts.Type | undefined;
}

/** What the code sets in objects and adds to lists, whosever they are: an object of a type may be any of that type. */
export class Rewrites {
  readonly #checker: ts.TypeChecker;
  readonly #set: Rewrite[] = [];
  readonly #added: ts.Type[] = [];

  constructor({ files, checker }: OpenProject) {
    this.#checker = checker;
    const look = (node: ts.Node): void => {
      if (ts.isExpression(node) && isMemberAccess(node)) this.#noteAccess(node);
      if (ts.isCallExpression(node)) this.#noteCall(node);
    };
    for (const file of files) walk(file, look);
  }

  /** Whether the code may set this field of an object of a type. */
  maySet(field: string, type: ts.Type | undefined): boolean {
    return this.#set.some((one) => (one.field ?? field) === field && this.#mayBe(one.type, type));
  }

  /** Whether the code may add to a list of what is of a type, or of lists of it. */
  mayAdd(type: ts.Type): boolean {
    const element = this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type;
    const plain = this.#checker.getNonNullableType(element);
    const fits = (one: ts.Type, other: ts.Type): boolean => this.#checker.isTypeAssignableTo(one, other);
    return this.#added.some((one) => fits(plain, one) || fits(one, plain));
  }

  /** Whether what is known as one type may be of another one: it has no members that the other one has not. */
  #mayBe(known: ts.Type | undefined, type: ts.Type | undefined): boolean {
    if (known === undefined || type === undefined || isAnyOrUnknown(known) || isAnyOrUnknown(type)) return true;
    if (known.symbol !== undefined && (known.symbol.flags & ts.SymbolFlags.Class) !== 0) return false;
    const names = new Set(this.#membersOf(type));
    return this.#membersOf(known).every((one) => names.has(one));
  }

  #membersOf(type: ts.Type): string[] {
    const plain = this.#checker.getBaseConstraintOfType(type) ?? type;
    return alternativesOf(plain).flatMap((one) => this.#checker.getPropertiesOfType(one).map(({ name }) => name));
  }

  #noteAccess(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): void {
    const key = ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression;
    const isSet = writtenTo(key) !== undefined || ts.isDeleteExpression(access.parent);
    if (!isSet || access.expression.kind === ts.SyntaxKind.ThisKeyword) return;
    const type = this.#typeOf(access.expression);
    const named = memberKeyOf(access);
    const isIndex = (this.#checker.getTypeAtLocation(key).flags & ts.TypeFlags.NumberLike) !== 0;
    const isList = this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number) !== undefined;
    // The keys that `for (… in list)` goes through are strings.
    if (named === undefined && (isIndex || isList)) return this.#noteList(access.expression);
    const field = named === undefined ? undefined : nameText(named);
    const isMetadata = field === 'metadata' || isCalledMetadata(access.expression);
    if (isMetadata) this.#set.push({ field, type: undefined });
    else if (field !== undefined || !this.#isOpen(type)) this.#set.push({ field, type });
  }

  #noteCall({ expression, arguments: [object] }: ts.CallExpression): void {
    const callee = unwrapped(expression);
    if (!ts.isPropertyAccessExpression(callee)) return;
    if (addsToList(callee.name.text)) this.#noteList(callee.expression);
    if (object === undefined || !setsFields(callee) || ts.isObjectLiteralExpression(object)) return;
    const type = this.#typeOf(object);
    if (isCalledMetadata(object)) this.#set.push({ field: undefined, type: undefined });
    else if (object.kind !== ts.SyntaxKind.ThisKeyword && !this.#isOpen(type))
      this.#set.push({ field: undefined, type });
  }

  /** A list that the code made itself is none that the server sent. */
  #noteList(list: ts.Expression): void {
    const name = isMemberAccess(list) ? memberKeyOf(list) : list;
    if (isMade(name && this.#checker.getSymbolAtLocation(name)?.valueDeclaration)) return;
    const type = this.#typeOf(list);
    const element = isAnyOrUnknown(type) ? type : this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (element !== undefined) this.#added.push(element);
  }

  /** A record of labels and the like, whose fields have no names of their own. */
  #isOpen(type: ts.Type): boolean {
    return !isAnyOrUnknown(type) && this.#membersOf(type).length === 0;
  }

  #typeOf(node: ts.Expression): ts.Type {
    return this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(node));
  }
}

/** `object.metadata`, or a variable of that name. */
function isCalledMetadata(node: ts.Expression): boolean {
  const object = unwrapped(node);
  const name = memberKeyOf(object) ?? object;
  return nameText(name) === 'metadata';
}

/** Whether a variable or field holds one list for ever, that is written out where it is declared. */
function isMade(declaration: ts.Declaration | undefined): boolean {
  if (declaration === undefined) return false;
  const isVariable = ts.isVariableDeclaration(declaration);
  if (!isVariable && !ts.isPropertyDeclaration(declaration)) return false;
  const isFixed = isVariable
    ? (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
    : (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0;
  return isFixed && declaration.initializer !== undefined && ts.isArrayLiteralExpression(declaration.initializer);
}
