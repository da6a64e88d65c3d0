import type { Diagnostic } from '../diagnostics.js';
import type { FoundUse } from '../tools/code-uses/found.js';

/** Writes for which the API server asks for more than the right to write: what depends on the content, which no code shows. */
const checks: readonly { readonly group: string; readonly resource: RegExp; readonly needs: string }[] = [
  {
    group: 'rbac.authorization.k8s.io',
    resource: /^(?:cluster)?roles$/,
    needs: 'every right that the role grants, or `escalate` on it',
  },
  {
    group: 'rbac.authorization.k8s.io',
    resource: /^(?:cluster)?rolebindings$/,
    needs: 'every right of the role that is bound, or `bind` on it',
  },
  {
    group: 'certificates.k8s.io',
    resource: /^certificatesigningrequests\/approval$/,
    needs: '`approve` on the signer (resource signers)',
  },
  {
    group: 'certificates.k8s.io',
    resource: /^certificatesigningrequests\/status$/,
    needs: '`sign` on the signer (resource signers)',
  },
];

/** Says where a rule alone is not enough. */
export function extraCheckWarnings(uses: readonly FoundUse[]): Diagnostic[] {
  return uses.flatMap(({ place, resource: { group, plural }, subresource, verbs }): Diagnostic[] => {
    const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
    const check = checks.find((one) => one.group === group && one.resource.test(resource));
    const written = verbs.filter((verb) => /^(?:create|update|patch)$/.test(verb));
    if (check === undefined || written.length === 0) return [];
    return [
      {
        severity: 'warning',
        ...place,
        message: `to ${written.join(' and ')} ${resource} the API server also asks for ${check.needs}: no rule is made for that`,
      },
    ];
  });
}
