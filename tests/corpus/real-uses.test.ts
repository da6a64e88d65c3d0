import { beforeAll, describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.js';
import { compile, type CompileError, writeProject } from '../support/type-check.js';
import { corpusFile, corpusFolder } from './corpus.js';
import { generateCorpus } from './generated-corpus.js';
import { alwaysCompiles, alwaysFails, realMistakes, realUses } from './real-uses.js';
import type { ModuleNames } from './sample-program.js';

const head = (
  module: ModuleNames,
): string => `import { edit, type ApplyOf, type Cluster as Connected, type Draft, type ManifestOf, type MergePatchOf, type ObjectOf, type ReplaceOf } from '@kube-gen/runtime/fetch';
import { ${module.identifier} as definition, type ${module.identifier} as Kind, type ${module.manifest} as Manifest } from './${module.path}.js';
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare const object: Kind; declare const cluster: Connected; const client = cluster.resource(definition);
export type Used = [ApplyOf<{}>, Draft<{}>, Equal<1, 1>, Manifest, ManifestOf<{}>, MergePatchOf<{}>, ObjectOf<{}>, ReplaceOf<{}>]; void [object, client, edit];`;

describe.skipIf(corpusFolder === undefined).each(['typescript7', 'typescript'] as const)(
  'the types of real modules in use, with %s',
  (compiler) => {
    const folder = useTemporaryFolder('real-uses');
    const said = new Map<string, CompileError>();
    const columns = new Map<string, number>();

    beforeAll(async () => {
      const { result, moduleOf } = await generateCorpus(realUses.map(({ file }) => corpusFile(file)));
      const places = new Map<string, string>();
      const programs = realUses.map(({ crd, version, compiles, fails }, i) => {
        const module = moduleOf(crd, version);
        if (module === undefined) throw new Error(`${crd} has no ${version}`);
        const path = `use-${i}.ts`;
        const lines = head(module).split('\n');
        for (const code of [...alwaysCompiles, ...alwaysFails, ...compiles, ...fails]) {
          places.set(`${path}:${lines.push(`export async function f${lines.length}() { ${code} }`)}`, `${crd} ${code}`);
        }
        const identity = `apiVersion: '${module.group}/${version}', kind: '${module.kind}', metadata: { name: 'a' }`;
        for (const { rest } of realMistakes.filter((mistake) => mistake.crd === crd)) {
          const line = `export const m${lines.length} = { ${identity}, ${rest} } satisfies Manifest;`;
          columns.set(`${crd} ${rest}`, line.indexOf('▸') + 1);
          places.set(`${path}:${lines.push(line.replace('▸', ''))}`, `${crd} ${rest}`);
        }
        return { path, content: `${lines.join('\n')}\n` };
      });
      writeProject(folder, [...result.files, ...programs]);
      const errors = await compile(folder, { compiler, include: ['use-*.ts'], runtime: 'declarations' });
      for (const error of errors) {
        const place = `${error.file}:${error.line}`;
        said.set(places.get(place) ?? place, error);
      }
    }, 300_000);

    it.each(realUses)('$crd: helpers and spreading take what is right, and refuse what is wrong', (use) => {
      const wrong = (code: string): string[] => {
        const message = said.get(`${use.crd} ${code}`)?.message;
        return message === undefined ? [] : [`${code}: ${message}`];
      };
      expect([...alwaysCompiles, ...use.compiles].flatMap(wrong)).toEqual([]);
      const fails = [...alwaysFails, ...use.fails];
      expect(fails.filter((code) => wrong(code).length === 0)).toEqual([]);
      expect([...said.keys()].filter((place) => /^use-\d+\.ts:/.test(place))).toEqual([]);
    });

    it.each(realMistakes)('$crd: the message for `$rest` points at the mistake', ({ crd, rest, says }) => {
      const error = said.get(`${crd} ${rest}`);
      expect(error?.message).toContain(says);
      expect(error?.column).toBe(columns.get(`${crd} ${rest}`));
    });
  },
);
