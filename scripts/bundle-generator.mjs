import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** What every run needs, with all that these load: it is one file, because each file that Node loads costs as much as 20 KB more in one. */
const needed = ['generator/cli/command.ts'];

/** What looks like a package and is part of the bundle: our own, the part of Handlebars that runs templates, and what lowered syntax calls. */
const inside = /^(?:generator\/|handlebars\/runtime\.js$|@oxc-project\/runtime\/helpers\/)/;

/**
 * Bundles the programs of the generator into `dist`: an entry each, one file with all that a small run needs, and one for each part
 * that is loaded only when it is meant. What they import from other packages stays an import, but for the part of Handlebars that runs
 * templates, which is 20 small files of its own.
 *
 * @param {string} root the folder of the repository @param {string} dist
 */
export async function bundleGenerator(root, dist) {
  const build = await rolldown({
    cwd: root,
    input: {
      index: 'generator/index.ts',
      'cli/main': 'generator/cli/main.ts',
      'tools/typescript-hooks': 'generator/tools/typescript-hooks.ts',
    },
    platform: 'node',
    // Node 20 and 22 cannot parse `await using`.
    transform: { target: 'es2022' },
    external: (id) => /^[^./]/.test(id) && !inside.test(id),
    resolve: {
      alias: { 'handlebars/runtime.js': join(root, 'node_modules/handlebars/lib/handlebars.runtime.js') },
    },
    // Else a module that is imported lazily and shared gets one more file that only passes it on.
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      {
        name: 'quick-start',
        renderChunk: (code) => withoutFacades(code),
        generateBundle(_, files) {
          for (const file of Object.values(files)) if (file.type === 'chunk') file.code = inAscii(file.code);
        },
      },
    ],
    onLog: (level, log) => {
      if (level !== 'warn') return;
      throw new Error(`the bundle of the generator: ${log.message}`);
    },
  });
  let common;
  await build.write({
    dir: dist,
    format: 'es',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: {
      groups: [
        {
          debugName: 'generate',
          name: (id, context) => {
            common ??= staticImports(needed, { root, context });
            return common.has(id) ? 'generate' : null;
          },
        },
      ],
    },
    // A command is compiled each time it starts. Functions and classes keep their names, for stack traces.
    minify: { compress: true, mangle: { keepNames: { function: true, class: true } }, codegen: true },
  });
  await build.close();
}

/** Modules and all that they load with themselves. */
function staticImports(entries, { root, context }) {
  const found = new Set();
  const visit = (id) => {
    const info = found.has(id) ? null : context.getModuleInfo(id);
    if (info === null) return;
    found.add(id);
    for (const next of info.importedIds) visit(next);
  };
  for (const entry of entries) visit(join(root, entry));
  return found;
}

/**
 * To import a part of Node is to ask for every name that it exports, which loads what stands behind them: with `node:fs` all streams.
 * To take the same from `process.getBuiltinModule` loads nothing.
 *
 * @param {string} code
 */
function withoutFacades(code) {
  return code.replaceAll(
    /^import \{([^}]*)\} from "(node:[\w/]+)";$/gm,
    (_, names, module) => `const {${names.replaceAll(/ as /g, ': ')}} = process.getBuiltinModule("${module}");`,
  );
}

/**
 * A file in ASCII takes half the memory and is compiled quicker. Only texts and patterns hold other characters, where an escape means
 * the same.
 *
 * @param {string} code
 */
function inAscii(code) {
  const raw = /String\.raw`[^`]*[^\0-\x7F]/.exec(code);
  if (raw !== null) throw new Error(`the bundle of the generator: no escape means the same in ${raw[0]}`);
  return code.replaceAll(/[^\0-\x7F]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
