import type { ts } from 'ts-morph';
import type { CodeIndex, Handing } from './code-index.js';
import type { OpenProject } from './open-project.js';
import type { Context, Origin } from './origin.js';
import type { RuntimeTypes } from './runtime-types.js';
import type { Trail } from './trail.js';

/** What the ways to follow a value ask of each other: each place leads on to places of other sorts. */
export interface Following {
  readonly project: OpenProject;
  readonly index: CodeIndex;
  readonly types: RuntimeTypes;
  /** Where the value of an expression comes from. */
  origins(node: ts.Expression, context: Context, trail: Trail | undefined): Origin[];
  /** What a name or field gets that the code writes to. */
  assigned(written: ts.Expression, context: Context, trail: Trail | undefined): Origin[];
  /** What a name stands for. */
  named(symbol: ts.Symbol | undefined, node: ts.Expression, context: Context, trail: Trail | undefined): Origin[];
  parameter(parameter: ts.ParameterDeclaration, context: Context, trail: Trail | undefined): Origin[];
  /** The field of each of these objects. */
  propertyOf(objects: readonly Origin[], name: string, trail: Trail | undefined): Origin[];
  argument(
    call: ts.CallExpression | ts.NewExpression,
    at: number,
    context: Context,
    trail: Trail | undefined,
  ): Origin[];
  returned(fn: ts.SignatureDeclaration, context: Context, trail: Trail | undefined): Origin[];
  /** What the API server answered with. */
  readonly answers: FollowingAnswers;
}

/** The ways of what the API server answered with; none for all else. */
export interface FollowingAnswers {
  field(object: Origin, name: string, trail: Trail | undefined): Origin[] | undefined;
  /** The elements of a list, where all of it is answers. */
  elements(lists: readonly Origin[], type: ts.Type): Origin[] | undefined;
  /** What the runtime, or a promise, hands to a function. */
  handed(
    parameter: ts.ParameterDeclaration,
    handing: Handing,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] | undefined;
  /** What functions give on that change nothing about names and namespaces. */
  passedOn(call: ts.CallExpression, context: Context, trail: Trail | undefined): Origin[] | undefined;
  isAnswer(origin: Origin): boolean;
}

/** Nothing, as a value may be. */
export const nothing: Origin = { t: 'none' };

export const tooFar: Origin = { t: 'open', why: 'it comes through too many places' };
