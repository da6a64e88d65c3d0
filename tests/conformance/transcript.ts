import {
  type Endpoint,
  openWatchProbe,
  probe,
  type ProbeAnswer,
  type ProbeRequest,
  type ProbeWatch,
} from '../support/api-probe.js';

/** What a scenario does to a server; everything that comes back is written down. */
export interface Recorder {
  readonly ask: (request: ProbeRequest) => Promise<ProbeAnswer>;
  /** Asks without writing anything down. */
  readonly look: (request: ProbeRequest) => Promise<ProbeAnswer>;
  /** Opens a watch, reads until `count` events came, or to the end of the watch. */
  readonly watch: (path: string, count: number | 'all', headers?: Record<string, string>) => Promise<void>;
  readonly open: (path: string) => Promise<ProbeWatch>;
  /** Writes something down. */
  readonly note: (what: string, value: unknown) => void;
}

/** One line of a transcript: what was asked, what came. */
export interface Line {
  readonly asked: string;
  readonly got: unknown;
}

/** Runs a scenario and returns what the server said, without what differs from run to run. */
export async function record(endpoint: Endpoint, scenario: (recorder: Recorder) => Promise<void>): Promise<Line[]> {
  const lines: Line[] = [];
  await scenario({
    async ask(request) {
      const answer = await probe(endpoint, request);
      const { 'content-type': type, warning, 'retry-after': retryAfter } = answer.headers;
      lines.push({
        asked: `${request.method ?? (request.body === undefined ? 'GET' : 'POST')} ${withoutVersions(request.path)}`,
        got: normal({ status: answer.status, type, warning, retryAfter, body: answer.body }),
      });
      return answer;
    },
    async watch(path, count, headers) {
      const watch = await openWatchProbe(endpoint, path, headers);
      const events = count === 'all' ? await watch.rest() : await watch.take(count);
      watch.close();
      lines.push({ asked: `WATCH ${withoutVersions(path)}`, got: normal({ status: watch.status, events }) });
    },
    look: (request) => probe(endpoint, request),
    open: (path) => openWatchProbe(endpoint, path),
    note: (what, value) => lines.push({ asked: what, got: normal(value) }),
  });
  return lines;
}

function withoutVersions(path: string): string {
  return path.replaceAll(/(resourceVersion=)[1-9]\d*/g, '$1<rv>').replaceAll(/(continue=)[^&]+/g, '$1<token>');
}

const byKey: Readonly<Record<string, string>> = {
  resourceVersion: '<rv>',
  uid: '<uid>',
  creationTimestamp: '<time>',
  deletionTimestamp: '<time>',
  lastTransitionTime: '<time>',
  continue: '<token>',
  time: '<time>',
};

/** Times, ids and versions by name only; who manages which field is told apart elsewhere. */
function normal(value: unknown, key = ''): unknown {
  if (key === 'managedFields') return '<managed>';
  if (typeof value === 'string' && value !== '' && value !== '0' && byKey[key] !== undefined) return byKey[key];
  if (key === 'cells' && Array.isArray(value)) return value.map((cell) => (isAge(cell) ? '<age>' : cell));
  if (typeof value === 'string') return withFaultsInOrder(withoutNumbers(value));
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item));
    return key === 'causes' ? items.sort(byText) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inside]) => inside !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inside]) => [name, normal(inside, name)]),
  );
}

function isAge(cell: unknown): boolean {
  return typeof cell === 'string' && /^(?:\d+[smhdy]){1,2}$|^\d{4}-\d\d-\d\dT.*Z$/.test(cell);
}

function withoutNumbers(text: string): string {
  return text
    .replaceAll(/(Too large resource version: )\d+(, current: )\d+/g, '$1<rv>$2<rv>')
    .replaceAll(/(too old resource version: )\d+ \(\d+\)/g, '$1<rv> (<rv>)')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
    .replaceAll(/\b(gen-)[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1<random>');
}

/** A real server tells several faults of one object in the order of a Go map, which changes from run to run. */
function withFaultsInOrder(message: string): string {
  return message.replace(/(?<= is invalid: \[).*(?=\]$)/s, (faults) =>
    faults
      .split(/, (?=[a-zA-Z.[\]0-9]+: )/)
      .sort()
      .join(', '),
  );
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) > JSON.stringify(b) ? -1 : 1;
}
