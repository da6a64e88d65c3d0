import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decodeText, InputError, maxInputBytes, tooLarge } from './decode-text.js';
import type { Source } from './documents.js';
import { inputFile, noInputFile } from './read.js';

/**
 * Reads a file, or a folder as `readInputs` does, as it is in a commit: `git:REF:path`, the path relative to the working folder. The working
 * tree and the index stay as they are. Throws an `InputError` that says what is not there.
 */
export async function readGit(input: string, cwd: string = process.cwd()): Promise<Source[]> {
  const { ref, path } = splitGit(input);
  await git(['rev-parse', '--is-inside-work-tree'], cwd, 'this folder belongs to no git repository');
  // With a dash in front a ref would be an option of git.
  const isRef = ref !== '' && !ref.startsWith('-');
  const unknown = `git knows no ${JSON.stringify(ref)} here (a shallow clone lacks most: fetch it first)`;
  if (!isRef) throw new InputError(unknown);
  await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], cwd, unknown);
  const object = `${ref}:./${path}`;
  const missing = `there is no ${JSON.stringify(path)} in ${ref}`;
  const type = (await git(['cat-file', '-t', object], cwd, missing)).toString().trim();
  if (type === 'blob') return [{ file: input, text: await blobText(object, cwd) }];
  const sources: Source[] = [];
  for (const name of await filesBelow(object, cwd)) {
    const folder = path === '' ? '' : `${path.replace(/\/+$/, '')}/`;
    const text = await blobText(`${ref}:./${folder}${name}`, cwd);
    sources.push({ file: `git:${ref}:${folder}${name}`, text, found: true });
  }
  if (sources.length === 0) throw new InputError(noInputFile);
  return sources;
}

function splitGit(input: string): { ref: string; path: string } {
  const [, ref = '', path] = /^git:([^:]*):(.*)$/s.exec(input) ?? [];
  if (path === undefined) throw new InputError('must be git:REF:path, such as git:main:crds/foo.yaml');
  return { ref, path: path.replace(/^(?:\.\/+)+|^\.$/, '') };
}

async function filesBelow(tree: string, cwd: string): Promise<string[]> {
  const list = await git(['ls-tree', '-r', '-z', '--full-tree', tree], cwd, 'cannot be listed');
  return list
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, mode, name] = /^(\d+) blob \w+\t(.*)$/s.exec(line) ?? [];
      // A link (120000) is a text that names another file: its target is read where it lies.
      return name === undefined || mode === '120000' ? [] : [name];
    })
    .filter((name) => inputFile.test(name) && !/(?:^|\/)(?:\.|node_modules\/)/.test(name));
}

async function blobText(object: string, cwd: string): Promise<string> {
  return decodeText(await git(['cat-file', 'blob', object], cwd, 'cannot be read'));
}

async function git(args: readonly string[], cwd: string, otherwise: string): Promise<Buffer> {
  try {
    const options = { cwd, encoding: 'buffer', maxBuffer: maxInputBytes } as const;
    return (await promisify(execFile)('git', [...args], options)).stdout;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new InputError('git is not installed');
    if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') throw new InputError(tooLarge);
    throw new InputError(otherwise);
  }
}
