import { type Cluster, isKubeError } from '@kube-gen/runtime';

/** Why the API server refuses a CRD; nothing where it takes it. Nothing is stored. */
export async function crdRefusal(cluster: Cluster, crd: object): Promise<string | undefined> {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All&fieldValidation=Strict';
  try {
    await cluster.request({ method: 'POST', path, body: crd });
    return undefined;
  } catch (error) {
    if (isKubeError(error) && (error.status === 422 || error.status === 400)) return error.message;
    throw error;
  }
}

/** Whether it is of the release whose verdicts kube-gen follows: other ones look at less, and know other functions. */
export async function isFollowedRelease(cluster: Cluster): Promise<boolean> {
  const { minor } = await cluster.request<{ minor: string }>({ path: '/version' });
  return Number.parseInt(minor) === 37;
}
