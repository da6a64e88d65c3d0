import nodePath from 'node:path';
import { isObject } from '../any-object.js';
import { KubeError } from '../errors.js';
import { commandBesideFile } from './file-paths.js';
import type { ExecApiVersion, ExecCluster, ExecPlugin } from './identity.js';
import { flagField, textField, textsField, type Entry } from './kubeconfig.js';

const GROUP = 'client.authentication.k8s.io';
const MODES = ['Never', 'IfAvailable', 'Always'] as const;

/**
 * What the `exec` of a user says. Throws `config` for what is wrong in it.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export function execPlugin(exec: Entry, cluster: ExecCluster): ExecPlugin {
  const command = textField(exec, 'command');
  if (command === undefined) throw wrong(exec, 'has no command');
  const apiVersion = version(exec, command);
  const installHint = textField(exec, 'installHint');
  return {
    apiVersion,
    command: commandBesideFile(command, exec.file, nodePath),
    args: textsField(exec, 'args'),
    env: environment(exec),
    interactiveMode: interactiveMode(exec, apiVersion),
    installHint: installHint && printable(installHint),
    cluster: flagField(exec, 'provideClusterInfo') ? cluster : undefined,
  };
}

function wrong({ file, name }: Entry, what: string): KubeError {
  return new KubeError('config', `${file}: exec of the user "${name}" ${what}`);
}

function version(exec: Entry, command: string): ExecApiVersion {
  const apiVersion = textField(exec, 'apiVersion');
  switch (apiVersion) {
    case `${GROUP}/v1`:
    case `${GROUP}/v1beta1`:
      return apiVersion;
    case `${GROUP}/v1alpha1`:
      throw wrong(
        exec,
        `has the apiVersion ${apiVersion}, which was removed: update ${command}, and let it write the kubeconfig again`,
      );
    default:
      throw wrong(
        exec,
        `has ${apiVersion === undefined ? 'no apiVersion' : `the unknown apiVersion "${apiVersion}"`}; there are ${GROUP}/v1 and ${GROUP}/v1beta1`,
      );
  }
}

function interactiveMode(exec: Entry, apiVersion: ExecApiVersion): ExecPlugin['interactiveMode'] {
  const text = textField(exec, 'interactiveMode');
  const mode = MODES.find((mode) => mode === text);
  if (mode !== undefined) return mode;
  if (text === undefined && apiVersion === `${GROUP}/v1beta1`) return 'IfAvailable';
  throw wrong(
    exec,
    `has ${text === undefined ? 'no interactiveMode' : `the unknown interactiveMode "${text}"`}; there are ${MODES.join(', ')}`,
  );
}

function environment(exec: Entry): Record<string, string> {
  const list = exec.fields['env'] ?? [];
  if (!Array.isArray(list)) throw wrong(exec, 'has an env that is no list');
  const env: Record<string, string> = {};
  for (const item of list as unknown[]) {
    const { name, value = '' } = isObject(item) ? item : {};
    if (typeof name !== 'string' || name === '') throw wrong(exec, 'has an entry of env without a name');
    if (typeof value !== 'string') throw wrong(exec, `has an env "${name}" that is no text`);
    env[name] = value;
  }
  return env;
}

/** Without characters that steer a terminal: the text is somebody else's and may be printed. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{C}\t\n]/gu, '').trim();
}
