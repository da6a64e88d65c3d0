import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import type { FoundCode, Unfollowed } from '../tools/code-uses/found.js';
import { extraCheckWarnings } from './extra-checks.js';
import { needsOf } from './needs.js';
import { type Needs } from './right.js';
import { rulesOf, type RuleSet } from './rules.js';

/** What a project needs, and the roles that grant it. */
export interface RbacResult {
  readonly needs: Needs;
  readonly roles: readonly RuleSet[];
  /** What cannot be followed: the roles may lack what is needed there. */
  readonly unfollowed: readonly Unfollowed[];
  readonly diagnostics: readonly Diagnostic[];
}

const testFile = /(?:^|\/)__tests__\/|\.(?:test|spec)\.[cm]?[jt]sx?$/;

/** The least roles for the code of a project. `ownNamespace` is where requests go that name no namespace. */
export function rbac(code: FoundCode, ownNamespace: string): RbacResult {
  const unfollowed = sortedUnique(code.unfollowed);
  const { needs, diagnostics } = needsOf(code, ownNamespace);
  const said = unfollowed.map(({ place, message, hint }): Diagnostic => {
    return { severity: 'warning', ...place, message, ...(hint === undefined ? {} : { hint }) };
  });
  return {
    needs,
    roles: rulesOf(needs),
    unfollowed,
    diagnostics: unique([...said, ...diagnostics, ...extraCheckWarnings(code.uses), ...testWarnings(code)]),
  };
}

/** Rights of tests would be granted to the app. */
function testWarnings({ uses }: FoundCode): Diagnostic[] {
  const files = [...new Set(uses.map(({ place }) => place.file).filter((file) => testFile.test(file)))].sort(byText);
  return files.map((file) => ({
    severity: 'warning',
    file,
    message: 'looks like a test, and what it does is granted, too',
    hint: "Leave tests out: --exclude '**/*.test.ts'",
  }));
}

function unique(all: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function sortedUnique(all: readonly Unfollowed[]): Unfollowed[] {
  const known = new Map(all.map((one) => [JSON.stringify([one.place, one.message]), one]));
  return [...known.values()].sort(
    (a, b) => byText(a.place.file, b.place.file) || a.place.line - b.place.line || byText(a.message, b.message),
  );
}
