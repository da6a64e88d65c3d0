import { ts } from 'ts-morph';
import { carriedBy, mayBeAnything, partOf, withoutNone, type Carried } from './carried.js';
import { clientUses } from './client-uses.js';
import { textOf } from './expression.js';
import { together, type Finding, type Look, type Tools } from './finding.js';
import type { Context, Origin } from './origin.js';
import { isPrinted, keepsTypes, unreadCallee } from './unread-code.js';
import { declaredParameter, isCastAt, isWrittenOut, mayGoOn, targetsOf, type ValueTarget } from './value-targets.js';
import { alternativesOf } from './value-types.js';

/**
 * What it means that a cluster or a client goes where its type does not: to `any`, to code that is not read, to an interface of the
 * project's own; by itself, or in what it is a part of. Nothing where its use can be followed from its type.
 */
export function escapeOf(node: ts.Expression, tools: Tools): Look | undefined {
  if (!mayGoOn(node)) return undefined;
  const { checker } = tools.project;
  // The compiler works out the type of a literal anew each time that it is asked.
  if (isWrittenOut(node) && waysOn(node, tools).length === 0) return undefined;
  const type = withoutNone(checker.getTypeAtLocation(node), checker);
  if ((type.flags & ts.TypeFlags.InstantiableNonPrimitive) !== 0) return opaqueEscape(node, type, tools);
  if ((type.flags & ts.TypeFlags.Unknown) !== 0) return isCastAt(node) ? opaqueEscape(node, type, tools) : undefined;
  if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.UnionOrIntersection)) === 0) return undefined;
  const value: Value = { type, node, origins: (context) => tools.flow.origins(node, context) };
  const looks = waysOn(node, tools).flatMap((way) => escapesTo(value, way, tools));
  return looks.length === 0 ? undefined : (context) => together(looks.map((look) => look(context)));
}

/** Of a type parameter, or `unknown`, only those who call tell what it is; that matters where the code stops to treat it as any value. */
function opaqueEscape(node: ts.Expression, type: ts.Type, tools: Tools): Look | undefined {
  const { checker } = tools.project;
  const ways = waysOn(node, tools).filter(
    ({ type: to }) => to !== type && (withoutNone(to, checker).flags & ts.TypeFlags.InstantiableNonPrimitive) === 0,
  );
  if (ways.length === 0) return undefined;
  return (context) => {
    const looks = tools.flow.origins(node, context).flatMap((origin) => {
      if (origin.t !== 'expression') return [];
      const value = { type: checker.getTypeAtLocation(origin.node), node, origins: () => [origin] };
      return ways.flatMap((way) => escapesTo(value, way, tools));
    });
    return together(looks.map((look) => look(context)));
  };
}

/** A value that goes on. */
export interface Value {
  readonly type: ts.Type;
  /** As messages show it: an expression, a class or a type. */
  readonly node: ts.Node;
  readonly origins: (context: Context) => readonly Origin[];
}

/** What a value is taken for where it goes. */
interface Way extends ValueTarget {
  /** The function of a package that takes it. */
  readonly reader?: string;
}

function waysOn(node: ts.Expression, tools: Tools): Way[] {
  const { checker } = tools.project;
  const reader = unreadCallee(node, tools);
  // The parts of a literal are looked at one by one.
  if (reader !== undefined && isWrittenOut(node)) return [];
  if (reader === undefined) return isPrinted(node) ? [] : targetsOf(node, tools.project);
  const declared = declaredParameter(node, checker);
  const isPart = partOf(checker.getTypeAtLocation(node), tools) !== undefined;
  if (!isPart && declared !== undefined && keepsTypes(declared, checker)) return [];
  return [{ type: checker.getAnyType(), isCast: false, isForced: false, reader }];
}

/** What it means that a value, with all that it holds, is taken for something else. */
export function escapesTo(value: Value, { type, isCast, isForced, reader }: Way, tools: Tools): Look[] {
  const { checker } = tools.project;
  const target = isForced ? checker.getAnyType() : type;
  return carriedBy(value.type, target, tools, { isCast, isRead: reader === undefined }).flatMap((carried) => {
    if (reader !== undefined) return [() => said(value, carried, `to ${reader}, whose code is not read`)];
    if (isForced || alternativesOf(carried.target).some((one) => mayBeAnything(one, checker)))
      return [
        () => said(value, carried, `where its type is \`${checker.typeToString(isForced ? type : carried.target)}\``),
      ];
    return carried.part === 'Reflector' ? [] : (structuralUse(value, carried, tools) ?? []);
  });
}

/** An interface of the project's own stands for the members that it has. */
function structuralUse(value: Value, carried: Carried, tools: Tools): Look | undefined {
  const { path, part, type, target } = carried;
  const { checker } = tools.project;
  const isObject = ({ flags }: ts.Type): boolean => (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  const properties = alternativesOf(target).flatMap((one) => (isObject(one) ? checker.getPropertiesOfType(one) : []));
  const members = properties.flatMap((property) => {
    // `Pick<Client, 'get'>` has the members themselves: their use is found where it is.
    if (tools.types.memberOf(property) !== undefined) return [];
    return tools.types.memberOf(checker.getPropertyOfType(type, property.name)) ?? [];
  });
  if (part === 'Cluster') {
    const used = members.find(({ name }) => name === 'request' || name === 'resource');
    return used && ((): Finding => said(value, carried, `on as \`${checker.typeToString(target)}\``));
  }
  if (members.length === 0) return undefined;
  return (context) => {
    const object = (): Origin[] =>
      path.reduce<Origin[]>(
        (origins, name) => (name === undefined ? elementsOf(value) : tools.flow.propertyOf(origins, name)),
        [...value.origins(context)],
      );
    const uses = members.map((member) =>
      clientUses({ member, call: undefined, objectType: type, object }, context, tools),
    );
    return together(uses);
  };
}

function elementsOf({ node }: Value): Origin[] {
  return [{ t: 'open', why: `what ${shownOf(node)} holds is known only at run time` }];
}

const what = {
  Cluster: 'the cluster',
  Client: 'the client',
  StatusClient: 'the client of the status',
  ScaleClient: 'the client of the scale',
  Reflector: 'the class of a reflector',
};

/** A class by its name, all else as it stands. */
export function shownOf(node: ts.Node): string {
  return ts.isClassLike(node) ? `\`${node.name?.text ?? 'class'}\`` : textOf(node);
}

function said({ node }: Value, { path, part }: Carried, where: string): Finding {
  const text = shownOf(node);
  const names = path.flatMap((name) => name ?? []);
  const inside = names.length === 0 ? `in ${text}` : `\`${names.join('.')}\` of ${text}`;
  const shown = path.length === 0 ? text : inside;
  return {
    unfollowed: [
      {
        message: `${what[part]} ${shown} goes ${where}: what is done with it there cannot be followed`,
        hint: 'Keep its type, or look through that code yourself',
      },
    ],
  };
}
