import type { ts } from 'ts-morph';
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

interface Call {
  readonly verbs: readonly string[];
  /** What the first argument is. */
  readonly first?: 'name' | 'object' | 'new object';
  /** Whether the server takes a name from the field selector. */
  readonly isSelected?: true;
  /** Which argument holds the options. */
  readonly options: number;
  /** What no namespace means. */
  readonly without: 'all' | 'own';
}

const shared: Readonly<Record<string, Call>> = {
  get: { verbs: ['get'], first: 'name', options: 1, without: 'own' },
  replace: { verbs: ['update'], first: 'object', options: 1, without: 'own' },
  patch: { verbs: ['patch'], first: 'name', options: 2, without: 'own' },
  apply: { verbs: ['patch'], first: 'object', options: 1, without: 'own' },
};

/** What each call of a client asks of the API server. */
const calls: Readonly<Record<'Client' | 'StatusClient' | 'ScaleClient', Readonly<Record<string, Call>>>> = {
  Client: {
    ...shared,
    // It creates what is not there, and the server asks for the right to, by name.
    apply: { verbs: ['patch', 'create'], first: 'object', options: 1, without: 'own' },
    list: { verbs: ['list'], isSelected: true, options: 0, without: 'all' },
    listPages: { verbs: ['list'], isSelected: true, options: 0, without: 'all' },
    watch: { verbs: ['watch'], isSelected: true, options: 0, without: 'all' },
    create: { verbs: ['create'], first: 'new object', options: 1, without: 'own' },
    delete: { verbs: ['delete'], first: 'name', options: 1, without: 'own' },
    deleteCollection: { verbs: ['deletecollection'], options: 0, without: 'all' },
  },
  StatusClient: shared,
  ScaleClient: {
    ...shared,
    // It reads the version by itself.
    replace: { verbs: ['get', 'update'], first: 'name', options: 2, without: 'own' },
  },
};

const subresources = { Client: undefined, StatusClient: 'status', ScaleClient: 'scale' };

/** What the use of a client comes to. */
export function clientUses({ member, call, objectType, object }: Access, context: Context, tools: Tools): Finding {
  const { part, name } = member;
  if (part === 'Cluster' || part === 'Reflector') return {};
  const meaning = calls[part][name];
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
  { first, isSelected, options, without }: Call,
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
