import { ts } from 'ts-morph';
import { Conversions } from './conversions.js';
import { isPlainAssignment, outermost } from './expression.js';
import type { OpenProject } from './open-project.js';
import { Overrides } from './overrides.js';
import { walk } from './walk.js';
import { alternativesOf } from './value-types.js';

/** A call that fills the parameters of a function; without a call nothing is known of them. */
export interface Frame {
  readonly fn: ts.SignatureDeclaration;
  readonly call: ts.CallExpression | ts.NewExpression | undefined;
  /** Why there is no call. */
  readonly why: string;
  /** Where the function is handed to another one by its name. */
  readonly handing?: Handing;
}

/** A function as the argument of a call. */
export interface Handing {
  readonly call: ts.CallExpression;
  readonly handler: ts.Node;
}

/** Whether two frames are of one place in the code. */
export function isSamePlace(a: Frame, b: Frame): boolean {
  return a.call === b.call && a.handing?.handler === b.handing?.handler;
}

/** Who refers to what in the own files of a project. */
export class CodeIndex {
  readonly #project: OpenProject;
  readonly #references = new Map<ts.Node, ts.Node[]>();
  readonly #writes = new Map<ts.Node, ts.Expression[]>();
  readonly #fields = new Map<ts.Node, ts.Expression[]>();
  #overrides: Overrides | undefined;
  #conversions: Conversions | undefined;
  #isBuilt = false;

  constructor(project: OpenProject) {
    this.#project = project;
  }

  /** Where a declaration is named; not the declaration itself. */
  referencesTo(declaration: ts.Node): readonly ts.Node[] {
    this.#build();
    return this.#references.get(declaration) ?? [];
  }

  /** What is assigned to a variable, a parameter or a property after its declaration, under any name that it has. */
  writesTo(declaration: ts.Node): readonly ts.Expression[] {
    this.#build();
    return [declaration, ...this.conversions.above(declaration)].flatMap((one) => this.#writes.get(one) ?? []);
  }

  /** What stands for a field of a type in objects that are written out. */
  fieldsFor(declaration: ts.Node): readonly ts.Expression[] {
    this.#build();
    return this.#fields.get(declaration) ?? [];
  }

  /** What may stand in the place of a member of a class: in the classes that extend it. */
  overridesOf(declaration: ts.Node): readonly ts.Node[] {
    this.#overrides ??= new Overrides(this.#project);
    return this.#overrides.below(declaration);
  }

  /** What is taken for what. */
  get conversions(): Conversions {
    this.#conversions ??= new Conversions(this.#project);
    return this.#conversions;
  }

  /** The calls of a function, and a frame without a call for each way that a call may take unseen. */
  callersOf(fn: ts.SignatureDeclaration): Frame[] {
    const known = this.#declarationsOf(fn);
    const declarations = [...new Set([...known, ...known.flatMap((one) => this.conversions.above(one))])];
    if (declarations.length === 0) return [{ fn, call: undefined, why: 'only the caller of a callback knows it' }];
    const frames = this.#callsOf(fn, declarations);
    if (frames.length > 0) return frames;
    return [{ fn, call: undefined, why: `nothing in this project calls ${nameOf(fn)}` }];
  }

  /** The symbol behind a name, where it was declared: imports and exports are passed through. */
  symbolAt(node: ts.Node): ts.Symbol | undefined {
    const { checker } = this.#project;
    const isShorthand = ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node;
    const symbol = isShorthand
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  }

  #callsOf(fn: ts.SignatureDeclaration, declarations: readonly ts.Node[]): Frame[] {
    const why = `${nameOf(fn)} is also called where that cannot be followed`;
    const isUnseen = declarations.some((one) => this.conversions.isUnseen(one));
    const unseen: Frame[] = isUnseen ? [{ fn, call: undefined, why }] : [];
    return [...declarations.flatMap((declaration) => this.#callsIn(fn, declaration)), ...unseen];
  }

  #callsIn(fn: ts.SignatureDeclaration, declaration: ts.Node): Frame[] {
    return this.referencesTo(declaration).flatMap((reference): Frame[] => {
      // What a pattern takes out of an object is called by the name that it gets there.
      if (ts.isBindingElement(reference.parent) && ts.isIdentifier(reference.parent.name))
        return this.#callsIn(fn, reference.parent);
      const node = outermost(reference);
      const { parent } = node;
      if (ts.isCallExpression(parent) && parent.expression === node) return [{ fn, call: parent, why: '' }];
      if (ts.isNewExpression(parent) && parent.expression === node) return [{ fn, call: parent, why: '' }];
      if (ts.isExpressionWithTypeArguments(parent)) return this.#callsOfSubclass(fn, parent);
      if (!isValue(node)) return [];
      const { file, line } = this.#project.placeOf(node);
      const why = `${nameOf(fn)} is passed on as a value in ${file}:${line}`;
      const handing = handingOf(node);
      return [{ fn, call: undefined, why, ...(handing && { handing }) }];
    });
  }

  /** The `super` calls of a class that extends another one; without a constructor of its own, whoever makes it calls the inherited one. */
  #callsOfSubclass(fn: ts.SignatureDeclaration, extended: ts.ExpressionWithTypeArguments): Frame[] {
    const heritage = extended.parent;
    if (!ts.isHeritageClause(heritage) || !ts.isClassLike(heritage.parent)) return [];
    const subclass = heritage.parent;
    const own = subclass.members.find((member) => ts.isConstructorDeclaration(member));
    if (own === undefined) return this.#callsIn(fn, subclass);
    const call = superCallIn(own);
    return call === undefined ? [] : [{ fn, call, why: '' }];
  }

  /** What names lead to a function: its own, that of the variable or property that holds it, those of the members it implements. */
  #declarationsOf(fn: ts.SignatureDeclaration): ts.Node[] {
    if (ts.isConstructorDeclaration(fn)) return [fn.parent];
    if (ts.isFunctionDeclaration(fn)) return [fn, ...this.#declared(fn.name)];
    if (ts.isMethodDeclaration(fn)) return [fn, ...this.#implementedBy(fn)];
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return [];
    const { parent } = outermost(fn);
    if (ts.isVariableDeclaration(parent)) return [parent];
    const isMember = ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
    return isMember ? [parent, ...this.#implementedBy(parent)] : [];
  }

  #declared(name: ts.Node | undefined): readonly ts.Node[] {
    return (name === undefined ? undefined : this.symbolAt(name))?.declarations ?? [];
  }

  #implementedBy(member: ts.MethodDeclaration | ts.PropertyDeclaration | ts.PropertyAssignment): readonly ts.Node[] {
    const { checker } = this.#project;
    const name = ts.isIdentifier(member.name) ? member.name.text : '';
    if (ts.isObjectLiteralExpression(member.parent)) {
      return checker.getContextualType(member.parent)?.getProperty(name)?.declarations ?? [];
    }
    this.#overrides ??= new Overrides(this.#project);
    return this.#overrides.above(member);
  }

  #build(): void {
    if (this.#isBuilt) return;
    this.#isBuilt = true;
    const look = (node: ts.Node): void => {
      if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || isKeyOfAccess(node) || isMade(node))
        this.#note(node);
      if (ts.isElementAccessExpression(node) && !isKeyOfAccess(node.argumentExpression)) this.#noteAny(node);
    };
    for (const file of this.#project.files) walk(file, look);
  }

  /** What `{ get }` takes out of an object, where the name stands for a variable, too. */
  #takenBy(node: ts.Node): readonly ts.Node[] {
    const { checker } = this.#project;
    const { parent } = node;
    const isBound = ts.isBindingElement(parent) && parent.name === node && parent.propertyName === undefined;
    const around = ts.isShorthandPropertyAssignment(parent) ? patternAround(parent) : undefined;
    const isAssigned = around !== undefined && ts.isBinaryExpression(around) && around.left === parent.parent;
    if (!ts.isIdentifier(node) || (!isBound && !isAssigned)) return [];
    const object = isAssigned ? around.right : parent.parent;
    return checker.getTypeAtLocation(object).getProperty(node.text)?.declarations ?? [];
  }

  /** `handlers[name]` may be each member that the name can have. */
  #noteAny({ expression, argumentExpression: key }: ts.ElementAccessExpression): void {
    const { checker } = this.#project;
    const keys = checker.getTypeAtLocation(key);
    if ((keys.flags & ts.TypeFlags.NumberLike) !== 0) return;
    const all = alternativesOf(keys);
    const names = all.every((one) => one.isStringLiteral()) ? new Set(all.map(({ value }) => value)) : undefined;
    const object = checker.getNonNullableType(checker.getTypeAtLocation(expression));
    for (const { name, declarations = [] } of checker.getPropertiesOfType(object)) {
      if (names?.has(name) === false) continue;
      for (const declaration of declarations.filter((one) => this.#project.isOwn(one.getSourceFile()))) {
        add(this.#references, declaration, key);
        const written = writtenTo(key);
        if (written !== undefined) add(this.#writes, declaration, written);
      }
    }
  }

  #note(node: ts.Node): void {
    const { parent } = node;
    for (const declaration of this.symbolAt(node)?.declarations ?? []) {
      if (declaration === parent && !ts.isShorthandPropertyAssignment(parent)) continue;
      add(this.#references, declaration, node);
      const written = writtenTo(node);
      if (written !== undefined) add(this.#writes, declaration, written);
    }
    for (const declaration of this.#takenBy(node)) add(this.#references, declaration, node);
    // A field of an object literal is a write to the field of the type that is expected there.
    if (!ts.isPropertyAssignment(parent) && !ts.isShorthandPropertyAssignment(parent)) return;
    if (parent.name !== node || !ts.isIdentifier(node) || !ts.isObjectLiteralExpression(parent.parent)) return;
    const expected = this.#project.checker.getContextualType(parent.parent)?.getProperty(node.text);
    for (const declaration of expected?.declarations ?? []) {
      if (declaration !== parent)
        add(this.#fields, declaration, ts.isPropertyAssignment(parent) ? parent.initializer : parent.name);
    }
  }
}

/** The call of the inherited constructor. */
export function superCallIn(constructor: ts.ConstructorDeclaration): ts.CallExpression | undefined {
  let found: ts.CallExpression | undefined;
  const look = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) found ??= node;
    return found === undefined && !ts.isClassLike(node);
  };
  if (constructor.body !== undefined) walk(constructor.body, look);
  return found;
}

function nameOf(fn: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(fn)) return `new ${fn.parent.name?.text ?? 'of a class without a name'}`;
  const named = fn.name ?? (outermost(fn).parent as { readonly name?: ts.Node }).name;
  return named !== undefined && (ts.isIdentifier(named) || ts.isPrivateIdentifier(named))
    ? `${named.text}()`
    : 'a function without a name';
}

/** The call that a function goes to, as it is or with its `this`. */
export function handingOf(handler: ts.Node): Handing | undefined {
  const { parent } = handler;
  if (ts.isCallExpression(parent)) return parent.expression === handler ? undefined : { call: parent, handler };
  const bound = ts.isPropertyAccessExpression(parent) && parent.name.text === 'bind' ? parent.parent : undefined;
  const isBound = bound !== undefined && ts.isCallExpression(bound) && bound.arguments.length === 1;
  return isBound && bound.expression === parent ? handingOf(bound) : undefined;
}

/** Whether a name stands for a value that goes on from there: not in an import or export, a type, `instanceof`, nor before a dot. */
function isValue(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isExportAssignment(parent) || ts.isTypeNode(parent) || ts.isTypeElement(parent)) return false;
  // Through `call`, `apply` and `bind` it is called unseen.
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
    return /^(?:call|apply|bind)$/.test(parent.name.text);
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return false;
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent)) return false;
  return !ts.isClassLike(parent) && !ts.isFunctionLike(parent) && !ts.isQualifiedName(parent);
}

function isKeyOfAccess(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && ts.isElementAccessExpression(node.parent);
}

/** `new this(…)` in a static member. */
function isMade(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword && ts.isNewExpression(node.parent);
}

/** What a name gets where it stands; of more than one value the whole that they come from, which tells nothing. */
export function writtenTo(name: ts.Node): ts.Expression | undefined {
  const node = outermost(name);
  const { parent } = node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent))
    return parent.initializer === node ? parent.expression : undefined;
  if (!ts.isBinaryExpression(parent) || parent.left !== node || !isAssignment(parent)) return patternAround(node);
  // `[name = 'default'] = values` is a pattern, too.
  return patternAround(parent) ?? (isPlainAssignment(parent) ? parent.right : parent);
}

/** The assignment that takes a value apart: `({ a, b: [c] } = value)`. */
function patternAround(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent)) {
    const { parent: around } = parent;
    if (ts.isForOfStatement(around) && around.initializer === parent) return around.expression;
    if (ts.isBinaryExpression(around) && around.left === parent && isAssignment(around))
      return patternAround(around) ?? around;
    return patternAround(parent);
  }
  const isPart =
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent));
  return isPart ? patternAround(parent) : undefined;
}

function isAssignment({ operatorToken }: ts.BinaryExpression): boolean {
  const { kind } = operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
