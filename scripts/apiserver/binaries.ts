import { execFile } from 'node:child_process';
import { access, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The Kubernetes release that is built when none is asked for. */
export const defaultVersion = '1.37.2';

/** Where the programs of a control plane are. */
export interface Binaries {
  readonly etcd: string;
  readonly kubeApiserver: string;
  /** Missing in some `KUBEBUILDER_ASSETS` folders. */
  readonly kubectl: string | undefined;
  /** Where they came from, for people. */
  readonly origin: string;
}

/** What to do where there is no control plane and none can be built. */
export const waysToAControlPlane: string = [
  'Three ways to an API server for the tests:',
  '  - install Go (https://go.dev/dl): the programs are built once, in about ten minutes, and kept;',
  '  - KUBEBUILDER_ASSETS=<folder with kube-apiserver, etcd and kubectl>, as `setup-envtest use -p path` prints it;',
  '  - KUBE_GEN_TEST_KUBECONFIG=<kubeconfig of any cluster that may be broken>, for the tests that need no more than that.',
].join('\n');

/** The programs named by `KUBEBUILDER_ASSETS` (the convention of envtest), or those that `buildBinaries` made before. */
export async function findBinaries(version: string = defaultVersion): Promise<Binaries | undefined> {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  if (assets !== undefined && assets !== '') {
    const found = await binariesIn(assets, `KUBEBUILDER_ASSETS (${assets})`);
    if (found === undefined)
      throw new Error(`KUBEBUILDER_ASSETS names ${assets}, which has no kube-apiserver and etcd`);
    return found;
  }
  const built = await binariesIn(cacheFolder(version), `built from the Go modules of Kubernetes ${version}`);
  // kubectl is built last: without it a build was cut short.
  return built?.kubectl === undefined ? undefined : built;
}

/**
 * Builds etcd, kube-apiserver and kubectl of one release from their published Go modules: about ten minutes on two cores, once.
 * What an earlier build has finished is kept. Rejects with `waysToAControlPlane` where there is no Go.
 */
export async function buildBinaries(
  version: string = defaultVersion,
  log: (line: string) => void = () => {},
): Promise<Binaries> {
  if (!/^1\.\d+\.\d+$/.test(version))
    throw new Error(`${version} is no release of Kubernetes, such as ${defaultVersion}`);
  if (!(await hasGo()))
    throw new Error(`There is no Go here to build Kubernetes ${version} with.\n${waysToAControlPlane}`);
  const target = cacheFolder(version);
  const work = await mkdtemp(join(tmpdir(), 'kube-gen-apiserver-'));
  try {
    const kubernetes = await downloadModule(`k8s.io/kubernetes@v${version}`, work);
    await writeFile(
      join(work, 'go.mod'),
      goMod({ version, upstream: await readFile(join(kubernetes, 'go.mod'), 'utf8') }),
    );
    log(`resolving the modules of Kubernetes ${version}`);
    await go(['mod', 'tidy'], work);
    await mkdir(target, { recursive: true });
    for (const program of programs) {
      if (await isThere(join(target, program.name))) continue;
      log(`building ${program.name}`);
      const made = join(work, program.name);
      await go(['build', '-trimpath', '-ldflags', linkerFlags(version), '-o', made, program.package], work);
      await moveInto(made, join(target, program.name));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const built = await findBinaries(version);
  if (built === undefined) throw new Error(`the build of Kubernetes ${version} left no programs in ${target}`);
  return built;
}

/** Whether this machine could build them. */
export async function hasGo(): Promise<boolean> {
  return isInPath('go', 'version');
}

/** The kubectl beside the other programs, else the one in PATH. */
export async function findKubectl(binaries: Binaries | undefined): Promise<string | undefined> {
  return binaries?.kubectl ?? ((await isInPath('kubectl', 'version', '--client')) ? 'kubectl' : undefined);
}

async function isInPath(program: string, ...args: readonly string[]): Promise<boolean> {
  try {
    await exec(program, args);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const programs = [
  { name: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
  { name: 'kube-apiserver', package: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  { name: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl' },
] as const;

function cacheFolder(version: string): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'kube-gen', `kubernetes-${version}`);
}

async function binariesIn(folder: string, origin: string): Promise<Binaries | undefined> {
  const path = async (name: string): Promise<string | undefined> => {
    const file = join(folder, name);
    return (await isThere(file)) ? file : undefined;
  };
  const [etcd, kubeApiserver, kubectl] = await Promise.all(['etcd', 'kube-apiserver', 'kubectl'].map(path));
  return etcd === undefined || kubeApiserver === undefined ? undefined : { etcd, kubeApiserver, kubectl, origin };
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function downloadModule(module: string, cwd: string): Promise<string> {
  const { stdout } = await exec('go', ['mod', 'download', '-json', module], { cwd });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

/** Kubernetes requires its staging modules as v0.0.0 and replaces them by folders that its published module does not hold. */
function goMod({ version, upstream }: { version: string; upstream: string }): string {
  const staging = [...upstream.matchAll(/^\s*(\S+) => \.\/staging\//gm)].map((match) => match[1]);
  const etcd = /^\s*go\.etcd\.io\/etcd\/client\/v3 (v\S+)/m.exec(upstream)?.[1];
  const goVersion = /^go (\S+)/m.exec(upstream)?.[1];
  if (staging.length === 0 || etcd === undefined || goVersion === undefined) {
    throw new Error(`go.mod of Kubernetes ${version} does not look as expected`);
  }
  const minor = version.split('.').slice(1).join('.');
  return [
    'module kube-gen.test/apiserver',
    '',
    `go ${goVersion}`,
    '',
    'tool (',
    ...programs.map((program) => `\t${program.package}`),
    ')',
    '',
    'require (',
    `\tgo.etcd.io/etcd/server/v3 ${etcd}`,
    `\tk8s.io/kubernetes v${version}`,
    ')',
    '',
    'replace (',
    ...staging.map((module) => `\t${module} => ${module} v0.${minor}`),
    ')',
    '',
  ].join('\n');
}

function linkerFlags(version: string): string {
  const [major, minor] = version.split('.');
  const set = (name: string, value: string): string => `-X k8s.io/component-base/version.${name}=${value}`;
  return ['-s -w', set('gitVersion', `v${version}`), set('gitMajor', major ?? ''), set('gitMinor', minor ?? '')].join(
    ' ',
  );
}

async function go(args: string[], cwd: string): Promise<void> {
  // A go.mod that names a newer Go than the installed one may not fetch a toolchain behind our back.
  await exec('go', args, {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
  });
}

/** Renames, across file systems too, so that a program is there whole or not at all. */
async function moveInto(from: string, to: string): Promise<void> {
  const beside = `${to}.new`;
  await copyFile(from, beside);
  await rename(beside, to);
}
