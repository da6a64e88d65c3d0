import { type Projection, wholeObjects } from '../state/projection.js';
import { notAcceptable } from '../state/status.js';

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/**
 * Picks the form of an answer from an `Accept` header: JSON, whole, only the metadata, or a table. A client that takes nothing else gets
 * a 406.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources
 */
export function readAccept(
  header: string | undefined,
  partial: 'PartialObjectMetadata' | 'PartialObjectMetadataList',
): Projection {
  if (header === undefined || header.trim() === '') return wholeObjects;
  const ranges = header.split(',').map(readRange);
  for (const range of ranges.sort((a, b) => b.quality - a.quality)) {
    const projection = readProjection(range, partial);
    if (projection !== undefined) return projection;
  }
  throw notAcceptable('application/json');
}

function readRange(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part) => {
      const at = part.indexOf('=');
      return at === -1 ? [part, ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
  const quality = Number(parameters.get('q') ?? '1');
  return { type: type.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 1 : quality };
}

function readProjection({ type, parameters, quality }: MediaRange, partial: string): Projection | undefined {
  if (quality <= 0 || !['application/json', 'application/*', '*/*'].includes(type)) return undefined;
  const as = parameters.get('as');
  const form = as === undefined ? 'whole' : as === 'Table' ? 'table' : as === partial ? 'metadata' : undefined;
  if (form === undefined) return undefined;
  if (as !== undefined && (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1')) return undefined;
  // Targets that a server does not know are to be ignored.
  const dropManagedFields = (parameters.get('drop') ?? '').split('+').includes('metadata.managedFields');
  return { form, dropManagedFields };
}

/** Whether an `Accept-Encoding` header takes gzip. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text.split(',').some((part) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)|$)/i.test(part));
}
