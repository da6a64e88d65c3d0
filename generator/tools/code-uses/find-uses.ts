import { ts } from 'ts-morph';
import { CodeIndex } from './code-index.js';
import { nameText, textOf } from './expression.js';
import { Flow } from './flow.js';
import type { Context } from './origin.js';
import { Contexts } from './contexts.js';
import { connectionOf } from './connections.js';
import { escapeOf } from './escapes.js';
import type { Finding, Look, Tools } from './finding.js';
import { loopEscapes, methodEscapes, overrideEscapes, typeArgumentEscapes } from './implied-escapes.js';
import type { CodePlace, FoundCode, FoundConnection, FoundPath, FoundUse, Unfollowed } from './found.js';
import { Literals } from './literals.js';
import { clientUses, type Access } from './client-uses.js';
import { missingNames } from './missing-names.js';
import { NamespaceReader } from './namespaces.js';
import type { OpenProject } from './open-project.js';
import { reflectorUses } from './reflector-uses.js';
import { requestUses, typedRequestUses } from './request-uses.js';
import { ResourceReader } from './resources.js';
import { RuntimeTypes } from './runtime-types.js';
import { walk } from './walk.js';
import { isAnyOrUnknown } from './value-types.js';

/** Finds every request to the API server that the code of a project makes through the runtime. */
export function findUses(project: OpenProject): FoundCode {
  return new Finder(project).find();
}

class Finder {
  readonly #tools: Tools;
  readonly #uses: FoundUse[] = [];
  readonly #paths: FoundPath[] = [];
  readonly #unfollowed: Unfollowed[] = [];
  readonly #connections: FoundConnection[] = [];

  constructor(project: OpenProject) {
    const index = new CodeIndex(project);
    const types = new RuntimeTypes(project);
    const flow = new Flow(project, index, types);
    const literals = new Literals(flow);
    this.#tools = {
      project,
      index,
      flow,
      contexts: new Contexts(flow),
      literals,
      namespaces: new NamespaceReader(flow, literals),
      types,
      resources: new ResourceReader(flow),
    };
  }

  find(): FoundCode {
    const { files } = this.#tools.project;
    // First: a compiler that was asked about the tag `<b>` keeps it as a name that it did not find.
    const missing = missingNames(this.#tools.project);
    for (const file of files) walk(file, (node) => this.#visit(node));
    this.#unfollowed.push(...missing);
    return {
      uses: this.#uses,
      paths: this.#paths,
      unfollowed: this.#unfollowed,
      connections: this.#connections,
      files: files.length,
    };
  }

  #visit(node: ts.Node): boolean {
    // Types make no request.
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return false;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node))
      return false;
    if (ts.isNewExpression(node)) this.#look(node, (context) => reflectorUses(node, context, this.#tools));
    if (ts.isCallExpression(node)) this.#visitCall(node);
    if (ts.isPropertyAccessExpression(node)) this.#visitMember(node.name, node, node.expression);
    if (ts.isElementAccessExpression(node)) this.#visitElement(node);
    if (ts.isObjectBindingPattern(node)) this.#visitPattern(node);
    if (ts.isClassLike(node)) for (const look of overrideEscapes(node, this.#tools)) this.#look(node, look);
    if (ts.isForOfStatement(node)) for (const look of loopEscapes(node, this.#tools)) this.#look(node, look);
    if (ts.isMethodDeclaration(node)) for (const look of methodEscapes(node, this.#tools)) this.#look(node, look);
    if (ts.isExpressionWithTypeArguments(node) || ts.isNewExpression(node) || ts.isCallExpression(node))
      for (const look of typeArgumentEscapes(node, this.#tools)) this.#look(node, look);
    if (ts.isExpression(node)) {
      const escape = escapeOf(node, this.#tools);
      if (escape !== undefined) this.#look(node, escape);
    }
    return true;
  }

  #visitCall(call: ts.CallExpression): void {
    const declaration = this.#tools.project.checker.getResolvedSignature(call)?.declaration;
    if (this.#tools.types.isFunction(declaration, 'connect', 'createCluster')) {
      this.#look(call, (context) => {
        const { connection, ...finding } = connectionOf(call, context, this.#tools);
        this.#connections.push({ place: this.#tools.project.placeOf(call), namespace: connection });
        return finding;
      });
    }
    if (isTypedRequest(declaration) && this.#tools.project.isOfRuntime(declaration))
      this.#look(call, (context) => typedRequestUses(call, context, this.#tools));
  }

  /** `api.get`, called or not. */
  #visitMember(name: ts.Node, access: ts.Expression, object: ts.Expression): void {
    const member = this.#tools.types.memberOf(this.#tools.index.symbolAt(name));
    // `typeof api.get` asks for nothing.
    if (member === undefined || ts.isTypeOfExpression(access.parent)) return;
    this.#access(access, {
      member,
      call: callOf(access),
      objectType: this.#tools.project.checker.getTypeAtLocation(object),
      object: (context) => this.#tools.flow.origins(object, context),
    });
  }

  /** `api['get']`, `api[verb]` */
  #visitElement(node: ts.ElementAccessExpression): void {
    const { project, types } = this.#tools;
    const key = node.argumentExpression;
    const objectType = project.checker.getNonNullableType(project.checker.getTypeAtLocation(node.expression));
    const names = this.#namesOf(key, node, objectType);
    for (const name of names) {
      const member = types.memberOf(objectType.getProperty(name));
      if (member === undefined) continue;
      const object = (context: Context) => this.#tools.flow.origins(node.expression, context);
      this.#access(node, { member, call: callOf(node), objectType, object });
    }
  }

  /** The members that a key in brackets may name; says where that does not show. */
  #namesOf(key: ts.Expression, place: ts.Node, objectType: ts.Type): readonly string[] {
    const { types, literals } = this.#tools;
    const names = literals.byType(key)?.values;
    if (names !== undefined) return names;
    const part = types.partsOf(objectType).find((one) => one.part !== 'Reflector')?.part;
    if (part !== undefined)
      this.#tell(place, { message: `which member of the ${part.toLowerCase()} this is cannot be followed` });
    return [];
  }

  /** `const { get, list } = api` */
  #visitPattern(pattern: ts.ObjectBindingPattern): void {
    const { project, types, index, flow } = this.#tools;
    const objectType = project.checker.getNonNullableType(project.checker.getTypeAtLocation(pattern));
    const object = (context: Context) => flow.holder(pattern, context);
    for (const element of pattern.elements) {
      const key = element.propertyName ?? element.name;
      if (element.dotDotDotToken !== undefined) {
        if (types.partsOf(objectType).some(({ part }) => part !== 'Reflector'))
          this.#tell(element, {
            message: 'what the rest holds cannot be followed',
            hint: 'Name each member that is used',
          });
        continue;
      }
      const names = ts.isComputedPropertyName(key)
        ? this.#namesOf(key.expression, element, objectType)
        : [nameText(key) ?? ''];
      for (const member of names.map((name) => types.memberOf(objectType.getProperty(name)))) {
        if (member === undefined) continue;
        for (const name of index.referencesTo(element))
          this.#access(name as ts.Expression, { member, call: callOf(name), objectType, object });
      }
    }
  }

  #access(node: ts.Expression, access: Access): void {
    const { part, name } = access.member;
    if (part === 'Reflector') return;
    if (part !== 'Cluster') this.#look(node, (context) => clientUses(access, context, this.#tools));
    else if (name === 'resource') this.#look(node, (context) => this.#untyped(access.call, context));
    else if (name === 'request') this.#look(node, (context) => requestUses(access.call, context, this.#tools));
  }

  /** A client of nobody knows what may have no type of its own, so that its uses would not show. */
  #untyped(call: ts.CallExpression | undefined, context: Context): Finding {
    const { project, flow, resources } = this.#tools;
    const definition = call?.arguments[0];
    if (call === undefined || definition === undefined) return {};
    if (!isAnyOrUnknown(project.checker.getTypeAtLocation(definition))) return {};
    const { why } = resources.ofDefinition(flow.argument(call, 0, context));
    const what = `the definition ${textOf(definition)} has no type that tells`;
    return why === undefined
      ? {}
      : { unfollowed: [{ message: `${what}: for which resource this client is cannot be followed` }] };
  }

  #look(node: ts.Node, look: Look): void {
    const { project, contexts } = this.#tools;
    const place = project.placeOf(node);
    contexts.each(node, (context) => {
      const { uses = [], paths = [], unfollowed = [] } = look(context);
      const calledFrom = context.flatMap(({ call }): CodePlace[] =>
        call === undefined ? [] : [project.placeOf(call)],
      );
      this.#uses.push(...uses.map((use) => ({ place, calledFrom, ...use })));
      this.#paths.push(...paths.map((path) => ({ place, ...path })));
      this.#unfollowed.push(...unfollowed.map((one) => ({ place, ...one })));
    });
  }

  #tell(node: ts.Node, one: Omit<Unfollowed, 'place'>): void {
    this.#unfollowed.push({ place: this.#tools.project.placeOf(node), ...one });
  }
}

/** The call whose function this is, if it is called at once. */
function callOf(node: ts.Node): ts.CallExpression | undefined {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) return callOf(parent);
  return ts.isCallExpression(parent) && parent.expression === node ? parent : undefined;
}

function isTypedRequest(declaration: ts.Node | undefined): declaration is ts.FunctionTypeNode {
  return (
    declaration !== undefined &&
    ts.isFunctionTypeNode(declaration) &&
    ts.isTypeAliasDeclaration(declaration.parent) &&
    declaration.parent.name.text === 'TypedRequest'
  );
}
