import { join } from 'node:path';
import { readYamlDocuments } from '@kube-gen/runtime/yaml';
import { asSchema } from '../../generator/model/raw-schema.js';
import { corpusFile, type Sample } from '../corpus/corpus.js';
import { type ModuleNames, sampleProgram } from '../corpus/sample-program.js';
import { compile, writeProject } from '../support/type-check.js';
import { type JsonSchema, normalise, type Removable, removable } from './normalise.js';
import type { Reader } from './readers.js';

/** One version of a CRD with objects of it. */
export interface Case {
  /** `<plural>.<group>` */
  readonly crd: string;
  readonly version: string;
  readonly samples: readonly Sample[];
}

/** A reader and an API server do not agree about valid objects. */
export interface Disagreement extends Case {
  /** What kind of thing goes wrong. */
  readonly reason: string;
  /** What the reader or the compiler said first. */
  readonly message: string;
}

/** The CRD versions that samples are of, in order. */
export function casesOf(samples: readonly Sample[]): Case[] {
  const found = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = `${sample.crd} ${sample.version}`;
    found.set(key, [...(found.get(key) ?? []), sample]);
  }
  return [...found].map(([key, own]) => {
    const [crd = '', version = ''] = key.split(' ');
    return { crd, version, samples: own };
  });
}

/** Where to work, and on what. */
export interface Asked {
  readonly reader: Reader;
  readonly cases: readonly Case[];
  readonly folder: string;
}

/** Valid objects that the reader's types refuse, with what it stumbles over: the keyword without which it would agree. */
export async function refusedValid({ reader, cases, folder }: Asked): Promise<Disagreement[]> {
  const first = await judge(reader, { cases, folder: join(folder, 'whole'), without: new Set() });
  const refused = first.filter(({ reason }) => reason === refusedReason);
  const again = cases.filter((one) => refused.some((other) => isSame(one, other)));
  const blamed = new Map<Disagreement, string[]>();
  for (const keyword of removable) {
    const left = await judge(reader, { cases: again, folder: join(folder, keyword), without: new Set([keyword]) });
    for (const one of refused) {
      if (!left.some((other) => isSame(one, other))) blamed.set(one, [...(blamed.get(one) ?? []), `\`${keyword}\``]);
    }
  }
  return first.map((one) => ({ ...one, reason: blamed.get(one)?.join(' or ') ?? one.reason }));
}

/** Invalid objects that the reader's types take. */
export async function acceptedInvalid({ reader, cases, folder }: Asked): Promise<Sample[]> {
  const found = await judge(reader, { cases, folder: join(folder, 'invalid'), without: new Set() });
  const refused = new Set(found.flatMap(({ samples }) => samples));
  return cases.flatMap(({ samples }) => samples).filter((sample) => !refused.has(sample));
}

function isSame(a: Case, b: Case): boolean {
  return a.crd === b.crd && a.version === b.version;
}

const refusedReason = 'another reason';

interface Judging {
  readonly cases: readonly Case[];
  readonly folder: string;
  readonly without: ReadonlySet<Removable>;
}

async function judge(reader: Reader, { cases, folder, without }: Judging): Promise<Disagreement[]> {
  const result: Disagreement[] = [];
  const usable: { one: Case; names: ModuleNames }[] = [];
  const files: { path: string; content: string }[] = [];
  for (const [i, one] of cases.entries()) {
    const { schema, group, kind } = schemaOf(one, without);
    const names = { group, kind, version: one.version, path: `c${i}`, identifier: 'Value', manifest: 'Value' };
    try {
      files.push({ path: `generated/c${i}.ts`, content: await reader.print(schema) });
      usable.push({ one, names });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      result.push({ ...one, reason: 'prints nothing: it fails', message });
    }
  }
  return [...result, ...(await ask({ usable, files, folder }))];
}

interface Asking {
  readonly usable: readonly { readonly one: Case; readonly names: ModuleNames }[];
  readonly files: readonly { path: string; content: string }[];
  readonly folder: string;
}

async function ask({ usable, files, folder }: Asking): Promise<Disagreement[]> {
  if (usable.length === 0) return [];
  const programs = usable.map(({ one, names }) => ({ one, program: sampleProgram(one.samples, () => names) }));
  const questions = programs.map(({ program }, i) => ({ path: `ask${i}.ts`, content: program.content }));
  writeProject(folder, [...files, ...questions]);
  const errors = await compile(folder, { compiler: 'typescript7', include: ['ask*.ts'], runtime: 'sources' });
  return programs.flatMap(({ one, program }, i) => {
    const { names } = usable[i] ?? { names: undefined };
    const broken = errors.find(({ file }) => file === `generated/${names?.path}.ts`);
    if (broken !== undefined) return [{ ...one, reason: 'prints what does not compile', message: broken.message }];
    const own = errors.filter(({ file }) => file === `ask${i}.ts`);
    const [worst] = own;
    if (worst === undefined) return [];
    const refused = new Set(own.flatMap(({ line }) => program.sampleAt(line) ?? []));
    return [{ ...one, samples: [...refused], reason: refusedReason, message: worst.message }];
  });
}

interface CrdDocument {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema?: { readonly openAPIV3Schema?: unknown } }[];
  };
}

function schemaOf(one: Case, without: ReadonlySet<Removable>): { schema: JsonSchema; group: string; kind: string } {
  const project = one.samples[0]?.file.split('/')[1] ?? '';
  const [document] = readYamlDocuments(corpusFile(`crds/${project}/${one.crd}.yaml`).text);
  // A file of the corpus that a real API server has taken.
  const { spec } = document as CrdDocument;
  const version = spec.versions.find(({ name }) => name === one.version);
  if (asSchema(version?.schema?.openAPIV3Schema) === undefined)
    throw new Error(`${one.crd} ${one.version} has no schema`);
  const apiVersion = `${spec.group}/${one.version}`;
  const { kind } = spec.names;
  return {
    schema: normalise(version?.schema?.openAPIV3Schema, { apiVersion, kind, without }),
    group: spec.group,
    kind,
  };
}
