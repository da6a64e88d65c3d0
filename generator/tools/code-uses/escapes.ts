import { ts } from 'ts-morph';
import { alternativesOf, carriedBy, mayBeAnything, wantedOf } from './carried.js';
import { clientUses } from './client-uses.js';
import { outermost, textOf } from './expression.js';
import type { Finding, Tools } from './finding.js';
import type { Context, Origin } from './origin.js';
import type { RuntimePart } from './runtime-types.js';

/**
 * What it means that a cluster or a client goes where its type does not: to `any`, to code that is not read, to an interface of the
 * project's own. Nothing where its use can be followed from its type.
 */
export function escapeOf(node: ts.Expression, tools: Tools): ((context: Context) => Finding) | undefined {
  if (!mayGoOn(node)) return undefined;
  const { project, types } = tools;
  const type = project.checker.getNonNullableType(project.checker.getTypeAtLocation(node));
  const part = types.partsOf(type).find((one) => one.part !== 'Reflector')?.part ?? reflectorClassIn(type, tools);
  if (part !== undefined)
    return escapeTo(
      { node, path: [], part, type },
      unreadCallee(node, tools) ?? targetType(node, project.checker),
      tools,
    );
  const reader = unreadCallee(node, tools);
  const target = reader === undefined ? targetType(node, project.checker) : project.checker.getAnyType();
  if (target === undefined) return undefined;
  const all = carriedBy(type, target, tools).flatMap(
    (one) => escapeTo({ node, ...one }, reader ?? one.target, tools) ?? [],
  );
  return all.length === 0 ? undefined : (context) => together(all.map((look) => look(context)));
}

/** What goes where its type does not: the value of an expression, or what stands in a field of it. */
interface Escaping {
  readonly node: ts.Expression;
  readonly path: readonly string[];
  readonly part: RuntimePart;
  readonly type: ts.Type;
}

/** What it means that it goes to a type, or to a function whose code is not read. */
function escapeTo(
  escaping: Escaping,
  target: ts.Type | string | undefined,
  tools: Tools,
): ((context: Context) => Finding) | undefined {
  const { node, part } = escaping;
  const { project, types } = tools;
  if (typeof target === 'string') return () => said(escaping, `to ${target}, whose code is not read`);
  if (target === undefined) return undefined;
  if (alternativesOf(target).some((one) => mayBeAnything(one, project.checker))) {
    if (isPrinted(node) || types.partsOf(target).length > 0) return undefined;
    return () => said(escaping, `where its type is \`${project.checker.typeToString(target)}\``);
  }
  if (part === 'Reflector' || types.partsOf(target).length > 0) return undefined;
  return structuralUse(escaping, target, tools);
}

function together(all: readonly Finding[]): Finding {
  return {
    uses: all.flatMap(({ uses = [] }) => uses),
    unfollowed: all.flatMap(({ unfollowed = [] }) => unfollowed),
  };
}

/** A name, a member or a call whose value goes on; what stands before a dot, or only declares, does not. */
function mayGoOn(node: ts.Expression): boolean {
  if (
    !ts.isIdentifier(node) &&
    !ts.isPropertyAccessExpression(node) &&
    !ts.isElementAccessExpression(node) &&
    !ts.isCallExpression(node) &&
    !ts.isNewExpression(node) &&
    node.kind !== ts.SyntaxKind.ThisKeyword &&
    !ts.isAwaitExpression(node)
  )
    return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return false;
  // What a pattern takes is seen where it is taken.
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent))
    return parent.initializer === node && ts.isIdentifier(parent.name);
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !ts.isImportSpecifier(parent) && !ts.isExportSpecifier(parent) && !ts.isAwaitExpression(parent);
}

function reflectorClassIn(type: ts.Type, { types }: Tools): RuntimePart | undefined {
  const isClass = type
    .getConstructSignatures()
    .some((signature) => types.partsOf(signature.getReturnType()).some(({ part }) => part === 'Reflector'));
  return isClass ? 'Reflector' : undefined;
}

/** What the language itself has to take members that no name in the code shows. */
const readsByName = /^`(?:Reflect\.\w+|Object\.(?:values|entries|assign|getOwnPropertyDescriptors?))`$/;

/** The function that takes the value, where its code is that of a package. */
function unreadCallee(node: ts.Expression, tools: Tools): string | undefined {
  const { project, types, index } = tools;
  const arg = argumentAround(node);
  const { parent } = arg;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  if (parent.expression === arg) return undefined;
  const declaration = project.checker.getResolvedSignature(parent)?.declaration;
  const callee = textOf(parent.expression);
  if (declaration === undefined) {
    const made = project.checker.getTypeAtLocation(parent.expression);
    return (made.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0
      ? undefined
      : `${callee}, whose type is \`any\``;
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
  if (isSuper && reflectorClassIn(project.checker.getTypeAtLocation(parent.expression), tools) !== undefined)
    return undefined;
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

/** The type that the value is taken for: by a cast, else by what is expected at the place. */
function targetType(node: ts.Expression, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = node;
  if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent))
    return checker.getTypeFromTypeNode(parent.type);
  if (ts.isBinaryExpression(parent) && parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return checker.getTypeAtLocation(parent.left);
  const expected = genericParameter(node, checker) ?? checker.getContextualType(node);
  return expected && wantedOf(checker.getNonNullableType(expected), checker);
}

/** The type parameter that an argument is for: at the place the compiler expects what it stands for there, the type of the argument. */
function genericParameter(node: ts.Expression, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  const at = parent.arguments?.indexOf(node) ?? -1;
  const parameter = checker.getResolvedSignature(parent)?.declaration?.parameters[at];
  const type = parameter && ts.isParameter(parameter) ? checker.getTypeAtLocation(parameter) : undefined;
  return type !== undefined && (type.flags & ts.TypeFlags.TypeParameter) !== 0 ? type : undefined;
}

/** `console.log(cluster)` makes no request. */
function isPrinted(node: ts.Expression): boolean {
  const { parent } = argumentAround(node);
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    ts.isIdentifier(parent.expression.expression) &&
    parent.expression.expression.text === 'console'
  );
}

/** An interface of the project's own stands for the members that it has. */
function structuralUse(escaping: Escaping, target: ts.Type, tools: Tools): ((context: Context) => Finding) | undefined {
  const { node, path, part, type } = escaping;
  const { checker } = tools.project;
  const properties = alternativesOf(target).flatMap((one) => checker.getPropertiesOfType(one));
  const members = properties.flatMap((property) => {
    // `Pick<Client, 'get'>` has the members themselves: their use is found where it is.
    if (tools.types.memberOf(property) !== undefined) return [];
    const member = tools.types.memberOf(checker.getPropertyOfType(type, property.name));
    return member !== undefined || /^(?:status|scale)$/.test(property.name) ? [{ name: property.name, member }] : [];
  });
  const shown = `\`${checker.typeToString(target)}\``;
  if (part === 'Cluster') {
    const used = members.find(({ name }) => name === 'request' || name === 'resource');
    return used && ((): Finding => said(escaping, `on as ${shown}`));
  }
  if (members.length === 0) return undefined;
  return (context) => {
    const object = (): readonly Origin[] =>
      path.reduce<readonly Origin[]>(
        (origins, name) => tools.flow.propertyOf(origins, name),
        tools.flow.origins(node, context),
      );
    return together(
      members.map(({ member }) =>
        member === undefined
          ? said(escaping, `on as ${shown}`)
          : clientUses({ member, call: undefined, objectType: type, object: () => [...object()] }, context, tools),
      ),
    );
  };
}

function said({ node, path, part }: Escaping, where: string): Finding {
  const what = {
    Cluster: 'the cluster',
    Client: 'the client',
    StatusClient: 'the client of the status',
    ScaleClient: 'the client of the scale',
    Reflector: `the class of a reflector`,
  };
  const shown = path.length === 0 ? textOf(node) : `\`${path.join('.')}\` of ${textOf(node)}`;
  return {
    unfollowed: [
      {
        message: `${what[part]} ${shown} goes ${where}: what is done with it there cannot be followed`,
        hint: 'Keep its type, or look through that code yourself',
      },
    ],
  };
}
