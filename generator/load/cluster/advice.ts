import type { KubeError } from '@kube-gen/runtime';

/** What the runtime advises who calls `connect`, and what that is for who runs a command. */
const advice: readonly (readonly [ofRuntime: RegExp, ofCommand: string])[] = [
  [/or give `kubeconfig` or `server`$/, 'or name a kubeconfig with --kubeconfig'],
  [/give `context`, one of/, 'name one of its contexts with --context:'],
  [/\. Or give `token`$/, ''],
  [/\(`ca`, or certificate-authority in the kubeconfig\)/, '(certificate-authority in the kubeconfig)'],
  [
    /as `server`, or give it as `tlsServerName` \(tls-server-name\)/,
    'as server in the kubeconfig, or give it there as tls-server-name',
  ],
  [/\. If it may be: allow more with `maxBytes`.*$/, ''],
];

/** The message of an error of the runtime, with advice that speaks of the command line instead of options in code. */
export function messageOf({ message }: Pick<KubeError, 'message'>): string {
  return advice.reduce((text, [ofRuntime, ofCommand]) => text.replace(ofRuntime, ofCommand), message);
}
