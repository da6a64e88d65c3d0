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

/** The files that kube-gen wrote into an output folder, as its list of them says. */
export function writtenFiles(out: string): string[] {
  const text = readManifestText(out);
  const manifest = text === undefined ? undefined : parseManifest(text);
  return [...(manifest?.files.keys() ?? [])].map((path) => `${out}/${path}`);
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
  return readFile(`${out}/${manifestName}`)?.toString();
}

function isFileWith(file: string, hash: string): boolean {
  const content = readFile(file);
  return content !== undefined && hashOf(content) === hash;
}

/** No link, no folder; what cannot be looked at or read counts as none, too: the whole run will say why. */
function readFile(file: string): Buffer | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file) : undefined;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
