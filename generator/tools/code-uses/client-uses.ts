import type { ts } from 'ts-morph';
import { clientCalls, type ClientCall } from './client-calls.js';
import type { Finding, Tools } from './finding.js';
import type { Context, Origin } from './origin.js';
import type { FoundNamespaces } from './found.js';
import type { RuntimeMember } from './runtime-types.js';

/** A member of the runtime's objects that the code takes, and the call of it. */
export interface Access {
  readonly member: RuntimeMember;
  /** `undefined`: it goes on as a value. */
  readonly call: ts.CallExpression | undefined;
  readonly objectType: ts.Type;
  readonly object: (context: Context) => Origin[];
}

const subresources = { Client: undefined, StatusClient: 'status', ScaleClient: 'scale' };

/** What the use of a client comes to. */
export function clientUses({ member, call, objectType, object }: Access, context: Context, tools: Tools): Finding {
  const { part, name } = member;
  if (part === 'Cluster' || part === 'Reflector') return {};
  const meaning = clientCalls[part][name];
  if (meaning === undefined) return {};
  const { found, why } = tools.resources.ofClient(objectType, () => object(context));
  const target =
    call === undefined
      ? { names: undefined, namespaces: { t: 'unknown', why: `\`${name}\` goes on as a value` } as const }
      : targetOf(call, meaning, context, tools);
  return {
    uses: found.map((resource) => ({ resource, subresource: subresources[part], verbs: meaning.verbs, ...target })),
    ...(why === undefined
      ? {}
      : { unfollowed: [{ message: `which resource \`${name}\` is for cannot be followed: ${why}` }] }),
  };
}

function targetOf(
  call: ts.CallExpression,
  { first, isSelected, options, without }: ClientCall,
  context: Context,
  { flow, namespaces }: Tools,
): { names: readonly string[] | undefined; namespaces: FoundNamespaces } {
  const given = first === undefined ? [] : flow.argument(call, 0, context);
  const names =
    first === 'name'
      ? namespaces.names(given)
      : first === 'object'
        ? namespaces.namesOf(given)
        : isSelected === true
          ? namespaces.selectedNames(flow.argument(call, options, context))
          : undefined;
  const isObject = first === 'object' || first === 'new object';
  const where = namespaces.ofRequest({
    options: flow.argument(call, options, context),
    ...(isObject ? { object: given } : {}),
    without,
  });
  return { names, namespaces: where };
}
