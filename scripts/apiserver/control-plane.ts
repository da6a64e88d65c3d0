import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';

/** A running etcd and kube-apiserver. */
export interface ControlPlane {
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  /** The token of a member of `system:masters`. */
  readonly token: string;
  /** A kubeconfig file with these, for kubectl and `connect({ kubeconfig })`. */
  readonly kubeconfigFile: string;
  readonly folder: string;
  /** Tokens of users who may do nothing until RBAC grants it. */
  readonly userTokens: Readonly<Record<string, string>>;
  /** Kills the API server (default SIGKILL) and starts it again on the same port and data. */
  restartApiserver(signal?: NodeJS.Signals): Promise<void>;
  /** The same for etcd. */
  restartEtcd(signal?: NodeJS.Signals): Promise<void>;
  /** Removes history: watches from before get 410. */
  compact(revision: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  readonly binaries: Binaries;
  /** `WatchList=false`, for kube-apiserver. */
  readonly featureGates?: string | undefined;
  /** More flags for kube-apiserver. */
  readonly apiserverFlags?: readonly string[];
  /** Names of users without rights. */
  readonly users?: readonly string[];
}

/** Starts etcd and kube-apiserver in a folder of their own; ready in about five seconds. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-gen-control-plane-'));
  const [clientPort, peerPort, securePort] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${clientPort}`;
  const server = `https://127.0.0.1:${securePort}`;
  const token = randomBytes(16).toString('hex');
  const userTokens = Object.fromEntries((options.users ?? []).map((user) => [user, randomBytes(16).toString('hex')]));
  await writeSecrets({ folder, token, userTokens });

  const startEtcd = async (): Promise<ChildProcess> => {
    const child = run({
      folder,
      name: 'etcd',
      command: options.binaries.etcd,
      args: etcdFlags({ folder, etcdUrl, peerUrl: `http://127.0.0.1:${peerPort}` }),
    });
    await until(child, async () => (await fetch(`${etcdUrl}/health`)).ok);
    return child;
  };
  const startApiserver = async (): Promise<ChildProcess> => {
    const args = [
      ...apiserverFlags({ folder, etcdUrl, securePort: securePort ?? 0 }),
      ...(options.apiserverFlags ?? []),
    ];
    if (options.featureGates !== undefined) args.push(`--feature-gates=${options.featureGates}`);
    const child = run({ folder, name: 'kube-apiserver', command: options.binaries.kubeApiserver, args });
    await until(child, () => isReady(server, token));
    return child;
  };

  let etcd = await startEtcd();
  let apiserver = await startApiserver();
  const ca = await readFile(join(folder, 'certs/apiserver.crt'), 'utf8');
  const kubeconfigFile = join(folder, 'kubeconfig');
  await writeFile(kubeconfigFile, kubeconfig({ server, ca, token }), { mode: 0o600 });

  return {
    server,
    ca,
    token,
    kubeconfigFile,
    folder,
    userTokens,
    async restartApiserver(signal = 'SIGKILL') {
      await kill(apiserver, signal);
      apiserver = await startApiserver();
    },
    async restartEtcd(signal = 'SIGKILL') {
      await kill(etcd, signal);
      etcd = await startEtcd();
    },
    compact: (revision) => compact(etcdUrl, revision),
    async stop() {
      await kill(apiserver, 'SIGKILL');
      await kill(etcd, 'SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function compact(etcdUrl: string, revision: string): Promise<void> {
  const body = JSON.stringify({ revision, physical: true });
  const answer = await fetch(`${etcdUrl}/v3/kv/compaction`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`etcd compaction failed: ${answer.status} ${await answer.text()}`);
}

async function writeSecrets(o: { folder: string; token: string; userTokens: Record<string, string> }): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(o.folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const users = Object.entries(o.userTokens).map(([user, userToken]) => `${userToken},${user},${user}`);
  await writeFile(join(o.folder, 'tokens.csv'), [`${o.token},admin,admin,system:masters`, ...users, ''].join('\n'), {
    mode: 0o600,
  });
}

function etcdFlags({ folder, etcdUrl, peerUrl }: { folder: string; etcdUrl: string; peerUrl: string }): string[] {
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ];
}

function apiserverFlags({
  folder,
  etcdUrl,
  securePort,
}: {
  folder: string;
  etcdUrl: string;
  securePort: number;
}): string[] {
  return [
    `--etcd-servers=${etcdUrl}`,
    `--cert-dir=${join(folder, 'certs')}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${securePort}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'sa.key')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
  ];
}

function run(o: { folder: string; name: string; command: string; args: string[] }): ChildProcess {
  const child = spawn(o.command, o.args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: o.folder });
  const log = createWriteStream(join(o.folder, `${o.name}.log`), { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log);
  return child;
}

/** Asks until it is so, and gives up when the program has ended or a minute is over. */
async function until(child: ChildProcess, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  let last: unknown;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with exit code ${child.exitCode}`);
    try {
      if (await ask()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${child.spawnfile} was not ready within a minute`, { cause: last });
}

async function isReady(server: string, token: string): Promise<boolean> {
  // The certificate is made by the server itself at its first start; nobody has it yet.
  const answer = request(`${server}/readyz`, {
    rejectUnauthorized: false,
    headers: { authorization: `Bearer ${token}` },
  });
  answer.end();
  const [response] = (await once(answer, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode === 200;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

function kubeconfig({ server, ca, token }: { server: string; ca: string; token: string }): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: kube-gen
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from(ca).toString('base64')}
users:
  - name: admin
    user:
      token: ${token}
contexts:
  - name: kube-gen
    context: { cluster: kube-gen, user: admin }
current-context: kube-gen
`;
}
