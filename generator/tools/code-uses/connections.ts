import type { ts } from 'ts-morph';
import type { Finding, Tools } from './finding.js';
import type { Context } from './origin.js';
import type { FoundConnection } from './found.js';

/** What decides, beside `namespace`, in which namespace a connection is at home. */
const elsewhere = ['kubeconfig', 'context', 'transport'];

/** What `connect(…)` says about namespace and identity. */
export function connectionOf(
  call: ts.CallExpression,
  context: Context,
  { flow, literals }: Tools,
): Finding & { readonly connection: FoundConnection['namespace'] } {
  const options = flow.argument(call, 0, context);
  const impersonates = flow.propertyOf(options, 'impersonate').some(({ t }) => t === 'expression');
  const unfollowed = impersonates
    ? [
        {
          message: 'this connection acts as somebody else, whose rights are meant below',
          hint: 'The account itself needs a rule for the verb `impersonate`, which is not printed',
        },
      ]
    : [];
  const named = literals.strings(flow.propertyOf(options, 'namespace'));
  if (named.why !== undefined) return { connection: { t: 'unknown', why: named.why }, unfollowed };
  const [name, ...more] = named.values;
  if (more.length > 0 || (name !== undefined && named.mayBeNone))
    return { connection: { t: 'unknown', why: 'the namespace of the connection differs' }, unfollowed };
  if (name !== undefined) return { connection: { t: 'named', name }, unfollowed };
  const other = elsewhere.find((field) => flow.propertyOf(options, field).some(({ t }) => t !== 'none'));
  if (other !== undefined)
    return { connection: { t: 'unknown', why: `the connection takes its namespace from \`${other}\`` }, unfollowed };
  const hasServer = flow.propertyOf(options, 'server').some(({ t }) => t !== 'none');
  const isInCluster = flow.propertyOf(options, 'inCluster').some(({ t }) => t !== 'none');
  return { connection: hasServer && !isInCluster ? { t: 'named', name: 'default' } : { t: 'own' }, unfollowed };
}
