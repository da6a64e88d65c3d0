import type { CodeIndex } from './code-index.js';
import type { Contexts } from './contexts.js';
import type { Flow } from './flow.js';
import type { FoundPath, FoundUse, Unfollowed } from './found.js';
import type { Literals } from './literals.js';
import type { NamespaceReader } from './namespaces.js';
import type { OpenProject } from './open-project.js';
import type { Context } from './origin.js';
import type { ResourceReader } from './resources.js';
import type { RuntimeTypes } from './runtime-types.js';

/** Everything that reads the code of one project. */
export interface Tools {
  readonly project: OpenProject;
  readonly index: CodeIndex;
  readonly flow: Flow;
  readonly contexts: Contexts;
  readonly literals: Literals;
  readonly namespaces: NamespaceReader;
  readonly types: RuntimeTypes;
  readonly resources: ResourceReader;
}

/** What one place of the code comes to, in one context. */
export interface Finding {
  readonly uses?: readonly Omit<FoundUse, 'place' | 'calledFrom'>[];
  readonly paths?: readonly Omit<FoundPath, 'place'>[];
  readonly unfollowed?: readonly Omit<Unfollowed, 'place'>[];
}

/** Looks at a place of the code in one context. */
export type Look = (context: Context) => Finding;

/** All that several of them come to. */
export function together(all: readonly Finding[]): Finding {
  return {
    uses: all.flatMap(({ uses = [] }) => uses),
    paths: all.flatMap(({ paths = [] }) => paths),
    unfollowed: all.flatMap(({ unfollowed = [] }) => unfollowed),
  };
}
