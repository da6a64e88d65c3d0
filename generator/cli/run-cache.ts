import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import type { Summary } from '../generate.js';
import type { Source } from '../load/documents.js';
import { systemErrorCode } from '../system-error.js';
import { sha256 } from '../write/sha256.js';
import type { Job } from './job.js';

/** What the last run into an output folder found, so that the same run need not parse everything again. */
export interface CachedRun {
  /** The hash of the manifest that it left. */
  readonly manifest: string;
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
}

/** The memory of runs, for one run. */
export interface RunCache {
  /** What the last run gave, if it had the same inputs, options and kube-gen. */
  load(): CachedRun | undefined;
  /** Remembers a run, which is asked for only where it is remembered; `undefined` where it cannot be. */
  save(run: () => CachedRun | undefined): void;
}

const noCache: RunCache = { load: () => undefined, save: () => undefined };

/** Smaller inputs are read as quickly as remembered. */
const leastCharacters = 256 * 1024;

/**
 * Remembers large runs in `${XDG_CACHE_HOME:-~/.cache}/kube-gen/runs`, one file for each output folder: not in the output, where a hash
 * of all inputs would be a merge conflict each time. A cache that cannot be read or written is no cache; nothing depends on it.
 */
export function createRunCache(
  sources: readonly Source[],
  o: {
    readonly job: Omit<Job, 'inputs'>;
    /** The texts of its templates. */
    readonly templates: Readonly<Record<string, string>>;
    readonly version: string;
    /** Tells builds of one version apart; nothing is remembered without it. */
    readonly built: number | undefined;
  },
): RunCache {
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (size < leastCharacters || o.built === undefined) return noCache;
  const file = cacheFile(o.job.out);
  if (file === undefined) return noCache;
  const key = keyOf(sources, o);
  return {
    load: () => read(file, key),
    save: (run) => {
      const made = run();
      if (made !== undefined) write(file, { key, ...made });
    },
  };
}

function keyOf(sources: readonly Source[], o: Parameters<typeof createRunCache>[1]): string {
  const { include, exclude, versions, docs, importExtension, paths } = o.job;
  const sorted = [...sources].sort((a, b) => byText(a.file, b.file));
  return sha256(
    JSON.stringify([o.version, o.built, include, exclude, versions, docs, importExtension, paths, o.templates]),
    ...sorted.flatMap(({ file, text, found, isOutside }) => [
      JSON.stringify([file, found === true, isOutside === true, text.length]),
      text,
    ]),
  );
}

/** `undefined` where there is no place for it. */
function cacheFile(out: string): string | undefined {
  const base = cacheHome();
  const name = sha256(resolve(out)).slice(0, 32);
  return base === undefined ? undefined : join(base, 'kube-gen/runs', `${name}.json`);
}

/** A relative one would be another one in each folder; the convention is to ignore it. */
function cacheHome(): string | undefined {
  const home = process.env['XDG_CACHE_HOME'];
  if (home !== undefined && isAbsolute(home)) return home;
  const own = userHome();
  return own !== undefined && isAbsolute(own) ? join(own, '.cache') : undefined;
}

function userHome(): string | undefined {
  try {
    // Not imported: only a large run needs it.
    return process.getBuiltinModule('node:os').homedir();
  } catch (error) {
    // In a container the user may have a number and nothing else.
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

function read(file: string, key: string): CachedRun | undefined {
  try {
    // Our own file: its key says that this very version wrote it.
    const run = JSON.parse(readFileSync(file, 'utf8')) as (CachedRun & { readonly key: string }) | null;
    return run?.key === key ? run : undefined;
  } catch (error) {
    if (systemErrorCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function write(file: string, run: CachedRun & { readonly key: string }): void {
  try {
    const folder = dirname(file);
    // A home that is not there is not made: containers name homes that nobody wants.
    if (!existsSync(join(folder, '../../..'))) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(run), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
  } catch (error) {
    // A home that is read-only or missing, as in many containers, costs time and nothing else.
    if (systemErrorCode(error) === undefined) throw error;
  }
}
