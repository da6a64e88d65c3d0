import { anonymous, bearerCredentials, type Credentials } from '../client/credentials.js';
import type { Clock } from '../io/clock.js';
import type { UserIdentity } from './identity.js';
import { tokenFileCredentials } from './token-file.js';

/** The credentials that travel in headers; a client certificate is the transport's. A token counts before user name and password. */
export function userCredentials({ token, tokenFile, basic }: UserIdentity, clock: Clock): Credentials {
  if (tokenFile !== undefined && typeof token !== 'function') {
    return tokenFileCredentials({ path: tokenFile, clock, ...(token === undefined ? {} : { initial: token }) });
  }
  if (token !== undefined) return bearerCredentials(token);
  if (basic === undefined) return anonymous;
  const encoded = Buffer.from(`${basic.username}:${basic.password}`, 'utf8').toString('base64');
  const headers = { authorization: `Basic ${encoded}` };
  return { ...anonymous, headers: () => Promise.resolve(headers) };
}
