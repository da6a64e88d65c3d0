import { type FieldFault, badRequest, invalid, StatusFailure } from './status.js';

/** What the query of a list or watch says, in one form. */
export interface ListOptions {
  /** `undefined`: the newest state. 0: any. */
  readonly resourceVersion: number | undefined;
  readonly match: 'Exact' | 'NotOlderThan' | undefined;
  readonly limit: number;
  readonly continue: string;
  /** `undefined`: as the version says. */
  readonly sendInitialEvents: boolean | undefined;
  readonly bookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/**
 * Reads and checks a query as API servers do.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 */
export function readListOptions(
  query: URLSearchParams,
  rules: { readonly watch: boolean; readonly watchList: boolean },
): ListOptions {
  const sendInitialEvents = query.get('sendInitialEvents');
  const match = query.get('resourceVersionMatch') ?? '';
  const version = query.get('resourceVersion') ?? '';
  const faults = rules.watch
    ? watchFaults({ match, sendInitialEvents, token: query.get('continue') ?? '', watchList: rules.watchList })
    : listFaults({ match, version, sendInitialEvents, token: query.get('continue') ?? '' });
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions', name: '' }, faults);
  // A watch from anywhere is a streaming list in disguise, where the server has those.
  const isFromAnywhere = rules.watch && rules.watchList && match === '' && (version === '' || version === '0');
  const initial = sendInitialEvents ?? (isFromAnywhere ? 'true' : null);
  return {
    resourceVersion: readVersion(version, rules.watch),
    match: match === 'Exact' || match === 'NotOlderThan' ? match : undefined,
    limit: readCount(query.get('limit')) ?? 0,
    continue: query.get('continue') ?? '',
    sendInitialEvents: initial === null ? undefined : isTrue(initial),
    bookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: readCount(query.get('timeoutSeconds')),
  };
}

/** Whether a query says yes, as Kubernetes reads booleans: anything but `false` and `0` does. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}

function readVersion(text: string, watch: boolean): number | undefined {
  if (text === '') return undefined;
  if (!/^\d{1,19}$/.test(text)) {
    const quoted = JSON.stringify(text);
    const why = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
    // Strange, and so it is: a watch answers this with a 500.
    throw watch ? new StatusFailure({ code: 500, message: why }) : badRequest(`invalid resource version: ${why}`);
  }
  return Number(text);
}

function readCount(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

interface Given {
  readonly match: string;
  readonly sendInitialEvents: string | null;
  readonly token: string;
}

function listFaults({ match, version, sendInitialEvents, token }: Given & { readonly version: string }): FieldFault[] {
  const faults: FieldFault[] = [];
  if (match !== '') {
    if (version === '')
      faults.push(
        forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
      );
    if (token !== '')
      faults.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'));
    if (match !== 'Exact' && match !== 'NotOlderThan') faults.push(unknownMatch(match, '"Exact", "NotOlderThan", ""'));
    if (match === 'Exact' && version === '0') {
      faults.push(
        forbidden('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
      );
    }
  }
  if (sendInitialEvents !== null)
    faults.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  return faults;
}

function watchFaults({
  match,
  sendInitialEvents,
  token,
  watchList,
}: Given & { readonly watchList: boolean }): FieldFault[] {
  const faults: FieldFault[] = [];
  if (sendInitialEvents !== null) {
    if (match !== 'NotOlderThan') {
      faults.push(
        forbidden('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
      );
    }
    if (!watchList) {
      faults.push(
        forbidden(
          'sendInitialEvents',
          'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
        ),
      );
    }
  }
  if (match !== '') {
    if (sendInitialEvents === null) {
      faults.push(
        forbidden(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    if (match !== 'NotOlderThan') faults.push(unknownMatch(match, '"NotOlderThan"'));
    if (token !== '')
      faults.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'));
  }
  return faults;
}

function forbidden(field: string, why: string): FieldFault {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` };
}

function unknownMatch(match: string, supported: string): FieldFault {
  return {
    reason: 'FieldValueNotSupported',
    field: 'resourceVersionMatch',
    message: `Unsupported value: ${JSON.stringify(match)}: supported values: ${supported}`,
  };
}
