import { ts } from 'ts-morph';
import { partOf, wantedOf } from './carried.js';
import { outermost, textOf } from './expression.js';
import type { Tools } from './finding.js';
import { isAnyOrUnknown, isReference } from './value-types.js';

/** What the language itself has to take members that no name in the code shows. */
const readsByName = /^`(?:Reflect\.\w+|Object\.(?:values|entries|assign|getOwnPropertyDescriptors?))`$/;

/** The function that takes the value, where its code is that of a package. */
export function unreadCallee(node: ts.Expression, tools: Tools): string | undefined {
  const { project, types, index } = tools;
  const arg = argumentAround(node);
  const { parent } = arg;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  if (parent.expression === arg) return undefined;
  const declaration = project.checker.getResolvedSignature(parent)?.declaration;
  const callee = textOf(parent.expression);
  if (declaration === undefined) {
    const made = project.checker.getTypeAtLocation(parent.expression);
    return isAnyOrUnknown(made) ? `${callee}, whose type is \`any\`` : undefined;
  }
  const file = declaration.getSourceFile();
  // What is a part of an object that is written out keeps its type: `Object.values({ api })`.
  if (project.program.isSourceFileDefaultLibrary(file))
    return readsByName.test(callee) && arg === outermost(node) ? callee : undefined;
  if (project.isOwn(file)) return undefined;
  // A function of the runtime that is newer than this list may make requests of its own.
  if (project.isOfRuntime(declaration))
    return !ts.isFunctionDeclaration(declaration) || types.isFunction(declaration, 'metrics', 'typedRequest')
      ? undefined
      : callee;
  if (!file.isDeclarationFile && !project.program.isSourceFileFromExternalLibrary(file)) return undefined;
  const made = project.checker.getTypeAtLocation(parent);
  if (ts.isNewExpression(parent) && types.partsOf(made).length > 0) return undefined;
  // The same of a class that extends one.
  const isSuper = parent.expression.kind === ts.SyntaxKind.SuperKeyword;
  if (isSuper && partOf(project.checker.getTypeAtLocation(parent.expression), tools) !== undefined) return undefined;
  if (isPrinted(node) || index.symbolAt(parent.expression)?.name === 'expect') return undefined;
  return callee;
}

/** The argument of a call that a value is, or is a part of: `f({ deps: [value] })`. */
function argumentAround(value: ts.Node): ts.Node {
  const node = outermost(value);
  const { parent } = node;
  const isPart =
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent);
  return isPart ? argumentAround(parent) : node;
}

/** `console.log(cluster)` makes no request. */
export function isPrinted(node: ts.Expression): boolean {
  const { parent } = argumentAround(node);
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    ts.isIdentifier(parent.expression.expression) &&
    parent.expression.expression.text === 'console'
  );
}

/** Whether a function is for values of any type, and gives them on as what they are. */
export function keepsTypes(declared: ts.Type, checker: ts.TypeChecker): boolean {
  if ((declared.flags & ts.TypeFlags.InstantiableNonPrimitive) !== 0) return wantedOf(declared, checker) === undefined;
  if (declared.isUnion()) return declared.types.some((one) => keepsTypes(one, checker));
  const [element] = isReference(declared) ? checker.getTypeArguments(declared) : [];
  return element !== undefined && keepsTypes(element, checker);
}
