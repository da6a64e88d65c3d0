/**
 * Why the types are printed by us: what each type printer makes of the schemas that Kubernetes uses, what it costs to load,
 * and what it costs to print real CRDs.
 *
 *   npx tsx bench/printers/run.ts [crd.yaml …]      (default: the CRDs of the example; needs a build)
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYamlDocuments } from '@kube-gen/runtime/yaml';
import { compile } from 'json-schema-to-typescript';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { generate } from '../../generator/index.js';
import { crdManifest } from '../../tests/support/crd-manifest.js';
import { probes } from './probes.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'kube-gen-printers-'));

interface Printer {
  readonly name: string;
  readonly module: string;
  /** TypeScript text that exports `Value`, the type of a value of the schema. */
  print(schema: object): Promise<string>;
}

const printers: readonly Printer[] = [
  { name: 'kube-gen', module: join(root, 'dist/index.js'), print: ours },
  {
    name: 'json-schema-to-typescript',
    module: 'json-schema-to-typescript',
    print: async (schema) => {
      const text = await compile(structuredClone(schema) as never, 'Value', {
        bannerComment: '',
        additionalProperties: false,
        format: false,
      });
      return /export (?:type|interface) Value\b/.test(text) ? text : `${text}\nexport type Value = unknown;`;
    },
  },
  {
    name: 'openapi-typescript',
    module: 'openapi-typescript',
    print: async (schema) => {
      const document = {
        openapi: '3.0.3',
        info: { title: 'probe', version: '1' },
        paths: {},
        components: { schemas: { Value: structuredClone(schema) } },
      };
      const nodes = await openapiTS(document as never, { additionalProperties: false });
      return `${astToString(nodes)}\nexport type Value = components['schemas']['Value'];`;
    },
  },
];

try {
  console.log('| | right of all answers | import, CPU ms | print, ms |\n| --- | --- | --- | --- |');
  const wrong: string[] = [];
  for (const printer of printers) {
    const { right, all, mistakes } = await judge(printer);
    wrong.push(...mistakes.map((mistake) => `- ${printer.name}: ${mistake}`));
    console.log(
      `| ${printer.name} | ${right} of ${all} | ${importCost(printer.module)} | ${await printCost(printer)} |`,
    );
  }
  console.log(`\nWrong answers:\n${wrong.join('\n')}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function judge(printer: Printer): Promise<{ right: number; all: number; mistakes: string[] }> {
  const dir = join(work, printer.name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  const files: string[] = [];
  const asked: { file: string; answer: boolean; text: string }[] = [];
  for (const [index, probe] of probes.entries()) {
    writeFileSync(join(dir, `probe${index}.ts`), await printer.print(probe.schema));
    const values = [
      ...probe.accepts.map((value) => ({ value, answer: true })),
      ...probe.refuses.map((value) => ({ value, answer: false })),
    ];
    for (const [n, { value, answer }] of values.entries()) {
      const file = join(dir, `ask${index}-${n}.ts`);
      writeFileSync(
        file,
        `import type { Value } from './probe${index}.js';\nexport const value: Value = ${JSON.stringify(value)};\n`,
      );
      files.push(file);
      asked.push({ file, answer, text: `${probe.name}: ${answer ? 'refuses' : 'takes'} ${JSON.stringify(value)}` });
    }
  }
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    types: [],
    skipLibCheck: true,
  });
  const mistakes = asked.filter(({ file, answer }) => {
    const source = program.getSourceFile(file);
    return (program.getSemanticDiagnostics(source).length === 0) !== answer;
  });
  return { right: asked.length - mistakes.length, all: asked.length, mistakes: mistakes.map(({ text }) => text) };
}

async function ours(schema: object): Promise<string> {
  const crd = crdManifest('Probe', { type: 'object', properties: { value: schema } }, { group: 'probe.dev' });
  const { files } = await generate([{ file: 'probe.json', text: JSON.stringify(crd) }]);
  const module = files.find(({ path }) => path.endsWith('/probe.ts'));
  if (module === undefined) throw new Error('no module was made of the probe');
  return `${module.content}\nexport type Value = NonNullable<ProbeManifest['value']>${(schema as { nullable?: boolean; enum?: unknown }).nullable === true && !('enum' in schema) ? ' | null' : ''};\n`;
}

/** CPU of a process that only imports it, less that of an empty one. Median of five. */
function importCost(module: string): string {
  const cpu = (code: string): number =>
    Number(
      execFileSync(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `${code}\nconst { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`,
        ],
        { cwd: root, encoding: 'utf8' },
      ),
    );
  const target = module.startsWith('/') ? new URL(`file://${module}`).href : module;
  const pairs = Array.from({ length: 5 }, () => cpu(`await import(${JSON.stringify(target)});`) - cpu(''));
  return median(pairs).toFixed(0);
}

/** Median of five runs over the schemas of real CRDs. */
async function printCost(printer: Printer): Promise<string> {
  const inputs = process.argv.slice(2);
  const files = inputs.length > 0 ? inputs : [join(root, 'examples/foo-service/crds/foo.yaml')];
  const schemas = files.flatMap((file) => readYamlDocuments(readFileSync(file, 'utf8')).flatMap(schemasOf));
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const start = performance.now();
    for (const schema of schemas) await printer.print(schema);
    times.push(performance.now() - start);
  }
  return median(times).toFixed(0);
}

function schemasOf(document: unknown): object[] {
  const { spec } = document as {
    spec?: { versions?: { schema?: { openAPIV3Schema?: { properties?: Record<string, object> } } }[] };
  };
  return (spec?.versions ?? []).flatMap(({ schema }) => schema?.openAPIV3Schema?.properties?.['spec'] ?? []);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
