/**
 * Compiles runtime/scanner/scan.ts to WebAssembly, and puts it as text into runtime/src/wire/scanner-module.ts. The compiler takes ten
 * seconds: it is not asked when neither the source nor the result changed since it was asked last.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const made = join(root, 'runtime/src/wire/scanner-module.ts');
const stamp = join(root, 'node_modules/.cache/kube-gen/built-scanner');
const sources = [
  'runtime/scanner/scan.ts',
  'runtime/scanner/values.ts',
  'scripts/build-scanner.ts',
  'node_modules/assemblyscript/package.json',
];

if (!existsSync(made) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint()) {
  writeFileSync(made, moduleOf(await compile()));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint());
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const path of [...sources.map((source) => join(root, source)), made]) hash.update(readFileSync(path));
  return hash.digest('hex');
}

async function compile(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-scanner-'));
  try {
    const wasm = join(folder, 'scan.wasm');
    const options = '--runtime stub --enable simd -O3 --converge --noAssert --initialMemory 5 --maximumMemory 5';
    // Loading the compiler takes as long as compiling.
    const { main } = await import('assemblyscript/asc');
    const args = ['runtime/scanner/scan.ts', '--baseDir', root, '--outFile', wasm, ...options.split(' ')];
    const { error } = await main(args, { stderr: process.stderr });
    if (error !== null) throw error;
    return readFileSync(wasm);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function moduleOf(wasm: Uint8Array): string {
  const lines =
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,120}/g) ?? [];
  return `/** runtime/scanner/scan.ts as WebAssembly, in base64: made by \`npm run scanner\`, never by hand. */
export const scannerModule: string = \`
${lines.join('\n')}
\`;
`;
}
