import { ts } from 'ts-morph';

/** The list of `for (const x of list)`. */
export function listOfLoop(declaration: ts.VariableDeclaration): ts.Expression | undefined {
  const loop = declaration.parent.parent;
  return ts.isForOfStatement(loop) && loop.initializer === declaration.parent ? loop.expression : undefined;
}

/** The list whose elements a callback gets: `list.map((x) => …)`. */
export function listOfCallback(parameter: ts.ParameterDeclaration): ts.Expression | undefined {
  const { parent: fn } = parameter;
  const call = fn.parent;
  if (fn.parameters[0] !== parameter || !ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
  const callee = call.expression;
  const isOfList =
    ts.isPropertyAccessExpression(callee) &&
    /^(?:map|flatMap|forEach|filter|find|findLast|some|every|findIndex)$/.test(callee.name.text);
  return isOfList ? callee.expression : undefined;
}
