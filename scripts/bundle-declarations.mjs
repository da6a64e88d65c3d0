import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/**
 * Makes of the declarations that tsc wrote one file for each entry, and one for each part that several share: a compiler takes longer to
 * find and open twenty small files than to read one. What no entry shows is left out.
 *
 * @param {string} from where tsc wrote them @param {string} dist @param {readonly string[]} entries relative to both, without an extension
 */
export async function bundleDeclarations(from, dist, entries) {
  const build = await rolldown({
    cwd: from,
    input: Object.fromEntries(entries.map((entry) => [entry, join(from, `${entry}.d.ts`)])),
    external: [/^node:/, 'js-yaml'],
    plugins: [dts({ dtsInput: true, tsconfig: false })],
    experimental: { attachDebugInfo: 'none' },
  });
  const { output } = await build.generate({ chunkFileNames: 'parts/[name].js', minifyInternalExports: false });
  await build.close();
  const bundled = output.map((chunk) => {
    if (chunk.type !== 'chunk') throw new Error(`${chunk.fileName} is no file of declarations`);
    return { path: join(dist, chunk.fileName), text: referencesOf(Object.keys(chunk.modules)) + chunk.code };
  });
  for (const { path, text } of bundled) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** What these files ask of the compiler beside their imports (`Disposable` is no part of ES2022), which bundling drops. @param {string[]} files */
function referencesOf(files) {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').match(/^\/\/\/ <reference .*\n/gm) ?? []);
  return [...new Set(lines)].join('');
}
