import { ts } from 'ts-morph';
import { escapesTo, shownOf } from './escapes.js';
import type { Look, Tools } from './finding.js';

type Filled = ts.ExpressionWithTypeArguments | ts.NewExpression | ts.CallExpression;

/** What a class has for the members of the one that it extends: there they are taken for what they are declared as. */
export function overrideEscapes(node: ts.ClassLikeDeclaration, tools: Tools): Look[] {
  const { checker } = tools.project;
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const [base] = clause?.types ?? [];
  const symbol = checker.getSymbolAtLocation(node.name ?? node) ?? (node as { readonly symbol?: ts.Symbol }).symbol;
  if (base === undefined || symbol === undefined) return [];
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return escapesOf(type, checker.getTypeAtLocation(base), node, tools);
}

/** What a method of an object takes and gives beside what is expected of the object. */
export function methodEscapes(node: ts.MethodDeclaration, tools: Tools): Look[] {
  const { checker } = tools.project;
  const { parent: object, name } = node;
  if (!ts.isObjectLiteralExpression(object) || node.parameters.every(({ type }) => type === undefined)) return [];
  const expected = checker.getContextualType(object)?.getProperty(name.getText());
  if (expected === undefined) return [];
  return escapesOf(checker.getTypeAtLocation(node), checker.getTypeOfSymbol(expected), name, tools);
}

/** `for (variable of list)`, where the variable has a type of its own. */
export function loopEscapes({ initializer, expression }: ts.ForOfStatement, tools: Tools): Look[] {
  const { checker } = tools.project;
  if (ts.isVariableDeclarationList(initializer)) return [];
  const element = checker.getIndexTypeOfType(checker.getTypeAtLocation(expression), ts.IndexKind.Number);
  return element === undefined ? [] : escapesOf(element, checker.getTypeAtLocation(initializer), expression, tools);
}

/** What stands for type parameters: `extends Base<ResourceClient<typeof Foo>>`. Inside they are taken for what they extend. */
export function typeArgumentEscapes(node: Filled, tools: Tools): Look[] {
  const { checker } = tools.project;
  const { typeArguments = [] } = node;
  if (typeArguments.length === 0) return [];
  const parameters = typeParametersOf(node, tools);
  return typeArguments.flatMap((given, i) => {
    const constraint = parameters[i]?.constraint;
    if (constraint === undefined) return [];
    return escapesOf(checker.getTypeFromTypeNode(given), checker.getTypeFromTypeNode(constraint), given, tools);
  });
}

function typeParametersOf(node: Filled, { project, index }: Tools): readonly ts.TypeParameterDeclaration[] {
  const declared = ts.isCallExpression(node) ? project.checker.getResolvedSignature(node)?.declaration : undefined;
  const classes = ts.isCallExpression(node)
    ? []
    : (index.symbolAt(node.expression)?.declarations ?? []).filter(ts.isClassLike);
  const [found] = declared === undefined ? classes : [declared];
  return found === undefined || ts.isJSDocSignature(found) ? [] : [...(found.typeParameters ?? [])];
}

function escapesOf(type: ts.Type, target: ts.Type, node: ts.Node, tools: Tools): Look[] {
  const why = `what ${shownOf(node)} has is known only at run time`;
  const value = { type, node, origins: () => [{ t: 'open', why, type } as const] };
  return escapesTo(value, { type: target, isCast: false, isForced: false }, tools);
}
