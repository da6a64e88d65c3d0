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
  /** Removes history: watches from before get 410, once the API server remembers no more than etcd. */
  compact(revision: string): Promise<void>;
  readonly etcdUrl: string;
  /** One more API server on the same data, with the same certificate and tokens; `stop` stops it, too. */
  startSecondApiserver(options: SecondApiserver): Promise<{ readonly server: string }>;
  stop(): Promise<void>;
}

/** What is different about a second API server. */
export interface SecondApiserver {
  /** Where it finds etcd: straight, or through something that stands between. */
  readonly etcdUrl: string;
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

/** Starts etcd and kube-apiserver in a folder of their own; ready in about five seconds. When one fails, nothing is left running. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-gen-control-plane-'));
  const programs = new Set<ChildProcess>();
  const stop = async (): Promise<void> => {
    for (const child of programs) await kill(child, 'SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ...(await startIn(folder, options, programs)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startIn(
  folder: string,
  options: ControlPlaneOptions,
  programs: Set<ChildProcess>,
): Promise<Omit<ControlPlane, 'stop'>> {
  const [clientPort, peerPort, securePort = 0] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${clientPort}`;
  const server = `https://127.0.0.1:${securePort}`;
  const token = randomBytes(16).toString('hex');
  const userTokens = Object.fromEntries((options.users ?? []).map((user) => [user, randomBytes(16).toString('hex')]));
  await writeSecrets({ folder, token, userTokens });
  const starters = createStarters({ folder, options, programs, token });
  const first = { name: 'kube-apiserver', etcdUrl, securePort };
  const startEtcd = (): Promise<ChildProcess> => starters.etcd({ etcdUrl, peerUrl: `http://127.0.0.1:${peerPort}` });

  let etcd = await startEtcd();
  let apiserver = await starters.apiserver(first);
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
    etcdUrl,
    async restartApiserver(signal = 'SIGKILL') {
      await kill(apiserver, signal);
      apiserver = await starters.apiserver(first);
    },
    async restartEtcd(signal = 'SIGKILL') {
      await kill(etcd, signal);
      etcd = await startEtcd();
    },
    compact: (revision) => compact(etcdUrl, revision),
    async startSecondApiserver(second) {
      const [port = 0] = await freePorts(1);
      await starters.apiserver({ name: 'kube-apiserver-2', etcdUrl: second.etcdUrl, securePort: port });
      return { server: `https://127.0.0.1:${port}` };
    },
  };
}

interface Starters {
  etcd(o: { etcdUrl: string; peerUrl: string }): Promise<ChildProcess>;
  apiserver(o: { name: string; etcdUrl: string; securePort: number }): Promise<ChildProcess>;
}

/** How the programs are started; each resolves when its program answers. */
function createStarters(o: {
  folder: string;
  options: ControlPlaneOptions;
  programs: Set<ChildProcess>;
  token: string;
}): Starters {
  const { folder, options, programs, token } = o;
  const start = async (
    program: { name: string; command: string; args: string[] },
    ready: () => Promise<boolean>,
  ): Promise<ChildProcess> => {
    const child = run({ folder, ...program });
    programs.add(child);
    await until(child, { isReady: ready, logFile: join(folder, `${program.name}.log`) });
    return child;
  };
  return {
    etcd: (urls) => {
      const args = etcdFlags({ folder, ...urls });
      return start(
        { name: 'etcd', command: options.binaries.etcd, args },
        async () => (await fetch(`${urls.etcdUrl}/health`)).ok,
      );
    },
    apiserver: ({ name, ...where }) => {
      const gates = options.featureGates === undefined ? [] : [`--feature-gates=${options.featureGates}`];
      const args = [...apiserverFlags({ folder, ...where }), ...(options.apiserverFlags ?? []), ...gates];
      return start({ name, command: options.binaries.kubeApiserver, args }, () =>
        isReady(`https://127.0.0.1:${where.securePort}`, token),
      );
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

function apiserverFlags(o: { folder: string; etcdUrl: string; securePort: number }): string[] {
  const { folder, etcdUrl, securePort } = o;
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
  // One that cannot be run has no process id, which `until` sees.
  child.on('error', (error) => log.write(`${error.message}\n`));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log);
  return child;
}

/** Asks until it is ready, and gives up when the program has ended or a minute is over. */
async function until(child: ChildProcess, o: { isReady: () => Promise<boolean>; logFile: string }): Promise<void> {
  const deadline = Date.now() + 60_000;
  let last: unknown;
  while (Date.now() < deadline) {
    if (child.pid === undefined) throw new Error(`${child.spawnfile} cannot be run`);
    if (child.exitCode !== null) {
      const said = (await readFile(o.logFile, 'utf8')).trimEnd().split('\n').slice(-5).join('\n');
      throw new Error(`${child.spawnfile} ended with exit code ${child.exitCode}:\n${said}`);
    }
    try {
      if (await o.isReady()) return;
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
