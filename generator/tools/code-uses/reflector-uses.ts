import { ts } from 'ts-morph';
import { textOf } from './expression.js';
import type { Finding, Tools } from './finding.js';
import type { Context } from './origin.js';
import type { FoundResource } from './found.js';
import { constructionOf, type Construction } from './reflector-construction.js';
import type { Resources } from './resources.js';
import type { RuntimePart } from './runtime-types.js';

/** What `new FooReflector(…)` comes to; nothing for other classes. */
export function reflectorUses(made: ts.NewExpression, context: Context, tools: Tools): Finding {
  if (!mayBeReflector(made, context, tools)) return {};
  const { definition, options } = constructionOf(made, context, tools.flow);
  const { found, why } = kindsOf(made, { definition, context }, tools);
  const use = {
    subresource: undefined,
    verbs: ['list', 'watch'],
    names: tools.namespaces.selectedNames(options),
    namespaces: tools.namespaces.ofReflector(options),
  };
  return {
    uses: found.map((resource) => ({ resource, ...use })),
    ...(why === undefined
      ? {}
      : { unfollowed: [{ message: `which resource this reflector is for cannot be followed: ${why}` }] }),
  };
}

/** Whether it is one, or is of a class that comes as a value and takes a cluster, or that is one where it comes from. */
function mayBeReflector(made: ts.NewExpression, context: Context, { project, types, flow }: Tools): boolean {
  const { checker } = project;
  const isA = (type: ts.Type, name: RuntimePart): boolean => types.partsOf(type).some(({ part }) => part === name);
  const type = checker.getTypeAtLocation(made);
  if (isA(checker.getBaseConstraintOfType(type) ?? type, 'Reflector')) return true;
  const given = made.arguments ?? [];
  if (
    (type.flags & ts.TypeFlags.TypeParameter) !== 0 &&
    given.some((one) => isA(checker.getTypeAtLocation(one), 'Cluster'))
  )
    return true;
  const declaration = checker.getResolvedSignature(made)?.declaration;
  if (declaration === undefined || !isTypeOfClass(declaration)) return false;
  return flow.origins(made.expression, context).some(
    (origin) =>
      origin.t === 'expression' &&
      checker
        .getTypeAtLocation(origin.node)
        .getConstructSignatures()
        .some((signature) => isA(signature.getReturnType(), 'Reflector')),
  );
}

/** `new (cluster: Cluster) => R`: which class it is shows elsewhere. */
function isTypeOfClass(declaration: ts.Node): boolean {
  return ts.isConstructorTypeNode(declaration) || ts.isConstructSignatureDeclaration(declaration);
}

/** The kinds, by the definition that is handed over, else by the type, else by where the class comes from. */
function kindsOf(
  made: ts.NewExpression,
  { definition, context }: { readonly definition: Construction['definition']; readonly context: Context },
  tools: Tools,
): Resources {
  const { flow, project, resources } = tools;
  const shown = definition === undefined ? undefined : resources.ofDefinition(definition);
  if (shown !== undefined && shown.why === undefined) return shown;
  // Of several classes the compiler may tell what only one makes.
  const classes = project.checker.getTypeAtLocation(made.expression);
  const kinds = (classes.isUnion() ? classes.types : []).flatMap((one) =>
    one.getConstructSignatures().map((signature) => resources.ofReflector(signature.getReturnType())),
  );
  const all = kinds.length > 0 ? kinds : [resources.ofReflector(project.checker.getTypeAtLocation(made))];
  const typed = all.flatMap((one) => one?.found ?? []);
  if (typed.length > 0 && all.every((one) => one !== undefined)) return { found: typed };
  if (shown !== undefined) return shown;
  const found: FoundResource[] = [];
  let why: string | undefined;
  for (const origin of flow.origins(made.expression, context)) {
    if (origin.t === 'open') ({ why } = origin);
    if (origin.t !== 'expression') continue;
    for (const signature of project.checker.getTypeAtLocation(origin.node).getConstructSignatures()) {
      const one = resources.ofReflector(signature.getReturnType());
      if (one === undefined) why = `the type of ${textOf(made.expression)} does not tell the kind`;
      else found.push(...one.found);
    }
  }
  return { found, ...(why === undefined ? {} : { why }) };
}
