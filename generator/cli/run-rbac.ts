import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { readInputs } from '../load/read.js';
import { compare } from '../rbac/compare.js';
import { createFileFilter, type FileFilter } from '../rbac/file-pattern.js';
import type { Account } from '../rbac/grants.js';
import { readManifests, type RbacManifests } from '../rbac/read-manifests.js';
import { manifestOf, type RoleNames } from '../rbac/manifest.js';
import { rbac, type RbacResult } from '../rbac/rbac.js';
import { systemErrorReason } from '../system-error.js';
import type { FoundCode, ProjectFault } from '../tools/code-uses/found.js';
import type { RbacArgs } from './args.js';
import { diagnosticLines } from './diagnostic-lines.js';
import type { ExitCode } from './outcome.js';
import { printError, printOut } from './print.js';
import { comparedText, rbacJson, rbacNotes, type RbacReport } from './rbac-report.js';
import { ownVersion } from './version.js';

/** `kube-gen rbac [tsconfig]`: the roles go to stdout or a file, faults and what cannot be followed to stderr. Returns the exit code. */
export async function runRbac(args: RbacArgs): Promise<ExitCode> {
  const report = await reportOf(args);
  for (const line of diagnosticLines(report.diagnostics, args)) printError(`${line}\n`);
  if (args.json) printOut(`${JSON.stringify(rbacJson(report), null, 2)}\n`);
  else if (report.manifest !== undefined && args.out === undefined) printOut(report.manifest);
  else if (report.missing !== undefined) printOut(`${comparedText(report)}\n`);
  return report.exitCode;
}

async function reportOf(args: RbacArgs): Promise<RbacReport> {
  const manifests = args.against.length === 0 ? undefined : await readAgainst(args);
  const names = namesOf(args, manifests?.accounts);
  const faults = [...(manifests?.diagnostics ?? []), ...severalAccounts(args, manifests)];
  const exclude = createFileFilter(args.exclude);
  const code = hasErrors(faults) ? [] : await readCode(args, exclude);
  if (!('uses' in code))
    return faulty([...faults, ...code.map((one): Diagnostic => ({ severity: 'error', ...one }))], names);
  const result = rbac(code, names.account.namespace);
  const all = { ...result, diagnostics: [...faults, ...unusedPatterns(exclude), ...result.diagnostics] };
  return manifests === undefined ? printed(all, names, args) : compared(all, names, { args, manifests });
}

async function readAgainst({ against }: RbacArgs): Promise<RbacManifests> {
  const { sources, diagnostics } = await readInputs(against);
  const read = await readManifests(sources);
  return { ...read, diagnostics: [...diagnostics, ...read.diagnostics] };
}

/** Whose rights are meant must be clear. */
function severalAccounts({ serviceAccount }: RbacArgs, manifests: RbacManifests | undefined): Diagnostic[] {
  if (serviceAccount !== undefined || manifests === undefined || manifests.accounts.length < 2) return [];
  const all = manifests.accounts.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  const message = `the manifests bind roles to several accounts: ${all}`;
  return [{ severity: 'error', message, hint: 'Name one with --service-account' }];
}

function compared(
  result: RbacResult,
  names: RoleNames,
  { args, manifests }: { readonly args: RbacArgs; readonly manifests: RbacManifests },
): RbacReport {
  const granted = manifests.grantsTo(names.account);
  const { missing, diagnostics } = compare(result.needs, granted.grants);
  const isIncomplete = args.strict && result.unfollowed.length > 0;
  return {
    ...result,
    names,
    manifest: undefined,
    missing,
    diagnostics: [...result.diagnostics, ...granted.diagnostics, ...diagnostics],
    exitCode: missing.length > 0 || isIncomplete ? 1 : 0,
    version: ownVersion(),
  };
}

function printed(result: RbacResult, names: RoleNames, args: RbacArgs): RbacReport {
  const manifest = manifestOf(result.roles, names, rbacNotes(result));
  const fault = args.out === undefined ? undefined : write(args.out, manifest);
  const diagnostics = [...result.diagnostics, ...(fault === undefined ? [] : [fault])];
  const isIncomplete = args.strict && result.unfollowed.length > 0;
  const exitCode = hasErrors(diagnostics) ? 2 : isIncomplete ? 1 : 0;
  return { ...result, names, manifest, diagnostics, exitCode, version: ownVersion() };
}

function faulty(diagnostics: readonly Diagnostic[], names: RoleNames): RbacReport {
  const nothing = { needs: { rights: [], paths: [], given: [] }, roles: [], unfollowed: [] };
  return { ...nothing, names, manifest: undefined, diagnostics, exitCode: 2, version: ownVersion() };
}

/** ts-morph is loaded only now. */
async function readCode({ tsconfig }: RbacArgs, exclude: FileFilter): Promise<FoundCode | readonly ProjectFault[]> {
  const [{ openProject }, { findUses }] = await Promise.all([
    import('../tools/code-uses/open-project.js'),
    import('../tools/code-uses/find-uses.js'),
  ]);
  const project = openProject({ tsconfig, isExcluded: (file) => exclude.matches(file) });
  return 'program' in project ? findUses(project) : project;
}

function unusedPatterns(exclude: FileFilter): Diagnostic[] {
  const hint = "Patterns stand for whole paths from here: 'src/dev', '**/*.test.ts'";
  return exclude.unused().map((pattern) => {
    return { severity: 'warning', message: `the pattern ${JSON.stringify(pattern)} matches no file of the code`, hint };
  });
}

/** What the roles are called, and the account: as the options say, else that of the manifests, else as the package of the project is called. */
function namesOf({ tsconfig, name, serviceAccount }: RbacArgs, bound: readonly Account[] = []): RoleNames {
  const project = projectName(dirname(resolve(tsconfig.endsWith('.json') ? tsconfig : `${tsconfig}/tsconfig.json`)));
  const own = name ?? project;
  const [namespace, account = own] = serviceAccount?.split('/') ?? [];
  const [only] = bound;
  if (namespace !== undefined) return { name: own, account: { namespace, name: account } };
  // A role may be called what an account may not.
  const likeRole = /^[a-z0-9][-.a-z0-9]*$/.test(own) ? own : project;
  return { name: own, account: only ?? { namespace: 'default', name: likeRole } };
}

function projectName(folder: string): string {
  for (let next = folder; ; next = dirname(next)) {
    const name = packageName(`${next}/package.json`) ?? (next === dirname(next) ? basename(folder) : undefined);
    const words = name
      ?.replace(/^@[^/]*\//, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
    if (words !== undefined) return words === '' ? 'app' : words;
  }
}

function packageName(file: string): string | undefined {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown } | null;
    return typeof found?.name === 'string' ? found.name : undefined;
  } catch (error) {
    // None there, or none that can be read: the next folder up may have one.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

/** All or nothing: who reads the file meanwhile sees the old text. A pipe or a device is written to, and so is what a link leads to. */
function write(file: string, text: string): Diagnostic | undefined {
  let waiting: string | undefined;
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    const isFile = there?.isFile() !== false;
    const place = there !== undefined && isFile ? realpathSync(file) : file;
    // Made only where there is nothing, so that a file in the way is told as what it is.
    if (!existsSync(dirname(place))) mkdirSync(dirname(place), { recursive: true });
    waiting = isFile ? `${place}.${process.pid}.tmp` : undefined;
    writeFileSync(waiting ?? place, text);
    if (waiting !== undefined) renameSync(waiting, place);
    return undefined;
  } catch (error) {
    if (waiting !== undefined && existsSync(waiting)) rmSync(waiting);
    return { severity: 'error', file, message: `cannot be written: ${systemErrorReason(error)}` };
  }
}
