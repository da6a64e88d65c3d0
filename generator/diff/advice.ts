import type { Use } from './change.js';
import type { Finding } from './finding.js';

const nothing = 'Nothing to do.';

/** What to do about a change, in a sentence. */
export function adviceOf({ change, new: now, gained = [], lost = [] }: Finding, breaks: readonly Use[]): string {
  const reads = breaks.includes('reads');
  const writes = breaks.includes('writes');
  switch (change) {
    case 'field-added':
      if (!writes) return 'Nothing to do; it can be used from now on.';
      return now?.optional === true
        ? 'Where you write it already, give it this type.'
        : 'Set it, with this type, in every manifest that you write.';
    case 'field-removed':
      if (reads && writes) return 'Stop reading and writing it: the API server drops it.';
      return reads
        ? 'Check its type where it is read: the schema no longer says what it is.'
        : 'Stop writing it: the API server drops it.';
    case 'now-required':
      return writes
        ? 'Set it in every manifest that you write.'
        : 'Nothing to do; where it is read it is always there.';
    case 'now-optional':
      return reads ? 'Handle its absence wherever it is read.' : 'Nothing to do; manifests may leave it out.';
    case 'now-open':
      return 'Nothing to do; fields that the schema does not name are kept from now on.';
    case 'now-closed':
      return 'Stop using fields that the schema does not name: the API server drops them.';
    case 'combination':
      if (breaks.length === 0) return 'Nothing to do; fewer combinations of its fields are left, or more are allowed.';
      return `Check the fields that stand together ${placesOf(breaks)}: other combinations are allowed now.`;
    case 'type':
      if (breaks.length === 0) return nothing;
      if (breaks.length === 1 && reads && gained.length > 0 && lost.length === 0)
        return `Handle ${listed(gained)} wherever it is read${gained.every(isValue) ? ', as in a switch over its values' : ''}.`;
      if (breaks.length === 1 && writes && lost.length > 0 && gained.length === 0)
        return `Stop writing ${listed(lost)}.`;
      return `Adapt to the new type ${placesOf(breaks)}.`;
    default:
      return nothing;
  }
}

function placesOf(breaks: readonly Use[]): string {
  return breaks
    .map((use) => (use === 'reads' ? 'wherever it is read' : 'in the manifests that you write'))
    .join(' and ');
}

/** Whether a type is one value: a text, a number or a boolean of an enum. */
function isValue(text: string): boolean {
  return /^(?:'|-?\d|true$|false$)/.test(text);
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 8).join(', ');
  return texts.length > 8 ? `${shown} and ${texts.length - 8} more` : shown;
}
