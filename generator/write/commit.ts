import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import { manifestName } from './manifest.js';
import { OutputError, type OutputFault } from './output-error.js';
import type { FileChange, Plan } from './plan.js';
import { utf8Bytes } from './utf8-bytes.js';

/** Where new and old files wait while others are replaced. It is also the lock: making a folder succeeds for one run only. */
const stagingName = '.kube-gen.tmp';

type Undo = () => void;

/**
 * Carries plans out, all or nothing: new files are written beside the old ones first, then put in their places one rename after the
 * other. If anything fails, every file of every folder is what it was before and an `OutputError` says why. Files that do not change are
 * not touched.
 */
export function commitOutput(...plans: readonly Plan[]): void {
  const begun: Work[] = [];
  try {
    for (const plan of plans) {
      const changes = plan.entries.filter((entry) => entry.t !== 'unchanged');
      const work: Work = { plan, changes, staging: `${plan.out}/${stagingName}`, undo: [] };
      if (changes.length === 0 && plan.manifest.t === 'unchanged') {
        removeLeftover(work, { isHolding: begun.length > 0 });
        continue;
      }
      begun.push(work);
      makeFolder(plan.out, work.undo);
      takeStaging(work, { isHolding: begun.length > 1 });
      refuseIfChanged(plan);
      replaceAll(work);
    }
  } catch (error) {
    const kept =
      error instanceof OutputError
        ? error.faults
        : begun.slice(-1).map((work) => fault(work, 'cannot be written', error));
    throw new OutputError([...kept, ...begun.reverse().flatMap(undoAll)]);
  }
  // From here on the new files count; what is left is tidying up.
  for (const work of begun) tidyUp(work);
}

function tidyUp(work: Work): void {
  try {
    rmSync(work.staging, { recursive: true, force: true });
    removeEmptyFolders(work);
  } catch (error) {
    throw new OutputError([fault(work, 'was written, but cannot be tidied up', error)]);
  }
}

/** What a run leaves that is killed when all files are in their places. */
function removeLeftover(work: Work, o: { readonly isHolding: boolean }): void {
  try {
    if (existsSync(work.staging) && workerOn(work.staging, o) === undefined) {
      rmSync(work.staging, { recursive: true, force: true });
    }
  } catch (error) {
    throw new OutputError([fault(work, `${stagingName}, which a killed run left, cannot be removed`, error)]);
  }
}

function undoAll(work: Work): OutputFault[] {
  const { undo } = work;
  const faults: OutputFault[] = [];
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
    try {
      step();
    } catch (error) {
      faults.push(fault(work, 'cannot be put back as it was', error));
    }
  }
  return faults;
}

function fault({ plan: { out } }: Work, what: string, error: unknown): OutputFault {
  return { file: `${out}/`, message: `${what}: ${systemErrorReason(error)}` };
}

/** The work on one folder. */
interface Work {
  readonly plan: Plan;
  readonly changes: readonly FileChange[];
  readonly staging: string;
  readonly undo: Undo[];
}

function replaceAll({ plan, changes, staging, undo }: Work): void {
  const writes = changes.filter((entry) => entry.t === 'write');
  // Everything that takes space happens before the first file is replaced.
  writes.forEach((entry, i) => writeNew(`${staging}/new-${i}`, entry.content));
  writeNew(`${staging}/journal`, plan.journal);
  if (plan.manifest.t === 'write') writeNew(`${staging}/manifest`, plan.manifest.content);
  const manifest = `${plan.out}/${manifestName}`;
  let kept = 0;
  const keep = (file: string): void => {
    const old = `${staging}/old-${kept++}`;
    linkOrCopy(file, old);
    undo.push(() => renameSync(old, file));
  };
  const put = (staged: string, file: string, exists: boolean): void => {
    if (exists) keep(file);
    renameSync(staged, file);
    if (!exists) undo.push(() => unlinkSync(file));
  };
  const hadManifest = plan.manifest.t === 'unchanged' || plan.manifest.exists;
  // Killed between two renames, the next run must know old and new files as its own.
  put(`${staging}/journal`, manifest, hadManifest);
  writes.forEach((entry, i) => {
    const file = `${plan.out}/${entry.path}`;
    makeFolder(dirname(file), undo);
    put(`${staging}/new-${i}`, file, entry.exists);
  });
  for (const entry of changes) {
    if (entry.t !== 'remove') continue;
    keep(`${plan.out}/${entry.path}`);
    unlinkSync(`${plan.out}/${entry.path}`);
  }
  // The old one itself stays where `undo` looks for it: the next folder may fail.
  if (plan.manifest.t === 'unchanged') linkOrCopy(`${staging}/old-0`, `${staging}/manifest`);
  put(`${staging}/manifest`, manifest, true);
}

/** Writes a file that is not there yet. */
function writeNew(file: string, text: string): void {
  writeFileSync(file, utf8Bytes(text), { flag: 'wx' });
}

/** A second name of a file; a copy where the file system has no links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    copyFileSync(from, to);
  }
}

/** Folder by folder: the recursive form of Node 20 never ends where a folder takes no new names, as in /proc. */
function makeFolder(folder: string, undo: Undo[]): void {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const path of missing.reverse()) {
    mkdirSync(path);
    // Only while it is empty: somebody may have put something in it meanwhile.
    undo.push(() => void removeIfEmpty(path));
  }
}

/** `isHolding`: this run holds other folders already, or the same one by another name. */
function takeStaging({ staging, undo }: Work, o: { readonly isHolding: boolean }): void {
  for (let attempt = 0; ; attempt++) {
    try {
      mkdirSync(staging);
      break;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST' || attempt > 0) throw error;
      const worker = workerOn(staging, o);
      if (worker !== undefined) throw busyError(staging, worker);
      rmSync(staging, { recursive: true, force: true });
    }
  }
  undo.push(() => rmSync(staging, { recursive: true, force: true }));
  writeFileSync(`${staging}/pid`, String(process.pid));
}

/** Between making its folder and putting its number in there a run needs less than this, in milliseconds. */
const namelessMs = 5000;

/**
 * The number of the process that works with a staging folder, 0 while it has not put it there; `undefined` when it was killed.
 * `isHolding` as in `takeStaging`.
 */
function workerOn(staging: string, { isHolding }: { readonly isHolding: boolean }): number | undefined {
  const pid = Number(readPid(staging));
  const isNamed = Number.isInteger(pid) && pid > 0;
  const age = Date.now() - (statSync(staging, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (!isNamed) return Math.abs(age) > namelessMs ? undefined : 0;
  // In a container each run may have the same number: one that has ours, and is not this run, is over.
  const isAlive = pid === process.pid ? isHolding : isRunning(pid);
  return isAlive ? pid : undefined;
}

function busyError(staging: string, worker: number): OutputError {
  return new OutputError([
    {
      file: staging,
      message: `another kube-gen${worker === 0 ? '' : ` (process ${worker})`} is writing this folder`,
      hint: `Run kube-gen again when it is done. If none is running, delete ${staging}.`,
    },
  ]);
}

/** The plan was made before this run had the folder for itself. */
function refuseIfChanged({ out, seen }: Plan): void {
  const file = `${out}/${manifestName}`;
  const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (now === seen) return;
  const message = 'another kube-gen has written this folder meanwhile';
  throw new OutputError([{ file: `${out}/`, message, hint: 'Run kube-gen again.' }]);
}

function readPid(staging: string): string {
  try {
    return readFileSync(`${staging}/pid`, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not permitted means that it is there and somebody else's.
    return systemErrorCode(error) === 'EPERM';
  }
}

function removeEmptyFolders({ plan: { out }, changes }: Work): void {
  for (const entry of changes) {
    if (entry.t !== 'remove') continue;
    for (let at = dirname(entry.path); at !== '.'; at = dirname(at)) if (!removeIfEmpty(`${out}/${at}`)) break;
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    // Not empty (some systems say EEXIST), or gone already: both are fine.
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemErrorCode(error) ?? '')) return false;
    throw error;
  }
}
