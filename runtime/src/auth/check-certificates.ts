import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { KubeError } from '../errors.js';

/** Throws `config` when the two are no PEM, or do not belong together. Tells how long they are good. */
export function checkPair(o: { readonly cert: string; readonly key: string; readonly origin: string }): {
  readonly until: Date;
} {
  const { cert, key, origin } = o;
  const x509 = checkCertificate(cert, `the client certificate of ${origin}`);
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(key);
  } catch {
    // OpenSSL's error is not kept: it stands beside the key.
    throw new KubeError('config', `the client key of ${origin} is no PEM of a private key without a password`);
  }
  if (!x509.checkPrivateKey(privateKey)) {
    throw new KubeError('config', `the client key of ${origin} does not belong to its client certificate`);
  }
  return { until: new Date(x509.validTo) };
}

/** Throws `config` when it is no PEM of a certificate; `what` names it. */
export function checkCertificate(pem: string, what: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new KubeError('config', `${what} is no PEM of a certificate`, { cause: error });
  }
}
