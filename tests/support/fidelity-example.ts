import type { TestContext } from 'vitest';
import { stringify } from 'yaml';
import { printSmall, type SmallCrd } from './small-crd.js';

declare module 'vitest' {
  interface TaskMeta {
    /** What docs/fidelity.md shows of a test that passed. */
    example?: FidelityExample;
  }
}

/** A rule in one look: what goes in, what comes out. */
export interface FidelityExample {
  readonly given: string;
  readonly printed: string;
}

/** Hands an example to the report of the run, from which docs/fidelity.md is made. */
export function show({ task }: TestContext, { given, printed }: { given: unknown; printed: string }): void {
  const text = typeof given === 'string' ? given : stringify(given, { lineWidth: 90, aliasDuplicateObjects: false });
  task.meta.example = { given: text.trimEnd(), printed: printed.replace(/^\n+|\n+$/g, '') };
}

/** Shows a small CRD and the types that are made of it: those of the kind itself only where the root is the point. */
export function showCrd(context: TestContext, { spec, schema, ...rest }: SmallCrd): void {
  const { text } = printSmall({ ...rest, spec, schema });
  const [, nested = ''] = /^export class [^]*?^\}\n([^]*)/m.exec(text) ?? [];
  const [, root = ''] =
    /\n\n((?:\/\*\*[^]*?\*\/\n)?(?:export )?(?:interface|type) [^]*?)(?:\/\*\*[^/]*?\*\/\n)?export const /.exec(text) ??
    [];
  const given = schema ?? spec ?? rest.version ?? rest.versions ?? rest;
  show(context, { given, printed: spec === undefined && rest.versions === undefined ? root : nested });
}
