import { lstatSync, readFileSync } from 'node:fs';
import { systemErrorCode } from '../system-error.js';
import { createFolderCheck } from './folder-check.js';
import { hashOf, manifestName, parseManifest } from './manifest.js';
import type { OutputFault } from './output-error.js';
import type { Plan, PlanEntry } from './plan.js';

/** The hash of an output folder's manifest, which names the hash of every other file; `undefined` where there is none. */
export function manifestHash(out: string): string | undefined {
  const text = readManifestText(out);
  return text === undefined ? undefined : hashOf(text);
}

/**
 * A plan that changes nothing, if the folder still holds exactly what a run wrote whose manifest had this hash; else `undefined`. It
 * needs no contents: each file is compared with its hash.
 */
export function planUntouched(out: string, hash: string): Plan | undefined {
  const text = readManifestText(out);
  const manifest = text === undefined || hashOf(text) !== hash ? undefined : parseManifest(text);
  if (text === undefined || manifest === undefined) return undefined;
  const faults: OutputFault[] = [];
  const check = createFolderCheck(out, faults);
  for (const [path, wanted] of manifest.files) {
    if (!check(path) || !isFileWith(`${out}/${path}`, wanted)) return undefined;
  }
  const entries = [...manifest.files.keys()].sort().map((path): PlanEntry => ({ t: 'unchanged', path }));
  return {
    out,
    entries,
    manifest: { t: 'unchanged', path: manifestName },
    seen: text,
    journal: text,
    writtenBy: manifest.version,
    abandoned: [],
  };
}

function readManifestText(out: string): string | undefined {
  const file = `${out}/${manifestName}`;
  return isRegularFile(file) ? readFileSync(file, 'utf8') : undefined;
}

function isFileWith(file: string, hash: string): boolean {
  return isRegularFile(file) && hashOf(readFileSync(file)) === hash;
}

/** No link, no folder; what cannot even be looked at is none either: the whole run will say why. */
function isRegularFile(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}
