import { Random } from '../simulator/random.js';
import { literal } from '../support/literal.js';
import { print, smallCrd } from '../support/small-crd.js';
import { compile, writeProject } from '../support/type-check.js';
import { type Schema, storedAs } from './judge.js';
import { otherDefaults, randomRoot } from './random-schema.js';
import { randomValue } from './random-value.js';

/** A random schema, with values that the judge takes or refuses. One seed makes one case, whatever stands beside it. */
export interface FuzzCase {
  readonly seed: number;
  readonly schema: Schema;
  /** That of the version that is stored, where it is another one: it has other defaults (V10). */
  readonly storage?: Schema;
  /** `stored` is what a read shows of an object; absent where the stored version does not take it. */
  readonly accepted: readonly { readonly written: unknown; readonly stored?: unknown }[];
  readonly refused: readonly unknown[];
}

/** A value that the judge takes and the types refuse, or types that do not compile. */
export interface Disagreement {
  readonly seed: number;
  readonly what: string;
}

/** What the compiler said about some cases. */
export interface FuzzResult {
  readonly disagreements: readonly Disagreement[];
  /** How many refused values the types refuse too. */
  readonly refusedByTypes: number;
}

const triesPerSchema = 24;
const mostAccepted = 3;
const mostRefused = 1;
const kindsPerFile = 100;

/** The schema and the values of a seed. */
export function fuzzCase(seed: number): FuzzCase {
  const random = new Random(Math.imul(seed, 0x9e3779b1));
  const schema = randomRoot(random);
  const storage = random.percent(20) ? otherDefaults(random, schema) : undefined;
  const accepted: { written: unknown; stored?: unknown }[] = [];
  const refused: unknown[] = [];
  // The server demands of a whole object what it demands of an embedded one.
  const headOf = (root: Schema): Schema => ({ ...root, 'x-kubernetes-embedded-resource': true });
  for (let i = 0; i < triesPerSchema && accepted.length < mostAccepted; i += 1) {
    const written = { ...(randomValue(random, schema) as object), ...headFields(seed) };
    const judged = storedAs(written, headOf(schema));
    const read = storage === undefined ? judged : storedAs(written, headOf(storage));
    if (judged !== undefined) accepted.push({ written, ...read });
    else if (refused.length < mostRefused) refused.push(written);
  }
  return { seed, schema, ...(storage && { storage }), accepted, refused };
}

/** What kube-gen makes of one schema, without comments: the types only. */
export function typesOf(cases: readonly FuzzCase[]): Map<number, string> {
  const crds = cases.map(({ seed, schema, storage }) => {
    const versions = storage && [
      { schema, storage: false },
      { schema: storage, storage: true },
    ];
    return smallCrd({ kind: kindOf(seed), schema, ...(versions && { versions }) });
  });
  const { files } = print(crds, { docs: false });
  const texts = new Map<number, string>();
  for (const [path, content] of Object.entries(files)) {
    if (!path.startsWith('example.dev/v1/')) continue;
    const [, seed] = /^export const K(\d+)K = /m.exec(content) ?? [];
    if (seed === undefined) continue;
    // The definition and the reflector are the same for all, and cost a compiler more than the types do.
    const types = content
      .replace(/^import [^]*?;\n/m, '')
      .replace(/^export const [^]*?^\}\);\n/m, '')
      .replace(/^export class [^]*?^\}\n/m, '')
      .replace(/^(?:\/\/|\/\*).*\n/gm, '');
    texts.set(Number(seed), types.trim());
  }
  return texts;
}

function headFields(seed: number): Record<string, unknown> {
  return { apiVersion: 'example.dev/v1', kind: kindOf(seed), metadata: { name: 'a' } };
}

function kindOf(seed: number): string {
  return `K${seed}K`;
}

const head = `import type {
  EmbeddedMeta, EmbeddedObject, EmptyObject, IntOrString, ManifestMeta, MapOf, NamespacedObjectMeta, OpenEmbeddedObject,
} from '@kube-gen/runtime/codegen1';
`;
/** What the server adds to the metadata. */
const readMeta = {
  name: 'a',
  namespace: 'b',
  uid: 'u',
  resourceVersion: '1',
  creationTimestamp: '2020-01-01T00:00:00Z',
  generation: 1,
};

interface Owner {
  readonly seed: number;
  readonly what: string;
  readonly isRefused: boolean;
}

/** Asks TypeScript about all cases at once, in an empty folder; `distort` may change the types first, to see that lies are found. */
export async function checkCases(
  folder: string,
  cases: readonly FuzzCase[],
  distort: (types: string) => string = (types) => types,
): Promise<FuzzResult> {
  const texts = typesOf(cases);
  const owners = new Map<string, Owner[]>();
  const files: { path: string; content: string }[] = [];
  for (let at = 0; at < cases.length; at += kindsPerFile) {
    const lines = head.trimEnd().split('\n');
    const own: Owner[] = lines.map(() => ({ seed: 0, what: 'the head of the file', isRefused: false }));
    const push = (text: string, owner: Owner): void => {
      for (const line of text.split('\n')) {
        lines.push(line);
        own.push(owner);
      }
    };
    for (const one of cases.slice(at, at + kindsPerFile)) addCase(one, distort(texts.get(one.seed) ?? ''), push);
    const path = `fuzz-${at}.ts`;
    owners.set(path, own);
    files.push({ path, content: `${lines.join('\n')}\n` });
  }
  writeProject(folder, files);
  const errors = await compile(folder, { compiler: 'typescript7', include: ['fuzz-*.ts'] });
  const said = new Map<Owner, string>();
  for (const { file, line, message } of errors) {
    const owner = owners.get(file)?.[line - 1];
    if (owner === undefined) throw new Error(`${file}:${line}: ${message}`);
    if (!said.has(owner)) said.set(owner, message);
  }
  const all = [...said];
  return {
    disagreements: all
      .filter(([{ isRefused }]) => !isRefused)
      .map(([{ seed, what }, message]) => ({ seed, what: `${what}: ${message}` })),
    refusedByTypes: all.filter(([{ isRefused }]) => isRefused).length,
  };
}

function addCase(
  { seed, accepted, refused }: FuzzCase,
  types: string,
  push: (text: string, owner: Owner) => void,
): void {
  const kind = kindOf(seed);
  const manifest = `${kind}Manifest`;
  const probe = (name: string, type: string, value: unknown): string =>
    `export const ${kind}${name}: ${type} = ${literal(value, '')};`;
  const own = (what: string, isRefused = false): Owner => ({ seed, what, isRefused });
  push(types, own('does not compile'));
  push(`export const ${kind}f = (object: ${kind}): ${manifest} => object;`, own('the read view is no manifest'));
  for (const [i, { written, stored }] of accepted.entries()) {
    push(probe(`w${i}`, manifest, written), own(`refused to write ${JSON.stringify(written)}`));
    if (stored === undefined) continue;
    push(
      probe(`r${i}`, kind, { ...(stored as object), metadata: readMeta }),
      own(`refused to read ${JSON.stringify(stored)}`),
    );
  }
  for (const [i, value] of refused.entries()) push(probe(`x${i}`, manifest, value), own('', true));
}
