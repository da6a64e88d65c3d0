import type { ts } from 'ts-morph';
import type { Frame } from './code-index.js';

/** The calls through which an expression is looked at: each fills the parameters of one function. */
export type Context = readonly Frame[];

/** Where a value comes from. */
export type Origin =
  | { readonly t: 'expression'; readonly node: ts.Expression; readonly context: Context }
  /** Nothing: `undefined`, or an argument that is left out. */
  | {
      readonly t: 'none';
      /** Whether not even the field is there, so that a spread leaves what was before it. */
      readonly isMissing?: true;
    }
  /** Not known further; its type may still tell, or the field that it is. */
  | {
      readonly t: 'open';
      readonly why: string;
      readonly type?: ts.Type;
      readonly symbol?: ts.Symbol;
      /** What the API server answered, or a part of it. */
      readonly answer?: Answer;
      /** Whether it is the namespace of the connection. */
      readonly isOwn?: true;
      /** Where it is one of these, else an element of one of the lists. */
      readonly within?: { readonly given: readonly Origin[]; readonly lists: readonly Origin[] };
    };

/** What has fields: of nothing none can be taken, unless there is nothing else. */
export function things(origins: readonly Origin[]): readonly Origin[] {
  const some = origins.filter(({ t }) => t !== 'none');
  return some.length > 0 ? some : origins;
}

/** What a request was answered with, as far as it was taken apart. */
export interface Answer {
  readonly call: ts.CallExpression;
  readonly context: Context;
  readonly shape: AnswerShape;
}

/** `map` and the plurals hold others; `metadata` is that of an object. */
export type AnswerShape = 'object' | 'objects' | 'list' | 'lists' | 'event' | 'events' | 'map' | 'metadata';

/** Thrown where a value depends on who calls a function, and the context does not say. */
export class NeedsCallers extends Error {
  readonly fn: ts.SignatureDeclaration;
  readonly context: Context;

  constructor(fn: ts.SignatureDeclaration, context: Context) {
    super('the callers of a function decide');
    this.fn = fn;
    this.context = context;
  }
}
