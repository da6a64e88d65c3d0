import { ts } from 'ts-morph';
import { superCallIn } from './code-index.js';
import { textOf } from './expression.js';
import type { Following } from './following.js';
import type { Context, Origin } from './origin.js';

/** How a reflector is made: its definition, where the code shows it, and its options. */
export interface Construction {
  readonly definition: readonly Origin[] | undefined;
  readonly options: readonly Origin[];
}

/** Follows a constructor up to that of the runtime, as far as the code shows it. */
export function constructionOf(
  call: ts.NewExpression | ts.CallExpression,
  context: Context,
  flow: Following,
): Construction {
  const { project } = flow;
  const declaration = project.checker.getResolvedSignature(call)?.declaration;
  const classes = project.checker.getTypeAtLocation(call.expression);
  // Of several classes the compiler shows the constructor of the first.
  if (classes.isUnion()) return constructionOfAny(call, { classes, context }, flow);
  if (declaration === undefined || !ts.isConstructorDeclaration(declaration)) {
    return {
      definition: undefined,
      options: [{ t: 'open', why: `the class of ${textOf(call)} is known only at run time` }],
    };
  }
  const isOfRuntime = project.isOfRuntime(declaration);
  if (isOfRuntime && declaration.parameters.length > 2)
    return {
      definition: flow.argument(call, 1, context, undefined),
      options: flow.argument(call, 2, context, undefined),
    };
  // What generated classes inherit, or the declaration of a class that has a constructor: the second argument holds the options.
  if (isOfRuntime || declaration.body === undefined)
    return { definition: undefined, options: flow.argument(call, 1, context, undefined) };
  const inherited = superCallIn(declaration);
  if (inherited === undefined)
    return { definition: undefined, options: [{ t: 'open', why: 'its constructor does not call the inherited one' }] };
  return constructionOf(inherited, [{ fn: declaration, call, why: '' }, ...context], flow);
}

/** What the constructors of several classes have in common: the options, where each is that of a generated module. */
function constructionOfAny(
  call: ts.NewExpression | ts.CallExpression,
  { classes, context }: { readonly classes: ts.UnionType; readonly context: Context },
  flow: Following,
): Construction {
  const declarations = classes.types.flatMap((one) =>
    one.getConstructSignatures().map(({ declaration }) => declaration),
  );
  const isGenerated = declarations.every((one) => one !== undefined && !flow.project.isOwn(one.getSourceFile()));
  const why = `which class ${textOf(call)} makes is known only at run time`;
  return {
    definition: undefined,
    options: isGenerated ? flow.argument(call, 1, context, undefined) : [{ t: 'open', why }],
  };
}
