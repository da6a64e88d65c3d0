/** A difference between the embedded API server and a real one that is meant to be. */
export interface KnownDifference {
  readonly scenario: string;
  /** Counted from 0; `each`: wherever it shows. */
  readonly step: number | 'each';
  /** The places in the answer. */
  readonly at: RegExp;
  readonly why: string;
  /** Only real servers up to Kubernetes 1.x, as far as was tried, answer so: the embedded one follows the newest. Not there: all do. */
  readonly upTo?: number;
}

const formats = 'The embedded server reads JSON and YAML, and answers in JSON; real ones also in YAML and protobuf.';
const noNews =
  'A real server sends no bookmark before its version has moved on; the embedded one keeps to its interval.';
const selectorText = 'The texts of broken label selectors are those of the runtime’s own parser.';

const goValues = 'Values in messages are in the notation of Go.';
const oldPlaces = 'Other words, and fewer places, for what is wrong in an object or a name.';
const oldVersions = 'A version that is none, and one of the future, are 500s.';
const oldColumns = 'CRDs have the columns of their printer, ServiceAccounts one for secrets.';

/** All of them. The test fails for one that is not here, and for one here that is gone. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    scenario: 'names and metadata',
    step: 12,
    at: /^warning$/,
    why: 'A real server warns about fields before it refuses another version.',
  },
  { scenario: 'names and metadata', step: 15, at: /^body\.message$/, why: formats },
  {
    scenario: 'validation',
    step: 7,
    at: /^body\.(?:message|details\.causes\.1)$/,
    why: 'A spec that is no object is told once, not once more for its scale.',
  },
  {
    scenario: 'replace and patch',
    step: 12,
    at: /^body\.(?:message|details\.causes\.0\.message)$/,
    why: 'The object in the text of a refused patch has its fields in the order they were sent.',
  },
  {
    scenario: 'status and scale',
    step: 13,
    at: /^warning$/,
    why: 'No deprecation warning beside a 404.',
  },
  {
    scenario: 'delete and finalizers',
    step: 8,
    at: /^body\.details\.causes\.1$/,
    why: 'A real server tells the forbidden finalizer twice.',
  },
  { scenario: 'discovery', step: 1, at: /storageVersionHash$/, why: 'No hash of the storage version.' },
  { scenario: 'discovery', step: 2, at: /storageVersionHash$/, why: 'No hash of the storage version.' },
  { scenario: 'discovery', step: 6, at: /serverAddressByClientCIDRs/, why: 'No addresses for networks.' },
  { scenario: 'discovery', step: 9, at: /^body\.message$/, why: formats },
  { scenario: 'discovery', step: 10, at: /^(?:body|type)/, why: formats },
  { scenario: 'selectors', step: 13, at: /^body\.message$/, why: selectorText },
  { scenario: 'selectors', step: 14, at: /^body\.message$/, why: selectorText },
  {
    scenario: 'paging',
    step: 12,
    at: /^body\.message$/,
    why: 'The text for a token that is none does not quote a JSON parser.',
  },
  {
    scenario: 'representations',
    step: 8,
    at: /^body\.message$/,
    why: 'Metadata of one object asked of a list: the same 406, in other words.',
  },
  {
    scenario: 'bookmarks',
    step: 6,
    at: /^events/,
    why: noNews,
  },
  {
    scenario: 'bookmarks',
    step: 7,
    at: /^events/,
    why: noNews,
  },
  {
    scenario: 'tables',
    step: 'each',
    at: /columnDefinitions\.\d+\.description$/,
    why: 'Columns are described in words of our own.',
  },
  { scenario: 'tables', step: 16, at: /^body\.message$/, why: formats },
  {
    scenario: 'tables',
    step: 28,
    at: /^body\.metadata\.managedFields$/,
    why: 'A real server has no entry for who wrote no field at all.',
  },
  {
    scenario: 'OpenAPI documents',
    step: 'each',
    at: /\.template\.properties\.\w+\.description$/,
    why: 'What all objects have in common is published without its prose.',
  },
  { scenario: 'streaming lists', step: 16, at: /^body\.message$/, why: selectorText },
  { scenario: 'create and get', step: 9, at: /message$/, why: goValues, upTo: 31 },
  { scenario: 'names and metadata', step: 6, at: /^body\.(?:details\.causes|message)/, why: oldPlaces, upTo: 31 },
  { scenario: 'validation', step: 3, at: /^body\.(?:details\.causes\.1|message)$/, why: oldPlaces, upTo: 31 },
  { scenario: 'validation', step: 8, at: /message$/, why: oldPlaces, upTo: 31 },
  { scenario: 'validation', step: 12, at: /message$/, why: goValues, upTo: 31 },
  { scenario: 'validation', step: 16, at: /message$/, why: oldPlaces, upTo: 31 },
  { scenario: 'validation', step: 17, at: /^body\.message$/, why: goValues, upTo: 31 },
  { scenario: 'validation', step: 21, at: /^body\.(?:details\.causes|message)/, why: oldPlaces, upTo: 31 },
  { scenario: 'replace and patch', step: 4, at: /message$/, why: goValues, upTo: 31 },
  {
    scenario: 'paging',
    step: 11,
    at: /^body\.(?:items\.1|metadata\.(?:continue|remainingItemCount))$/,
    why: 'The limit counts beside version 0 and a token, too.',
    upTo: 31,
  },
  { scenario: 'versions of lists', step: 23, at: /^(?:body|status)/, why: oldVersions, upTo: 31 },
  { scenario: 'versions of lists', step: 27, at: /^(?:body|status|retryAfter)/, why: oldVersions, upTo: 31 },
  { scenario: 'tables', step: 20, at: /^body\.(?:columnDefinitions|rows)/, why: oldColumns, upTo: 31 },
  { scenario: 'tables', step: 29, at: /^body\.(?:columnDefinitions|rows)/, why: oldColumns, upTo: 31 },
];

/** Those that a real server of Kubernetes 1.x has in a scenario. */
export function differencesOf(minor: number, scenario: string): readonly KnownDifference[] {
  return knownDifferences.filter((each) => each.scenario === scenario && minor <= (each.upTo ?? Infinity));
}

/** Whether a known difference is about this place. */
export function isAbout(known: KnownDifference, found: { readonly step: number; readonly at: string }): boolean {
  return (known.step === 'each' || known.step === found.step) && known.at.test(found.at);
}
