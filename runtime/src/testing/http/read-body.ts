import type { IncomingMessage } from 'node:http';

import { join } from '../../wire/bytes.js';
import { readYaml } from '../../yaml/index.js';
import { refuseDepth } from '../state/decode.js';
import { isObject, ownValue, stringOr } from '../state/json.js';
import { badRequest, bodyTooLarge, notImplemented, unsupportedMediaType } from '../state/status.js';

/** As API servers have it: 3 MiB. */
const BODY_LIMIT_BYTES: number = 3 * 1024 * 1024;

/** The bytes of a request's body. Too many are a 413. */
export async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  // Read to the end all the same: an answer to a request that is still being sent gets lost.
  if (size > BODY_LIMIT_BYTES) throw bodyTooLarge(BODY_LIMIT_BYTES);
  return join(chunks);
}

/** The media type of a `Content-Type`, without its parameters. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

const objectTypes = ['application/json', 'application/yaml'];

/** The value of a JSON or YAML body; `undefined` for none. `kind`: what is expected, for the message. */
export function parseBody(bytes: Uint8Array, contentType: string, kind: string): unknown {
  if (contentType === 'application/vnd.kubernetes.protobuf') {
    throw notImplemented(
      'The embedded API server does not read protobuf, in which `kubectl create <kind>` sends built-in kinds: ' +
        'with `--dry-run=client -o yaml | kubectl create -f -` it sends JSON.',
    );
  }
  if (contentType !== '' && !objectTypes.includes(contentType)) throw unsupportedMediaType(objectTypes);
  if (bytes.length === 0) return undefined;
  const format = contentType === 'application/yaml' ? 'yaml' : 'json';
  return parseAs(
    format,
    bytes,
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; ${format} parse error: `,
  );
}

/** The value of a patch's body. */
export function parsePatch(bytes: Uint8Array): unknown {
  const patch = parseAs('json', bytes, 'error decoding patch: ');
  refuseDepth(patch);
  return patch;
}

function parseAs(format: 'json' | 'yaml', bytes: Uint8Array, prefix: string): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return format === 'yaml' ? readYaml(text) : (JSON.parse(text) as unknown);
  } catch (cause) {
    const why = cause instanceof Error ? lowerFirst(cause.message) : String(cause);
    throw badRequest(`${prefix}${why}${format === 'json' ? ` (${excerpt(bytes)})` : ''}`);
  }
}

/** How Go calls what it reads first. */
const typeMeta = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

/** 400 for a custom resource that does not say what it is. */
export function requireKind(value: unknown, bytes: Uint8Array, kind: string): void {
  if (isObject(value) && (stringOr(ownValue(value, 'kind')) ?? '') !== '') return;
  const text = new TextDecoder().decode(bytes);
  const prefix = `the object provided is unrecognized (must be of type ${kind}): `;
  const found = Array.isArray(value) ? 'array' : typeof value;
  const why = isObject(value)
    ? `Object 'Kind' is missing in '${text}'`
    : `couldn't get version/kind; json parse error: json: cannot unmarshal ${found} into Go value of type ${typeMeta}`;
  throw badRequest(`${prefix}${why} (${excerpt(bytes)})`);
}

const EXCERPT_BYTES = 30;
const OPEN_OBJECT = 123;

/** The beginning of a body: as text if it looks like an object, else in hexadecimal. */
function excerpt(bytes: Uint8Array): string {
  if (bytes.length === 0) return '<empty>';
  const start = bytes.subarray(0, EXCERPT_BYTES);
  const shown =
    bytes[0] === OPEN_OBJECT
      ? new TextDecoder().decode(start)
      : Array.from(start, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > EXCERPT_BYTES ? `${shown} ...` : shown;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
