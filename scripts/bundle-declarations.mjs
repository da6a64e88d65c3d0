import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/**
 * Replaces the declarations that tsc wrote below `dist` by one file for each entry, and one for each part that several share: a
 * compiler takes longer to find and open twenty small files than to read one. What no entry shows is left out.
 *
 * @param {string} dist @param {readonly string[]} entries relative to `dist`, without an extension
 */
export async function bundleDeclarations(dist, entries) {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.d.ts'));
  const build = await rolldown({
    cwd: dist,
    input: Object.fromEntries(entries.map((entry) => [entry, join(dist, `${entry}.d.ts`)])),
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
  for (const path of files) rmSync(join(dist, path));
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
