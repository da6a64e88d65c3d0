/** `v1` in the core group, else `group/version`: what `apiVersion` says. */
export function apiVersionOf({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}
