import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate for tests, with its key, as PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority for tests: made anew each time, so that no key lies in the repository. */
export interface TestAuthority {
  readonly ca: string;
  /** Issues a certificate for these DNS names and IPv4 addresses, or for a client (`user`). */
  issue(o: {
    names?: readonly string[];
    addresses?: readonly string[];
    user?: string;
    expired?: boolean;
    notYet?: boolean;
  }): TestCertificate;
}

const past = ['200101000000Z', '210101000000Z'] as const;
const future = ['480101000000Z', '490101000000Z'] as const;

/** Makes an authority; `expired`: its own certificate is. */
export function createTestAuthority(name = 'test authority', o: { expired?: boolean } = {}): TestAuthority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ca = certificate({
    issuer: name,
    subject: name,
    publicKey: keys.publicKey,
    signer: keys.privateKey,
    extensions: [isAuthority],
    time: o.expired === true ? past : undefined,
  });
  return {
    ca,
    issue: ({ names = [], addresses = [], user = 'server', expired = false, notYet = false }) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const alternatives = [
        ...names.map((text) => der(0x82, Buffer.from(text))),
        ...addresses.map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
      ];
      const cert = certificate({
        issuer: name,
        subject: user,
        publicKey: own.publicKey,
        signer: keys.privateKey,
        extensions: alternatives.length === 0 ? [] : [extension('551d11', sequence(...alternatives))],
        time: expired ? past : notYet ? future : undefined,
      });
      return { cert, key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

function certificate(o: {
  issuer: string;
  subject: string;
  publicKey: KeyObject;
  signer: KeyObject;
  extensions: readonly Buffer[];
  time?: readonly [from: string, to: string] | undefined;
}): string {
  const algorithm = sequence(oid('2a8648ce3d040302')); // ecdsa-with-SHA256
  const [from, to] = o.time ?? ['240101000000Z', '490101000000Z'];
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    commonName(o.issuer),
    sequence(der(0x17, Buffer.from(from)), der(0x17, Buffer.from(to))),
    commonName(o.subject),
    o.publicKey.export({ type: 'spki', format: 'der' }),
    ...(o.extensions.length === 0 ? [] : [der(0xa3, sequence(...o.extensions))]),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, o.signer)]));
  const base64 = sequence(body, algorithm, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function commonName(text: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}

const isAuthority = extension('551d13', sequence(der(0x01, Buffer.from([255]))));
