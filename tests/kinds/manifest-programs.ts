import { type Compiler, compile, writeProject } from '../support/type-check.js';
import { manifests, mistakeName, modulePath, withMistake } from './fixtures.js';
import { mistakes } from './mistakes.js';

/** The manifests and mistakes as programs that import the modules of a folder `generated` beside them. */
export interface ManifestPrograms {
  /** What a compiler says of them. */
  check(compiler: Compiler): Promise<{
    /** The errors in the modules and in the good manifests. */
    readonly errors: readonly unknown[];
    /** The mistakes that were no error. */
    readonly accepted: readonly string[];
  }>;
}

/** Writes the programs into a folder. */
export function writeManifestPrograms(folder: string): ManifestPrograms {
  const good = [...manifests].map(([key, object], i) => ({ path: `good-${i}.ts`, content: program(key, object) }));
  const bad = mistakes.map((mistake, i) => ({
    name: mistakeName(mistake),
    path: `bad-${i}.ts`,
    content: program(mistake.kind, withMistake(mistake)),
  }));
  writeProject(folder, [...good, ...bad]);
  return {
    async check(compiler) {
      const found = await compile(folder, { compiler, include: ['generated/**/*.ts', 'good-*.ts', 'bad-*.ts'] });
      const failing = new Set(found.map(({ file }) => file));
      return {
        errors: found.filter(({ file }) => !file.startsWith('bad-')),
        accepted: bad.filter(({ path }) => !failing.has(path)).map(({ name }) => name),
      };
    },
  };
}

/** One file an object, so that the errors of each can be told apart; a type is imported under one name. */
function program(key: string, object: unknown): string {
  const kind = key.slice(key.lastIndexOf('/') + 1);
  return `import type { ${kind}Manifest } from './generated/${modulePath(key)}.js';\nexport const object: ${kind}Manifest = ${JSON.stringify(object, null, 1)};\n`;
}
