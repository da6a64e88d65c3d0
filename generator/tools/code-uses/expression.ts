import { ts } from 'ts-morph';

/** An expression without what changes nothing about its value. */
export function unwrapped(node: ts.Expression): ts.Expression {
  const isWrapper =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node);
  return isWrapper ? unwrapped(node.expression) : node;
}

/** Code as a message shows it: one line, not too long. */
export function textOf(node: ts.Node): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return `\`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``;
}

/** A name with all that changes nothing about its value: `a.b`, `(b)`, `b!`, `b as T`. */
export function outermost(node: ts.Node): ts.Node {
  const { parent } = node;
  const isName =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === node);
  if (
    isName ||
    ts.isParenthesizedExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isSatisfiesExpression(parent)
  )
    return outermost(parent);
  return node;
}

/** The name of a field, where it is written out. */
export function nameText(name: ts.Node): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** `a.b` and `a[b]` */
export type MemberAccess = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function isMemberAccess(node: ts.Expression): node is MemberAccess {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** What names the member in `a.b` and `a['b']`. */
export function memberKeyOf(node: ts.Expression): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
    ? node.argumentExpression
    : undefined;
}

/** Whether a value is assigned as it is: by `=` and `??=`, say, not by `+=`. */
export function isPlainAssignment({ operatorToken }: ts.BinaryExpression): boolean {
  return assigning.has(operatorToken.kind);
}

const assigning: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** Whether a function of the language sets fields of its first argument, or takes some away. */
export function setsFields(callee: ts.Expression): boolean {
  return /^(?:Object\.(?:assign|defineProperty|defineProperties)|Reflect\.(?:set|defineProperty|deleteProperty))$/.test(
    callee.getText(),
  );
}

/** Whether a method of a list puts other values into it. */
export function addsToList(method: string): boolean {
  return /^(?:push|unshift|splice|fill|copyWithin)$/.test(method);
}
