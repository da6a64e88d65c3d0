import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { readInputs } from '../load/read.js';
import { servedDocuments } from '../load/served-documents.js';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import type { ServeArgs } from './args.js';
import { printError, printOut } from './print.js';
import { diagnosticText, inert, plural, skippedText, toldDiagnostics } from './report.js';
import { onStopSignal } from './stop-signals.js';

/** `kube-gen serve <input...>`: an embedded API server with the CRDs of the inputs, until it is told to stop. Returns the exit code. */
export async function runServe(args: ServeArgs): Promise<0 | 2> {
  if (args.kubeconfig !== undefined && isOfOthers(args.kubeconfig)) {
    say(inert(`kube-gen: ${args.kubeconfig} is there already and not from kube-gen serve: name another file`));
    return 2;
  }
  const read = await readInputs(args.inputs);
  const { crds, objects, skipped, diagnostics } = await servedDocuments(read.sources, args);
  const all: Diagnostic[] = [...read.diagnostics, ...diagnostics];
  for (const diagnostic of toldDiagnostics(all, args)) say(diagnosticText(diagnostic));
  if (hasErrors(all)) return 2;
  const others = skippedText({ skipped });
  if (others !== undefined && !args.quiet) say(others);
  const stopped = new AbortController();
  const ignoreSignals = onStopSignal(() => stopped.abort());
  try {
    await serve({ crds, objects }, args, stopped.signal);
    return 0;
  } catch (error) {
    say(inert(`kube-gen: ${await reasonOf(error)}`));
    return 2;
  } finally {
    ignoreSignals();
  }
}

async function serve({ crds, objects }: Served, args: ServeArgs, stopped: AbortSignal): Promise<void> {
  const { startApiServer } = await import('@kube-gen/runtime/testing');
  const documents = crds.map(({ document }) => document);
  await using server = await startApiServer({
    crds: documents,
    objects,
    port: args.port,
    ...(args.verbose && {
      onRequest: ({ method, path, status }) => say(inert(`${status ?? 'no answer'} ${method} ${path}`)),
    }),
  });
  const kubeconfig = writeKubeconfig(server.kubeconfig, args.kubeconfig);
  // At every exit: printing ends the process at once where nobody reads any more.
  process.once('exit', kubeconfig.remove);
  if (args.json) printOut(`${JSON.stringify({ url: server.url, kubeconfig: kubeconfig.file })}\n`);
  if (!args.quiet) for (const line of howToUse(server.url, kubeconfig.file, { crds, objects })) say(line);
  if (!stopped.aborted) await once(stopped, 'abort');
}

/** The server says itself what is wrong with an object; a port or a file that cannot be had is an error of the system. */
async function reasonOf(error: unknown): Promise<string> {
  const { isKubeError } = await import('@kube-gen/runtime');
  if (isKubeError(error)) return error.message;
  const path: unknown = error instanceof Error && 'path' in error ? error.path : undefined;
  const what = typeof path === 'string' ? `${path} cannot be written` : 'the server cannot be started';
  return `${what}: ${systemErrorReason(error)}`;
}

function say(line: string): void {
  printError(`${line}\n`);
}

interface Kubeconfig {
  readonly file: string;
  readonly remove: () => void;
}

/** Whether a file has something in it that this command did not write: a kubeconfig with credentials, say. */
function isOfOthers(file: string): boolean {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
    const text = readFileSync(file, 'utf8');
    return text.trim() !== '' && !text.includes('current-context: kube-gen');
  } catch (error) {
    // Writing says why.
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}

/** A kubeconfig that the user asked for stays; a temporary one goes with the server. */
function writeKubeconfig(text: string, wanted: string | undefined): Kubeconfig {
  const file = wanted ?? join(mkdtempSync(join(tmpdir(), 'kube-gen-serve-')), 'kubeconfig');
  // Made only where there is nothing, so that a file in the way is told as what it is.
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  return {
    file,
    remove: () => {
      if (wanted === undefined) rmSync(dirname(file), { recursive: true, force: true });
    },
  };
}

type Served = Pick<Awaited<ReturnType<typeof servedDocuments>>, 'crds' | 'objects'>;

function howToUse(url: string, kubeconfig: string, { crds, objects }: Served): string[] {
  const example = crds[0]?.crd;
  const plurals = example === undefined ? 'crds' : `${example.plural}.${example.group}`;
  return [
    inert(
      `serving ${plural(crds.length, 'CRD')} and ${plural(objects.length, 'object')} on ${url} (in memory; no credentials needed)`,
    ),
    '',
    `  export KUBECONFIG=${inert(kubeconfig)}`,
    `  kubectl get ${plurals} --all-namespaces --watch`,
    `  kubectl apply -f <your custom resources>`,
    '',
    `  or in code: await connect({ server: '${url}' })`,
    '',
    'Ctrl+C stops it.',
  ];
}
