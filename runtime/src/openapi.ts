/** Requests typed by the `openapi.ts` of `kube-gen --paths`. */
import { fillPath } from './client/fill-path.js';
import type {
  AnswerForm,
  AnswerOf,
  OperationMethod,
  OperationOf,
  OperationOptions,
  OptionsArgument,
  PathWith,
} from './client/operation-types.js';
import type { Cluster } from './cluster.js';

export type { AnswerForm, AnswerOf, OperationMethod, OperationOf, OperationOptions, OptionsArgument, PathWith };

/** Makes one request. Resolves to the body; rejects with a `KubeError` for an HTTP error. */
export type TypedRequest<Paths> = <
  M extends OperationMethod,
  P extends PathWith<Paths, M>,
  A extends AnswerForm = 'json',
>(
  method: M,
  path: P,
  ...options: OptionsArgument<OperationOptions<OperationOf<Paths, M, P>, A>>
) => Promise<AnswerOf<OperationOf<Paths, M, P>, A>>;

/** What the types come to when the program runs. */
interface AnyOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Record<string, unknown>;
  };
  readonly body?: unknown;
  readonly contentType?: string;
  readonly as?: AnswerForm;
  readonly headers?: Record<string, string>;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Requests of a cluster, typed by the `paths` of an `openapi.ts`: method, path, parameters, body and result. Path parameters are encoded;
 * one that is missing, empty, `.` or `..` is a `usage` error. The types say what the document says: nothing is checked when it runs.
 *
 *     const request = typedRequest<paths>(cluster);
 *     const pod = await request('get', '/api/v1/namespaces/{namespace}/pods/{name}', { params: { path: { namespace, name } } });
 */
export function typedRequest<Paths extends object>(cluster: Cluster): TypedRequest<Paths> {
  const request = async (method: string, template: string, options: AnyOptions = {}): Promise<unknown> => {
    const { params = {}, contentType, headers, ...rest } = options;
    return cluster.request({
      ...rest,
      method: method.toUpperCase(),
      path: fillPath(template, params.path ?? {}),
      ...(params.query === undefined ? {} : { query: params.query }),
      headers: { ...(contentType === undefined ? {} : { 'content-type': contentType }), ...headers },
    });
  };
  // The generic signature cannot be followed through the body; the type tests hold it to what it says.
  return request as TypedRequest<Paths>;
}
