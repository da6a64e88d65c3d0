import { ts } from 'ts-morph';
import type { CodeIndex, Handing } from './code-index.js';
import { addsToList, isPlainAssignment, outermost, setsFields, unwrapped } from './expression.js';
import type { OpenProject } from './open-project.js';

/** The code of a project, and who refers to what in it. */
interface Code {
  readonly project: OpenProject;
  readonly index: CodeIndex;
}

/** The list of `for (const x of list)`. */
export function listOfLoop(declaration: ts.VariableDeclaration): ts.Expression | undefined {
  const loop = declaration.parent.parent;
  return ts.isForOfStatement(loop) && loop.initializer === declaration.parent ? loop.expression : undefined;
}

/** The list whose elements a callback gets: `list.map((x) => …)`. */
export function listOfCallback(
  parameter: ts.ParameterDeclaration,
  { call, handler }: Handing,
): ts.Expression | undefined {
  if (parameter.parent.parameters[0] !== parameter || call.arguments[0] !== handler) return undefined;
  const callee = call.expression;
  const isOfList =
    ts.isPropertyAccessExpression(callee) &&
    /^(?:map|flatMap|forEach|filter|find|findLast|some|every|findIndex)$/.test(callee.name.text);
  return isOfList ? callee.expression : undefined;
}

/** Whether the code adds to a list after it was made: where it is held, or where it goes from there. */
export function isChangedLater(list: ts.Expression, code: Code): boolean {
  return isTouched(list, code, (name) => {
    const { parent } = name;
    const isAdded = ts.isPropertyAccessExpression(parent) && addsToList(parent.name.text);
    return isOwner(name, parent) && (isAdded || isWritten(parent));
  });
}

/** Whether fields of an object are set or taken away later that the code does not name, or by a function of the language. */
export function isRefilled(object: ts.Expression, code: Code): boolean {
  return isTouched(object, code, (name) => {
    const { parent } = name;
    if (ts.isCallExpression(parent)) return parent.arguments[0] === name && setsFields(parent.expression);
    if (!isOwner(name, parent)) return false;
    return (
      ts.isDeleteExpression(parent.parent) ||
      (ts.isElementAccessExpression(parent) && !ts.isStringLiteralLike(parent.argumentExpression) && isWritten(parent))
    );
  });
}

/** Whether something is done to a value under one of the names that it has. */
function isTouched(value: ts.Expression, code: Code, isTouch: (name: ts.Node) => boolean): boolean {
  const known = new Set<ts.Node>();
  const isTouchedIn = (holder: ts.Node): boolean => {
    if (known.has(holder)) return false;
    known.add(holder);
    return code.index.referencesTo(holder).some((reference) => {
      const name = outermost(reference);
      return isTouch(name) || (!isOwner(name, name.parent) && holdersOf(name, code).some(isTouchedIn));
    });
  };
  return holdersOf(value, code).some(isTouchedIn);
}

function isOwner(node: ts.Node, parent: ts.Node): boolean {
  return (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node;
}

/** The variables, fields and parameters that a value goes to. */
function holdersOf(value: ts.Node, code: Code): readonly ts.Node[] {
  const { parent } = value;
  const { checker } = code.project;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === value ? [parent] : [];
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
    const expected = checker.getContextualType(parent.parent)?.getProperty(parent.name.getText());
    return [parent, ...(expected?.declarations ?? [])];
  }
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const at = parent.arguments?.findIndex((one) => one === value) ?? -1;
    return checker.getResolvedSignature(parent)?.parameters[at]?.declarations ?? [];
  }
  if (ts.isBinaryExpression(parent) && parent.right === value && isPlainAssignment(parent)) {
    const { left } = parent;
    return code.index.symbolAt(ts.isPropertyAccessExpression(left) ? left.name : left)?.declarations ?? [];
  }
  const isSame =
    ts.isConditionalExpression(parent) ||
    ts.isBinaryExpression(parent) ||
    (ts.isExpression(parent) && !ts.isFunctionLike(parent) && unwrapped(parent) === unwrapped(value as ts.Expression));
  return isSame ? holdersOf(parent, code) : [];
}

function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.left === node && isPlainAssignment(parent);
}
