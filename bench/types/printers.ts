import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../../generator/index.js';
import { normalise } from '../../tests/readers/normalise.js';
import { type Reader, readers } from '../../tests/readers/readers.js';
import { readYamlDocuments } from '@kube-gen/runtime/yaml';

/** Somebody's types for a CRD, written below a folder. */
export interface Printer {
  readonly name: string;
  write(crd: string, folder: string): Promise<void>;
}

interface CrdDocument {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: unknown } }[];
  };
}

/** `peers` is a folder in which `kubernetes-fluent-client`, `@kubernetes-models/crd-generate` and a Node 24 (`node24`) are installed. */
export function printersWith(peers: string): Printer[] {
  return [
    { name: 'kube-gen', write: ours },
    ...readers.map((reader) => ({
      name: reader.name,
      write: (crd: string, folder: string) => plain(reader, crd, folder),
    })),
    {
      name: 'kubernetes-fluent-client',
      write: (crd, folder) => {
        const cli = join(peers, 'node_modules/.bin/kubernetes-fluent-client');
        execFileSync(join(peers, 'node_modules/node24/bin/node'), [cli, 'crd', crd, folder], { stdio: 'pipe' });
        return Promise.resolve();
      },
    },
    {
      name: '@kubernetes-models/crd-generate',
      write: (crd, folder) => {
        const code = `require('@kubernetes-models/crd-generate').generate({ input: require('node:fs').readFileSync(${JSON.stringify(crd)}, 'utf8'), outputPath: ${JSON.stringify(folder)} })`;
        execFileSync(process.execPath, ['-e', code], { cwd: peers, stdio: 'pipe' });
        return Promise.resolve();
      },
    },
  ];
}

async function ours(crd: string, folder: string): Promise<void> {
  const { files } = await generate([{ file: crd, text: readFileSync(crd, 'utf8') }]);
  for (const { path, content } of files) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

async function plain(reader: Reader, crd: string, folder: string): Promise<void> {
  const [document] = readYamlDocuments(readFileSync(crd, 'utf8'));
  // A CRD of the corpus, which a real API server has taken.
  const { spec } = document as CrdDocument;
  for (const { name, schema } of spec.versions) {
    const identity = { apiVersion: `${spec.group}/${name}`, kind: spec.names.kind };
    writeFileSync(join(folder, `${name}.ts`), await reader.print(normalise(schema.openAPIV3Schema, identity)));
  }
}

/** Every TypeScript file below a folder. */
export function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}
