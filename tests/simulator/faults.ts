/** What can happen to a request. */
export const requestFaults = [
  'status-400',
  'status-401',
  'status-403',
  'status-404',
  'status-410',
  'status-422',
  'status-429',
  'status-429-later',
  'status-500',
  'status-500-store',
  'status-503',
  'status-504',
  'status-504-large',
  'refused',
  'reset',
  'silence',
  'not-kubernetes',
  'cut-body',
] as const;
export type RequestFault = (typeof requestFaults)[number];

/** What can happen to a watch that is open. */
export const streamFaults = [
  'end',
  'cut',
  'cut-in-line',
  'end-in-line',
  'garbage',
  'broken-object',
  'stall',
  'error-410',
  'error-expired',
  'error-429',
  'error-500',
  'error-500-store',
  'error-504',
  'error-504-large',
  'error-777',
  'error-no-status',
  'unknown-type',
  'wrong-kind',
  'table',
  'repeat',
  'late-bookmark',
] as const;
export type StreamFault = (typeof streamFaults)[number];

/** An error as the API server words it. */
export function statusOf(fault: RequestFault | StreamFault): { code: number; body: Record<string, unknown> } {
  const code = Number(/\d{3}/.exec(fault)?.[0] ?? 500);
  const body: Record<string, unknown> = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message: fault };
  switch (fault) {
    case 'error-expired':
      return { code: 410, body: { ...body, code: undefined, reason: 'Expired' } };
    case 'status-500-store':
    case 'error-500-store':
      return { code, body: { ...body, reason: 'StorageReadError' } };
    case 'status-504-large':
    case 'error-504-large':
      return {
        code,
        body: { ...body, reason: 'Timeout', details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } },
      };
    case 'status-429-later':
      return { code, body: { ...body, details: { retryAfterSeconds: 20 } } };
    case 'error-no-status':
      return { code: 0, body: { some: 'thing' } };
    default:
      return { code, body };
  }
}
