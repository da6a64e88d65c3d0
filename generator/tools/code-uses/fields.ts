import { ts } from 'ts-morph';
import { mayBeAnything } from './carried.js';
import { memberKeyOf, nameText, textOf, unwrapped, type MemberAccess } from './expression.js';
import { nothing, tooFar, type Following } from './following.js';
import { isRefilled } from './list-of-elements.js';
import { things, type Context, type Origin } from './origin.js';
import { onward, type Trail } from './trail.js';
import { alternativesOf, isAnyOrUnknown, isObject, mayBeNone } from './value-types.js';

const missing: Origin = { t: 'none', isMissing: true };

/** Follows the fields of objects and the members of classes. */
export class Fields {
  readonly #flow: Following;

  constructor(flow: Following) {
    this.#flow = flow;
  }

  /** The field of each of these objects. */
  propertyOf(objects: readonly Origin[], name: string, trail: Trail | undefined): Origin[] {
    const { checker } = this.#flow.project;
    return objects.flatMap((object): Origin[] => {
      if (object.t === 'none') return [missing];
      const answered = this.#flow.answers.field(object, name, trail);
      if (answered !== undefined) return answered;
      if (object.t === 'expression' && ts.isObjectLiteralExpression(object.node))
        return this.#ofLiteral(object.node, name, object.context, trail);
      const type = object.t === 'expression' ? checker.getTypeAtLocation(object.node) : object.type;
      if (type === undefined || isAnyOrUnknown(type))
        return [{ t: 'open', why: object.t === 'open' ? object.why : `${textOf(object.node)} has no type that tells` }];
      // What was awaited on the way is followed to the promise.
      const value = checker.getNonNullableType(checker.getAwaitedType(type) ?? type);
      return alternativesOf(value).flatMap((one) => this.#memberOf(object, one, name, trail));
    });
  }

  /** The field of an object that has one of the types that it may have. */
  #memberOf(
    object: Exclude<Origin, { readonly t: 'none' }>,
    type: ts.Type,
    name: string,
    trail: Trail | undefined,
  ): Origin[] {
    const { checker } = this.#flow.project;
    const why = object.t === 'open' ? object.why : `${name} of ${textOf(object.node)} is known only at run time`;
    const symbol = checker.getPropertyOfType(type, name);
    if (symbol === undefined) {
      const mayHave =
        mayBeAnything(type, checker) || (object.t === 'expression' && isSaidToHave(object.node, name, checker));
      return mayHave ? [{ t: 'open', why }] : [missing];
    }
    if (this.#flow.types.isSubresource(symbol)) return [object];
    const found = object.t === 'open' ? [] : this.written(symbol, object.context, trail);
    if (found.length > 0 && this.#isDeclaredByCode(symbol) && (isMade(object) || !this.#isOpen(symbol))) return found;
    return [...found, { t: 'open', why, type: checker.getTypeOfSymbol(symbol), symbol }];
  }

  /** The last that is written counts; what is spread in may have the field or not. */
  #ofLiteral(literal: ts.ObjectLiteralExpression, name: string, context: Context, trail: Trail | undefined): Origin[] {
    const deeper = onward(trail, literal, context);
    if (deeper === 'circle') return [];
    if (deeper === 'too far') return [tooFar];
    const expected = this.#flow.project.checker.getContextualType(literal)?.getProperty(name);
    const own = literal.properties.filter((one) => one.name !== undefined && nameText(one.name) === name);
    const written = [...(expected?.declarations ?? []), ...own].flatMap((one) => this.#flow.index.writesTo(one));
    const found = written.flatMap((one) => this.#flow.assigned(one, context, deeper));
    if (own.some((one) => this.#flow.index.conversions.isUnseen(one))) found.push(setUnseen(name));
    if (isRefilled(literal, this.#flow))
      found.push({ t: 'open', why: `the object ${textOf(literal)} is changed later` });
    for (const property of [...literal.properties].reverse()) {
      if (ts.isSpreadAssignment(property)) {
        const inside = this.propertyOf(this.#spread(property.expression, context, deeper), name, deeper);
        found.push(...inside.filter((one) => one.t !== 'none' || one.isMissing !== true));
        if (inside.some(({ t }) => t === 'none') || inside.length === 0) continue;
        return found;
      }
      if (property.name !== undefined && ts.isComputedPropertyName(property.name)) {
        const computed = this.#flow.project.checker.getTypeAtLocation(property.name.expression);
        if (!computed.isStringLiteral()) return [...found, { t: 'open', why: 'a field has a computed name' }];
        if (computed.value !== name) continue;
      } else if (property.name === undefined || nameText(property.name) !== name) continue;
      if (ts.isPropertyAssignment(property))
        return [...found, ...this.#flow.origins(property.initializer, context, trail)];
      if (ts.isShorthandPropertyAssignment(property)) {
        const symbol = this.#flow.index.symbolAt(property.name);
        return [...found, ...this.#flow.named(symbol, property.name, context, trail)];
      }
      return [...found, { t: 'open', why: `${name} is computed` }];
    }
    return [...found, missing];
  }

  /** What is spread; of a name that cannot be nothing where it stands, only what is there. */
  #spread(expression: ts.Expression, context: Context, trail: Trail): Origin[] {
    const { checker } = this.#flow.project;
    const spread = this.#flow.origins(expression, context, trail);
    const plain = unwrapped(expression);
    const type = checker.getTypeAtLocation(plain);
    const isThere = ts.isIdentifier(plain) && isObject(checker.getAwaitedType(type) ?? type);
    return isThere ? [...things(spread)] : spread;
  }

  /** What is written to a member, wherever the code does. */
  written(symbol: ts.Symbol, context: Context, trail: Trail | undefined): Origin[] {
    const own = symbol.declarations ?? [];
    const declarations = [...own, ...own.flatMap((one) => this.#flow.index.overridesOf(one))];
    return declarations.flatMap((declaration): Origin[] => {
      const deeper = onward(trail, declaration, context);
      if (deeper === 'circle') return [];
      if (deeper === 'too far') return [tooFar];
      const writes = this.#flow.index.writesTo(declaration);
      const filled = ts.isClassLike(declaration.parent)
        ? this.#filled(declaration.parent, symbol.name, context, deeper)
        : [];
      const written = [...writes, ...this.#flow.index.fieldsFor(declaration)].flatMap((one) =>
        this.#flow.assigned(one, context, deeper),
      );
      written.push(...filled);
      if (this.#flow.index.conversions.isUnseen(declaration)) written.push(setUnseen(symbol.name));
      if (ts.isPropertyAssignment(declaration))
        return [...written, ...this.#flow.origins(declaration.initializer, context, deeper)];
      if (ts.isShorthandPropertyAssignment(declaration)) {
        const value = this.#flow.index.symbolAt(declaration.name);
        return [...written, ...this.#flow.named(value, declaration.name, context, deeper)];
      }
      if (ts.isPropertyDeclaration(declaration) && declaration.initializer !== undefined)
        return [...written, ...this.#flow.origins(declaration.initializer, context, deeper)];
      if (ts.isParameter(declaration)) return [...written, ...this.#flow.parameter(declaration, context, deeper)];
      if (ts.isGetAccessorDeclaration(declaration)) return this.#flow.returned(declaration, context, deeper);
      const isUnset =
        written.length > 0 &&
        ts.isPropertyDeclaration(declaration) &&
        mayBeNone(this.#flow.project.checker.getTypeAtLocation(declaration)) &&
        !writes.some((one) => ts.findAncestor(one, (around) => ts.isConstructorDeclaration(around)) !== undefined);
      return isUnset ? [...written, nothing] : written;
    });
  }

  /** What a field gets by `Object.assign(this, options)`. */
  #filled(owner: ts.Node, name: string, context: Context, trail: Trail | undefined): Origin[] {
    const sources = this.#flow.index.conversions.filledFrom(owner);
    const found = sources.flatMap((one) => this.propertyOf(this.#flow.origins(one, context, trail), name, trail));
    return found.filter((one) => one.t !== 'none' || one.isMissing !== true);
  }

  /** Whether all that a member may be shows where it is written. */
  showsWhole(symbol: ts.Symbol, access: MemberAccess): boolean {
    const key = memberKeyOf(access);
    if ((key !== undefined && ts.isPrivateIdentifier(key)) || this.#flow.types.memberOf(symbol) !== undefined)
      return true;
    return (
      this.#isDeclaredByCode(symbol) &&
      !this.#isOpen(symbol) &&
      !mayBeNone(this.#flow.project.checker.getTypeAtLocation(access))
    );
  }

  /** Whether a member is declared by the class that makes it, not by what anything may fit: an interface, or the type of an object. */
  #isDeclaredByCode({ declarations = [] }: ts.Symbol): boolean {
    return declarations.every((one) => !isOfType(one) && this.#flow.project.isOwn(one.getSourceFile()));
  }

  /** Whether the member is of a class that other objects are taken for. */
  #isOpen({ declarations = [] }: ts.Symbol): boolean {
    return declarations.some(({ parent }) => this.#flow.index.conversions.isOpen(parent));
  }
}

/** A field of an interface, or of an object that is written out, whose type others may have. */
function isOfType(declaration: ts.Declaration): boolean {
  return (
    ts.isPropertySignature(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration)
  );
}

function setUnseen(name: string): Origin {
  return { t: 'open', why: `${name} may be set where that cannot be followed` };
}

function isMade(object: Origin): boolean {
  return (
    object.t === 'expression' && (ts.isNewExpression(object.node) || object.node.kind === ts.SyntaxKind.ThisKeyword)
  );
}

/** Whether a cast says that a value has a field that its own type does not have. */
function isSaidToHave(node: ts.Expression, name: string, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (!ts.isExpression(parent) || ts.isFunctionLike(parent) || unwrapped(parent) !== node) return false;
  const isCast = ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent);
  const isSaid = isCast && checker.getTypeFromTypeNode(parent.type).getProperty(name) !== undefined;
  return isSaid || isSaidToHave(parent, name, checker);
}
