/** A kubeconfig for one server. */
export function kubeconfigFor(options: { readonly url: string; readonly token: string | undefined }): string {
  const user = options.token === undefined ? '{}' : `\n    token: ${JSON.stringify(options.token)}`;
  return `apiVersion: v1
kind: Config
current-context: kube-gen
clusters:
- name: kube-gen
  cluster:
    server: ${options.url}
contexts:
- name: kube-gen
  context:
    cluster: kube-gen
    user: kube-gen
    namespace: default
users:
- name: kube-gen
  user: ${user}
`;
}
