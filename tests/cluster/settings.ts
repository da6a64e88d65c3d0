import { defaultVersion } from '../../scripts/apiserver/binaries.js';

/** Any cluster that may be broken, instead of one of our own. */
export const givenKubeconfig: string | undefined = setting('KUBE_GEN_TEST_KUBECONFIG');
/** The Kubernetes release that is built and started. */
export const wantedVersion: string = setting('KUBE_GEN_TEST_KUBERNETES') ?? defaultVersion;
/** `WatchList=false`, for kube-apiserver. */
export const featureGates: string | undefined = setting('KUBE_GEN_TEST_FEATURE_GATES');

function setting(name: string): string | undefined {
  return process.env[name] || undefined;
}
