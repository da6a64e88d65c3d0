import type { X509Certificate } from 'node:crypto';

/** The certificate that made TLS fail because of its time. */
export interface OutOfTime {
  /** It is not the server's own, but that of an authority that the server sent along. */
  readonly isAuthority: boolean;
  /** When it expired, or will begin to be valid: ISO 8601. */
  readonly at: string;
}

/**
 * Notes `outOfTime` on the error of a connection that failed because a certificate is out of its time: the platform says only that it
 * is. `look` gets the server's certificate.
 */
export async function noteTime(failed: unknown, look: () => Promise<X509Certificate | undefined>): Promise<void> {
  const { code } = failed as NodeJS.ErrnoException;
  if (code !== 'CERT_HAS_EXPIRED' && code !== 'CERT_NOT_YET_VALID') return;
  const first = await look().catch(() => undefined); // then the error stays without a date
  const outOfTime = findOutOfTime(first, code === 'CERT_HAS_EXPIRED');
  if (outOfTime !== undefined) Object.assign(failed as Error, { outOfTime });
}

function findOutOfTime(first: X509Certificate | undefined, expired: boolean): OutOfTime | undefined {
  const now = Date.now();
  const seen = new Set<string>();
  for (let next = first; next !== undefined && !seen.has(next.fingerprint256); next = next.issuerCertificate) {
    const time = Date.parse(expired ? next.validTo : next.validFrom);
    if (expired ? time < now : time > now) return { isAuthority: next !== first, at: new Date(time).toISOString() };
    seen.add(next.fingerprint256);
  }
  return undefined;
}
