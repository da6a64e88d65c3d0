import { PathNotFound, StatusFailure, type StatusObject } from '../state/status.js';
import type { Answer } from './answer.js';

/** Headers of every answer. */
export const commonHeaders = { 'cache-control': 'no-cache, private', 'content-type': 'application/json' };

/** What an answer says beside its body. */
export interface AnswerNotes {
  /** Default 200. */
  readonly status?: number;
  /** Told in `Warning` headers. */
  readonly warnings?: readonly string[];
  readonly retryAfterS?: number | undefined;
}

/** Answers with one JSON value. */
export async function answerJson(answer: Answer, value: unknown, notes: AnswerNotes = {}): Promise<void> {
  const body = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  answer.head(notes.status ?? 200, {
    ...commonHeaders,
    'content-length': String(body.length),
    ...warningHeader(notes.warnings ?? []),
    ...(notes.retryAfterS === undefined ? {} : { 'retry-after': String(notes.retryAfterS) }),
  });
  await answer.write(body);
  answer.end();
}

/** Answers with plain text. */
export async function answerText(answer: Answer, status: number, text: string): Promise<void> {
  const body = new TextEncoder().encode(text);
  answer.head(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(body.length) });
  await answer.write(body);
  answer.end();
}

/** `299 - "…"`, once for each warning. */
export function warningHeader(warnings: readonly string[]): Record<string, readonly string[]> {
  if (warnings.length === 0) return {};
  // Header values are Latin-1 at most; a field's name may be anything.
  return { warning: warnings.map((text) => `299 - ${JSON.stringify(text.replaceAll(/[^\x20-\x7e]/g, '?'))}`) };
}

/** Answers with what a failure says; anything that is no refusal is a 500, as it would be a fault of this server. */
export async function answerFailure(answer: Answer, failure: unknown): Promise<void> {
  if (failure instanceof PathNotFound) return answerText(answer, 404, failure.text);
  const status = failure instanceof StatusFailure ? failure.status : internalError(failure);
  await answerJson(answer, status, { status: status.code ?? 500, retryAfterS: status.details?.retryAfterSeconds });
}

function internalError(failure: unknown): StatusObject {
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return new StatusFailure({ code: 500, reason: 'InternalError', message: `Internal error occurred: ${text}` }).status;
}
