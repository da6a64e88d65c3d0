/** Types that read the `paths` of an `openapi.ts`, as `kube-gen --paths` and openapi-typescript print it. */

/** The methods that operations have. */
export type OperationMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace';

/** The paths that have an operation for a method. */
export type PathWith<Paths, M extends OperationMethod> = {
  [P in keyof Paths]: Paths[P] extends { readonly [K in M]: object } ? P : never;
}[keyof Paths] &
  string;

/** The operation of a method and a path. */
export type OperationOf<Paths, M extends OperationMethod, P extends keyof Paths> = Paths[P] extends {
  readonly [K in M]: infer Operation;
}
  ? Operation
  : never;

/** How an answer is wanted. */
export type AnswerForm = 'json' | 'text' | 'bytes' | 'stream';

/** What an operation resolves to. */
export type AnswerOf<Operation, A extends AnswerForm> = A extends 'stream'
  ? AsyncIterable<Uint8Array>
  : A extends 'bytes'
    ? Uint8Array
    : A extends 'text'
      ? string
      : JsonOf<SuccessOf<Operation>>;

/** What is given with a request besides method and path. */
export type OperationOptions<Operation, A extends AnswerForm> = ParamsOption<Operation> &
  BodyOption<Operation> &
  AsOption<Operation, A> & {
    readonly headers?: Record<string, string>;
    /** Milliseconds until it fails with `timeout`; for `stream` until the head is there. Default: none. */
    readonly timeoutMs?: number;
    readonly signal?: AbortSignal;
  };

/** The options as an argument, which may be left out where nothing in them is required. */
export type OptionsArgument<Options> = object extends Options ? [options?: Options] : [options: Options];

type ParametersOf<Operation> = Operation extends { readonly parameters: infer Parameters } ? Parameters : object;

/** What the document does not have is `never` there. Parameters of headers and cookies go into `headers`. */
type Params<Operation> = Pick<ParametersOf<Operation>, ParamPlaces<ParametersOf<Operation>>>;

type ParamPlaces<Parameters> = {
  [K in keyof Parameters & ('path' | 'query')]-?: [NonNullable<Parameters[K]>] extends [never] ? never : K;
}[keyof Parameters & ('path' | 'query')];

type ParamsOption<Operation> =
  object extends Params<Operation> ? { readonly params?: Params<Operation> } : { readonly params: Params<Operation> };

type ContentOf<T> = T extends { readonly content: infer Content } ? Content : never;

type BodyContent<Operation> = Operation extends { readonly requestBody: infer Body }
  ? ContentOf<Body>
  : Operation extends { readonly requestBody?: infer Body }
    ? ContentOf<NonNullable<Body>>
    : never;

type BodyOption<Operation> = [BodyContent<Operation>] extends [never]
  ? { readonly body?: never }
  : Operation extends { readonly requestBody: object }
    ? GivenBody<BodyContent<Operation>>
    : Partial<GivenBody<BodyContent<Operation>>>;

/** JSON is meant where the operation takes it; else (a patch) its media type must be named. */
type GivenBody<Content> = {
  readonly [T in keyof Content]: Extract<keyof Content, 'application/json' | '*/*'> extends never
    ? { readonly body: Content[T]; readonly contentType: T }
    : { readonly body: Content[T]; readonly contentType?: T };
}[keyof Content];

/** Text is no JSON: where an operation answers with plain text, one must say how it is wanted. */
type AsOption<Operation, A extends AnswerForm> =
  'text/plain' extends KeysOf<ContentOf<SuccessOf<Operation>>>
    ? { readonly as: A & Exclude<AnswerForm, 'json'> }
    : { readonly as?: A };

type KeysOf<T> = T extends unknown ? keyof T : never;

type Success = 200 | 201 | 202 | 203 | '2XX';

type SuccessOf<Operation> = Operation extends { readonly responses: infer Responses }
  ? [Extract<keyof Responses, Success | 204>] extends [never]
    ? 'default' extends keyof Responses
      ? Responses['default']
      : never
    : Responses[Extract<keyof Responses, Success>]
  : never;

/** An answer without a body is `undefined`; one that the document says nothing of is unknown. */
type JsonOf<Response> = [Response] extends [never] ? unknown : JsonIn<ContentOf<Response>>;

type JsonIn<Content> = [Content] extends [never] ? unknown : JsonContent<Content>;

type JsonContent<Content> = Content extends { readonly 'application/json': infer Json }
  ? Json
  : Content extends { readonly '*/*': infer Any }
    ? Any
    : Content extends Record<`application/${string}+json`, infer Json>
      ? Json
      : unknown;
