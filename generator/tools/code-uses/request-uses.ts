import type { ts } from 'ts-morph';
import { together, type Finding, type Tools } from './finding.js';
import type { Context, Origin } from './origin.js';
import type { FoundNamespaces } from './found.js';
import { product } from './literals.js';
import { anything, ownNamespace, requestTarget, verbOf } from './request-target.js';

const hint = 'Write the path as a literal, with ${…} for names only, or use a typed client';

/** What `cluster.request({ method, path })` comes to. */
export function requestUses(call: ts.CallExpression | undefined, context: Context, tools: Tools): Finding {
  if (call === undefined) return unclear('`request` goes on as a value: what it asks for cannot be followed');
  const { flow, literals } = tools;
  const request = flow.argument(call, 0, context);
  const method = literals.strings(flow.propertyOf(request, 'method'));
  const paths = literals.texts(flow.propertyOf(request, 'path'));
  if (method.why !== undefined) return unclear(`the method of this request cannot be followed: ${method.why}`);
  if (paths === undefined) return unclear('the path of this request cannot be followed');
  const methods = [...method.values, ...(method.mayBeNone ? ['GET'] : [])];
  const isApply = isServerSideApply(request, tools);
  return together(
    paths.flatMap((path) =>
      methods.map((one) => findingOf({ method: one, path, isWatch: isWatch(request, path, tools), isApply })),
    ),
  );
}

/** What `request('get', '/api/v1/…/{name}', …)` of a `typedRequest` comes to. */
export function typedRequestUses(call: ts.CallExpression, context: Context, tools: Tools): Finding {
  const { flow, literals } = tools;
  const methods = literals.strings(flow.argument(call, 0, context));
  const templates = literals.strings(flow.argument(call, 1, context));
  const why = methods.why ?? templates.why;
  if (why !== undefined) return unclear(`this request cannot be followed: ${why}`);
  const params = flow.propertyOf(flow.argument(call, 2, context), 'params');
  const values = flow.propertyOf(params, 'path');
  const findings = templates.values.map((template) => {
    const texts = template.split(/(\{[^}]*\})/).map((part) => {
      const name = /^\{(.*)\}$/.exec(part)?.[1];
      if (name === undefined) return [part];
      const { values: known, why: open, mayBeNone } = literals.strings(flow.propertyOf(values, name));
      return open === undefined && !mayBeNone ? known : [anything];
    });
    const paths = product(texts);
    if (paths === undefined) return unclear(`the path of this request cannot be followed: ${JSON.stringify(template)}`);
    return together(
      paths.flatMap((path) =>
        methods.values.map((method) => findingOf({ method, path, isWatch: isWatch(params, path, tools) })),
      ),
    );
  });
  return together(findings);
}

/** Whether the query asks for a watch; that it only may counts, too. */
function isWatch(request: readonly Origin[], path: string, { flow, project }: Tools): boolean | undefined {
  if (/[?&]watch=(?:1|true)(?:&|$)/.test(path)) return true;
  const watch = flow.propertyOf(flow.propertyOf(request, 'query'), 'watch');
  const asked = watch.map((origin) => {
    if (origin.t === 'none') return false;
    if (origin.t === 'open') return undefined;
    const text = project.checker.typeToString(project.checker.getTypeAtLocation(origin.node)).replaceAll('"', '');
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
  });
  return asked.every((one) => one === asked[0]) ? asked[0] : undefined;
}

/** Whether the headers say that a patch is one that creates what is not there. */
function isServerSideApply(request: readonly Origin[], { flow, literals }: Tools): boolean {
  const headers = flow.propertyOf(request, 'headers');
  return ['content-type', 'Content-Type'].some((name) =>
    literals.strings(flow.propertyOf(headers, name)).values.some((type) => type.includes('apply-patch')),
  );
}

interface Request {
  readonly method: string;
  readonly path: string;
  /** `undefined`: that is not known. */
  readonly isWatch: boolean | undefined;
  readonly isApply?: boolean;
}

function findingOf({ method, path, isWatch: asked, isApply = false }: Request): Finding {
  const target = requestTarget(path);
  if (target.t === 'unclear')
    return unclear(`the path of this request cannot be followed: ${JSON.stringify(shown(path))}`);
  if (target.t === 'path')
    return { paths: [{ path: target.path, verb: method.toLowerCase() === 'head' ? 'get' : method.toLowerCase() }] };
  const { group, plural, subresource, namespace, name } = target;
  const verbs = [
    ...new Set(
      (asked === undefined ? [true, false] : [asked]).map((watch) =>
        verbOf(method, { isNamed: name !== undefined && !target.isWatch, isWatch: watch || target.isWatch }),
      ),
    ),
  ];
  if (isApply && verbs.includes('patch') && subresource === undefined) verbs.push('create');
  const scope = namespace === undefined ? undefined : 'Namespaced';
  const isKnown = name !== undefined && !name.includes(anything);
  const use = {
    resource: { group, plural, scope } as const,
    subresource,
    verbs,
    names: isKnown ? [decoded(name)] : undefined,
    namespaces: namespacesOf(namespace),
  };
  return { uses: [use] };
}

function namespacesOf(namespace: string | undefined): FoundNamespaces {
  if (namespace === undefined) return { t: 'all' };
  if (namespace === ownNamespace) return { t: 'some', names: [], own: true };
  if (namespace.includes(anything)) return { t: 'unknown', why: 'the namespace in the path is known only at run time' };
  return { t: 'some', names: [namespace], own: false };
}

/** As the API server reads it; it refuses a name with a `%` that escapes nothing. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}

function shown(path: string): string {
  return path.replaceAll(anything, '${…}');
}

function unclear(message: string): Finding {
  return { unfollowed: [{ message, hint }] };
}
