import { ts } from 'ts-morph';
import { isAnything, mayBeAnything } from './carried.js';
import type { OpenProject } from './open-project.js';
import { isAnyOrUnknown } from './value-types.js';
import { isPlainAssignment } from './expression.js';

/** A type that a value is taken for. */
export interface ValueTarget {
  readonly type: ts.Type;
  /** Whether the code says so, where the compiler would not. */
  readonly isCast: boolean;
  /** Whether the value does not even fit. */
  readonly isForced: boolean;
}

/** An expression whose value goes on; what stands before a dot, or only declares, does not, and of literals the parts are looked at. */
export function mayGoOn(node: ts.Expression): boolean {
  if (!goesOn.has(node.kind)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return false;
  // What a pattern takes is seen where it is taken, unless the pattern has a type of its own.
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === node && (ts.isIdentifier(parent.name) || parent.type !== undefined);
  if (ts.isBindingElement(parent)) return parent.initializer === node && ts.isIdentifier(parent.name);
  if (ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !ts.isImportSpecifier(parent) && !ts.isExportSpecifier(parent) && !ts.isAwaitExpression(parent);
}

const goesOn: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.AwaitExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
]);

/** What a value is taken for: by a cast, else by what is expected at the place. */
export function targetsOf(node: ts.Expression, project: OpenProject): ValueTarget[] {
  const { checker } = project;
  const place = withoutChange(node);
  const { parent } = place;
  if (isCast(parent)) return [castTo(parent, node, checker)];
  const types = typesAt(node, place, project);
  return types.flatMap((type) => (type === undefined ? [] : [{ type, isCast: false, isForced: false }]));
}

function typesAt(node: ts.Expression, place: ts.Expression, project: OpenProject): (ts.Type | undefined)[] {
  const { checker } = project;
  const { parent } = place;
  if (ts.isBinaryExpression(parent) && isPlainAssignment(parent))
    return parent.right !== place || isEvolving(parent.left, checker) ? [] : [checker.getTypeAtLocation(parent.left)];
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== place)
    return parameterTypes(parent, place, project);
  return isInSatisfies(place) ? [] : [expectedOf(node, checker.getContextualType(place), checker)];
}

/** Of what is written out, the type that is expected says nothing that its parts do not, unless it says nothing of these. */
function expectedOf(node: ts.Expression, expected: ts.Type | undefined, checker: ts.TypeChecker): ts.Type | undefined {
  return expected !== undefined && isWrittenOut(node) && !isAnything(expected, checker) ? undefined : expected;
}

/** Whether a variable has no type of its own: the compiler gives it that of what it gets, `let x; x = value` and `const all = []; all.push(value)`. */
function isEvolving(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isElementAccessExpression(node)) return isEvolving(node.expression, checker);
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.type !== undefined)
    return false;
  const { initializer } = declaration;
  if (initializer === undefined || initializer.kind === ts.SyntaxKind.NullKeyword) return true;
  return ts.isArrayLiteralExpression(initializer) && initializer.elements.length === 0;
}

/** Whether a cast says what a value is. */
export function isCastAt(node: ts.Expression): boolean {
  return isCast(withoutChange(node).parent);
}

type Cast = ts.AsExpression | ts.TypeAssertion;

function isCast(node: ts.Node): node is Cast {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
}

/** Of `value as unknown as T` the last. */
function castTo(cast: Cast, value: ts.Expression, checker: ts.TypeChecker): ValueTarget {
  const type = checker.getTypeFromTypeNode(cast.type);
  const { parent } = withoutChange(cast);
  if (isAnyOrUnknown(type) && isCast(parent)) return castTo(parent, value, checker);
  const source = checker.getNonNullableType(checker.getTypeAtLocation(value));
  const isFitting = checker.isTypeAssignableTo(source, type) || checker.isTypeAssignableTo(type, source);
  return { type, isCast: true, isForced: !isFitting };
}

/** The expression with what changes nothing about its type. */
function withoutChange(node: ts.Expression): ts.Expression {
  const { parent } = node;
  const isSame =
    ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isSatisfiesExpression(parent);
  return isSame ? withoutChange(parent) : node;
}

/** A literal whose parts are expected one by one to be what they are taken for; of a function only the result is. */
export function isWrittenOut(node: ts.Expression): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return node.parameters.every(({ type }) => type === undefined);
  const isLiteral = ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
  return isLiteral && !ts.isSatisfiesExpression(node.parent);
}

/** Whether a literal is only compared with the type that is expected there, and keeps its own. */
function isInSatisfies(place: ts.Node): boolean {
  const { parent } = place;
  if (ts.isSatisfiesExpression(parent)) return true;
  const isPart =
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isParenthesizedExpression(parent);
  return isPart && isInSatisfies(parent);
}

/** The type of a parameter as the call fills it in, and as it is declared, where type parameters stand for what they extend. */
function parameterTypes(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  { checker, program }: OpenProject,
): (ts.Type | undefined)[] {
  const declared = declaredParameter(argument, checker);
  const declaration = checker.getResolvedSignature(call)?.declaration;
  // What is part of the language makes no request: `JSON.stringify(value)`, `fn.bind(value)`.
  const isLibrary = declaration !== undefined && program.isSourceFileDefaultLibrary(declaration.getSourceFile());
  const isBound =
    ts.isPropertyAccessExpression(call.expression) && /^(?:bind|call|apply)$/.test(call.expression.name.text);
  const isAny = declared !== undefined && !isTypeParameter(declared) && mayBeAnything(declared, checker);
  if (isLibrary && (isAny || (isBound && call.arguments?.[0] === argument))) return [];
  const filled = filledParameter(argument, checker);
  // What type parameters of the language extend only helps the compiler to infer them.
  const isAdded = ts.isPropertyAccessExpression(call.expression) && isEvolving(call.expression.expression, checker);
  if (isAdded) return [];
  return [expectedOf(argument, filled, checker), isLibrary || declared === filled ? undefined : declared];
}

function isTypeParameter({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.InstantiableNonPrimitive) !== 0;
}

/** The type of the parameter that an argument is for, with what the call fills in for type parameters. */
function filledParameter(argument: ts.Expression, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = argument;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  const signature = checker.getResolvedSignature(parent);
  const at = parent.arguments?.indexOf(argument) ?? -1;
  const parameter = signature?.parameters[at];
  const declared = signature?.declaration?.parameters[at];
  const isRest = declared !== undefined && ts.isParameter(declared) && declared.dotDotDotToken !== undefined;
  // Of `...args` the place is what tells.
  if (parameter === undefined || isRest || ts.isSpreadElement(argument)) return checker.getContextualType(argument);
  return checker.getTypeOfSymbol(parameter);
}

/** The type of a parameter as it is declared: the compiler expects what type parameters stand for at the place, the type of the argument. */
export function declaredParameter(argument: ts.Expression, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = argument;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  const at = parent.arguments?.indexOf(argument) ?? -1;
  const parameters = checker.getResolvedSignature(parent)?.declaration?.parameters ?? [];
  const parameter = parameters[Math.min(at, parameters.length - 1)];
  if (at === -1 || parameter === undefined || !ts.isParameter(parameter)) return undefined;
  const type = checker.getTypeAtLocation(parameter);
  if (parameter.dotDotDotToken === undefined) return type;
  const list = isTypeParameter(type) ? checker.getBaseConstraintOfType(type) : type;
  const element = list && checker.getIndexTypeOfType(list, ts.IndexKind.Number);
  // `...args: A` with `A extends unknown[]` takes each for what it is.
  return element !== undefined && list !== type && mayBeAnything(element, checker) ? undefined : element;
}
