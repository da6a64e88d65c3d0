import { writeSync } from 'node:fs';
import { systemErrorCode, systemErrorReason } from '../system-error.js';

type File = 1 | 2;

/** Writes to standard output, whole, before anything else happens. */
export function printOut(text: string): void {
  print(1, text);
}

/** Writes to standard error, whole, before anything else happens. */
export function printError(text: string): void {
  print(2, text);
}

const streams = new Map<File, NodeJS.WriteStream>();

/** Standard error as a stream, for who must know whether it is a terminal. To make it takes as long as to make the types of a small CRD. */
export function errorStream(): NodeJS.WriteStream {
  return streamOf(2);
}

/** How many columns the terminal has that standard output goes to; undefined where it goes elsewhere. */
export function outputColumns(): number | undefined {
  const { isTTY, columns } = streamOf(1);
  return isTTY && columns > 0 ? columns : undefined;
}

/** Texts wait in these streams, and what follows must wait behind them. */
const waiting = new Set<File>();

function print(file: File, text: string): void {
  // A console of Windows must be told what the bytes mean, which only the stream does.
  const writesNow = process.platform !== 'win32' && !waiting.has(file);
  const rest = writesNow ? writeNow(file, Buffer.from(text)) : Buffer.from(text);
  if (rest.length === 0) return;
  waiting.add(file);
  streamOf(file).write(rest);
}

/** Writes as Node's own streams do it where they can, and returns what a full pipe does not take yet. */
function writeNow(file: File, bytes: Uint8Array): Uint8Array {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(file, bytes, at);
  } catch (error) {
    if (systemErrorCode(error) !== 'EAGAIN') giveUp(file, error);
  }
  return bytes.subarray(at);
}

function streamOf(file: File): NodeJS.WriteStream {
  let stream = streams.get(file);
  if (stream === undefined) {
    stream = file === 1 ? process.stdout : process.stderr;
    stream.on('error', (error) => giveUp(file, error));
    streams.set(file, stream);
  }
  return stream;
}

/** Whoever read our output may have gone (`kube-gen --help | head -1`): there is nobody left to tell. Else, of a full disk say, stderr tells. */
function giveUp(file: File, error: unknown): never {
  const code = systemErrorCode(error);
  if (code === undefined) throw error;
  if (file === 1 && code !== 'EPIPE')
    printError(`kube-gen: standard output cannot be written: ${systemErrorReason(error)}\n`);
  process.exit(2);
}
