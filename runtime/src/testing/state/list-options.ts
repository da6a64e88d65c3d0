import { type FieldFault, badRequest, invalid } from './status.js';

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
  return {
    resourceVersion: readVersion(version),
    match: match === 'Exact' || match === 'NotOlderThan' ? match : undefined,
    limit: readCount(query.get('limit'), 'limit') ?? 0,
    continue: query.get('continue') ?? '',
    sendInitialEvents: sendInitialEvents === null ? undefined : isTrue(sendInitialEvents),
    bookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: readCount(query.get('timeoutSeconds'), 'timeoutSeconds'),
  };
}

/** Whether a query says yes, as Kubernetes reads booleans: anything but `false` and `0` does. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}

function readVersion(text: string): number | undefined {
  if (text === '') return undefined;
  if (!/^\d{1,19}$/.test(text)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

function readCount(text: string | null, name: string): number | undefined {
  if (text === null || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw badRequest(`${name}: Invalid value: ${JSON.stringify(text)}: must be a number that is not negative`);
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
    if (match !== 'Exact' && match !== 'NotOlderThan') faults.push(unknownMatch(match));
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
    if (match !== 'NotOlderThan') faults.push(unknownMatch(match));
    if (token !== '')
      faults.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'));
  }
  return faults;
}

function forbidden(field: string, why: string): FieldFault {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` };
}

function unknownMatch(match: string): FieldFault {
  return {
    reason: 'FieldValueNotSupported',
    field: 'resourceVersionMatch',
    message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
  };
}
