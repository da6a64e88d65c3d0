import type { Credentials } from '../client/credentials.js';
import type { Clock } from '../io/clock.js';
import type { TlsSettings } from '../io/node-tls.js';
import type { ConnectionPlan } from './identity.js';

/** Credentials of which a client certificate may be part. */
export interface UserCredentials extends Credentials {
  /** The certificate that came with the last headers; the same object as long as it is the same. */
  readonly certificate?: () => { readonly cert: string; readonly key: string } | undefined;
}

/** What credentials need to come by. */
export interface CredentialsHost {
  readonly plan: ConnectionPlan;
  readonly clock: Clock;
  readonly warn: (text: string) => void;
  /** The settings for the API server. */
  readonly tls: () => TlsSettings;
  /** The proxy for an address, if it has one. It may hold a password. */
  readonly proxyFor: (url: string) => string | undefined;
}
