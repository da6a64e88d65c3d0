import { ts } from 'ts-morph';
import { superCallIn } from './code-index.js';
import type { Finding, Tools } from './find-uses.js';
import { textOf, type Context, type Origin } from './flow.js';
import type { FoundResource } from './found.js';
import type { Resources } from './resources.js';

/** How a reflector is made: its definition, where the code shows it, and its options. */
interface Construction {
  readonly definition: readonly Origin[] | undefined;
  readonly options: readonly Origin[];
}

/** What `new FooReflector(…)` comes to; nothing for other classes. */
export function reflectorUses(made: ts.NewExpression, context: Context, tools: Tools): Finding {
  const { project, types, resources, namespaces } = tools;
  const type = project.checker.getTypeAtLocation(made);
  const bound = project.checker.getBaseConstraintOfType(type) ?? type;
  const parts = types.partsOf(bound).filter(({ part }) => part === 'Reflector');
  const isAnyClass = (type.flags & ts.TypeFlags.TypeParameter) !== 0 && takesCluster(made, tools);
  if (parts.length === 0 && !isAnyClass) return {};
  const { definition, options } = constructionOf(made, context, tools);
  const { found, why } = isAnyClass
    ? classesOf(made.expression, context, tools)
    : definition === undefined
      ? { found: [], why: '' }
      : resources.ofDefinition(definition);
  const byType = parts.map(({ arguments: [object] }) => object && resources.ofObject(object));
  const kinds =
    why === undefined ? found : byType.some((one) => one === undefined) ? found : byType.flatMap((one) => one ?? []);
  const use = {
    subresource: undefined,
    verbs: ['list', 'watch'],
    names: namespaces.selectedNames(options),
    namespaces: namespaces.ofReflector(options),
  };
  if (why === undefined || kinds.length > found.length)
    return { uses: kinds.map((resource) => ({ resource, ...use })) };
  const because = why === '' ? `the type of ${textOf(made)} does not tell the kind` : why;
  return {
    uses: kinds.map((resource) => ({ resource, ...use })),
    unfollowed: [{ message: `which resource this reflector is for cannot be followed: ${because}` }],
  };
}

function takesCluster(made: ts.NewExpression, { project, types }: Tools): boolean {
  const { arguments: given = [] } = made;
  return given.some((one) =>
    types.partsOf(project.checker.getTypeAtLocation(one)).some(({ part }) => part === 'Cluster'),
  );
}

/** The kinds of the classes that `make` in `new make(…)` may be; those that make no reflector count for nothing. */
function classesOf(make: ts.Expression, context: Context, { flow, project, types, resources }: Tools): Resources {
  const found: FoundResource[] = [];
  let why: string | undefined;
  for (const origin of flow.origins(make, context)) {
    if (origin.t === 'none') continue;
    if (origin.t === 'open') why = origin.why;
    const made = origin.t === 'open' ? [] : project.checker.getTypeAtLocation(origin.node).getConstructSignatures();
    for (const {
      arguments: [object],
    } of made.flatMap((signature) => types.partsOf(signature.getReturnType()))) {
      const kind = object && resources.ofObject(object);
      if (kind === undefined) why = `the type of ${textOf(make)} does not tell the kind`;
      else found.push(kind);
    }
  }
  return { found, ...(why === undefined ? {} : { why }) };
}

/** Follows a constructor up to that of the runtime, as far as the code shows it. */
function constructionOf(call: ts.NewExpression | ts.CallExpression, context: Context, tools: Tools): Construction {
  const { project, flow } = tools;
  const declaration = project.checker.getResolvedSignature(call)?.declaration;
  if (declaration === undefined || !ts.isConstructorDeclaration(declaration)) {
    return {
      definition: undefined,
      options: [{ t: 'open', why: `the class of ${textOf(call)} is known only at run time` }],
    };
  }
  if (project.isOfRuntime(declaration))
    return { definition: flow.argument(call, 1, context), options: flow.argument(call, 2, context) };
  // The declaration of a generated module: the second argument holds the options, by contract.
  if (declaration.body === undefined) return { definition: undefined, options: flow.argument(call, 1, context) };
  const inherited = superCallIn(declaration);
  if (inherited === undefined)
    return { definition: undefined, options: [{ t: 'open', why: 'its constructor does not call the inherited one' }] };
  return constructionOf(inherited, [{ fn: declaration, call, why: '' }, ...context], tools);
}
