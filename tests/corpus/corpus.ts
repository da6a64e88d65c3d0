import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYamlDocuments, YamlError } from '@kube-gen/runtime/yaml';
import { parseAllDocuments } from 'yaml';

/** The folder of third-party CRDs and objects, or `undefined` where there is none: the tests that need it are skipped. */
export const corpusFolder = findCorpus();

function findCorpus(): string | undefined {
  const folder = process.env['KUBE_GEN_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
  if (existsSync(join(folder, 'samples-validity.tsv'))) return folder;
  process.stderr.write('\nThe corpus is not here: its tests are skipped. Name its folder in KUBE_GEN_CORPUS.\n');
  return undefined;
}

/** A text of the corpus; `file` is relative to it. */
export interface CorpusFile {
  readonly file: string;
  readonly text: string;
}

/** The CRDs below `crds` or `crds-legacy-v1beta1`, but for Kubernetes' every-field fixture, which is none (see refused.test.ts). */
export function corpusCrds(part: 'crds' | 'crds-legacy-v1beta1'): CorpusFile[] {
  const root = corpusFolder ?? '';
  return readdirSync(join(root, part)).flatMap((project) =>
    readdirSync(join(root, part, project))
      .filter((name) => /\.(?:yaml|json)$/.test(name) && name !== 'nameValue.yaml')
      .map((name) => corpusFile(`${part}/${project}/${name}`)),
  );
}

/** `<plural>.<group>/<version>` of every CRD in the table of the corpus. */
export function corpusVersions(): string[] {
  return tableOf('crds-index.tsv')
    .filter((cell) => cell('file').startsWith('crds/') && !cell('file').endsWith('nameValue.yaml'))
    .flatMap((cell) =>
      cell('versions')
        .split(/[\s,]+/)
        .map((version) => `${cell('name')}/${version}`),
    );
}

/** The first document of a text, by another reader where ours refuses it: some samples have a key twice, and the last one counts. */
export function readLeniently({ file, text }: CorpusFile): unknown {
  try {
    return readYamlDocuments(text, { file })[0];
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const [document] = parseAllDocuments(text, { strict: false, uniqueKeys: false, merge: true });
    return document?.toJS();
  }
}

/** One file of the corpus. */
export function corpusFile(file: string): CorpusFile {
  return { file, text: readFileSync(join(corpusFolder ?? '', file), 'utf8') };
}

/** An object of the corpus with the verdict of a real API server. */
export interface Sample {
  readonly file: string;
  /** `<plural>.<group>` of its CRD. */
  readonly crd: string;
  readonly version: string;
  readonly kind: string;
  readonly verdict: string;
  readonly strictValid: boolean;
  /** Kinds of everything that the server found wrong. */
  readonly reasons: readonly string[];
  readonly message: string;
}

/** The table of samples. */
export function corpusSamples(): Sample[] {
  return tableOf('samples-validity.tsv').map((cell) => {
    return {
      file: cell('file'),
      crd: cell('crd'),
      version: cell('version'),
      kind: cell('kind'),
      verdict: cell('verdict'),
      strictValid: cell('strict_valid') === 'yes',
      reasons: cell('server_reasons')
        .split(',')
        .filter((reason) => reason !== ''),
      message: cell('server_message'),
    };
  });
}

/** The rows of a table, each as a way to ask for the cell in a column. */
function tableOf(file: string): ((column: string) => string)[] {
  const [head = '', ...rows] = corpusFile(file).text.trimEnd().split('\n');
  const columns = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    return (column) => cells[columns.indexOf(column)] ?? '';
  });
}
