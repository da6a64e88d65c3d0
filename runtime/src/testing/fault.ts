/** The verbs that a fault can name; `delete` stands for collections too. */
export type FaultVerb = 'get' | 'list' | 'watch' | 'create' | 'replace' | 'patch' | 'delete';

/** Something that goes wrong, as `server.fault()` takes it. */
export interface Fault {
  /** Which requests it strikes. Default: all. */
  readonly match?: {
    readonly verb?: FaultVerb;
    /** `foos`, without the group; of a kind that the server has by now. */
    readonly plural?: string;
    /** Only from the nth matching request on, counted from 1 and from the moment the fault was set. */
    readonly nth?: number;
  };
  /**
   * - `drop`: the server closes the connection without an answer, or in the middle of it;
   * - `reset`: the same with a TCP reset;
   * - `stall`: the connection stays open and nothing comes, until the fault is disposed;
   * - `expire`: 410; of a watch that is open, or has sent `afterEvents`, as an `ERROR` event, as API servers do;
   * - `status`: an error answer with `status`; of a watch that has sent `afterEvents`, as an `ERROR` event;
   * - `slow`: the answer comes at `bytesPerS`.
   */
  readonly do: 'drop' | 'reset' | 'stall' | 'expire' | 'status' | 'slow';
  /** The HTTP status of `status`. Default 500. */
  readonly status?: number;
  /** The `reason` in the `Status`. Default: the usual one of the HTTP status. */
  readonly reason?: string;
  /** The `message` in the `Status`. */
  readonly message?: string;
  /** `Retry-After` of `status`, in seconds. */
  readonly retryAfterS?: number;
  /** Strike only after so many events of a watch, or items of a list, have been sent. */
  readonly afterEvents?: number;
  /** Default 1024. */
  readonly bytesPerS?: number;
  /** How often it strikes. Default: until it is disposed, or once when `nth` is given. */
  readonly times?: number;
}

/** A fault that strikes a request. */
export interface Strike {
  readonly fault: Fault;
  /** Resolves when the fault is disposed. */
  readonly over: Promise<void>;
}

/** The faults of a server, the first set first. */
export interface FaultList {
  add(fault: Fault): { dispose(): void; strike(): Strike | undefined };
  /** The first fault that strikes this request, if any. Counts the request for all that match. */
  strike(request: { readonly verb: FaultVerb | undefined; readonly plural: string | undefined }): Strike | undefined;
  clear(): void;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly over: Promise<void>;
  readonly end: () => void;
  seen: number;
  left: number;
}

export function createFaultList(): FaultList {
  const active = new Set<ActiveFault>();

  function use(each: ActiveFault): Strike | undefined {
    if (each.left <= 0) return undefined;
    each.left--;
    return { fault: each.fault, over: each.over };
  }

  return {
    add(fault) {
      let end = (): void => undefined;
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      const times = fault.times ?? (fault.match?.nth === undefined ? Number.POSITIVE_INFINITY : 1);
      const each: ActiveFault = { fault, over, end, seen: 0, left: times };
      active.add(each);
      return {
        dispose() {
          active.delete(each);
          end();
        },
        strike: () => use(each),
      };
    },
    strike(request) {
      let struck: Strike | undefined;
      for (const each of active) {
        if (!matches(each.fault, request)) continue;
        each.seen++;
        if (struck === undefined && each.seen >= (each.fault.match?.nth ?? 1)) struck = use(each);
      }
      return struck;
    },
    clear() {
      for (const each of active) each.end();
      active.clear();
    },
  };
}

function matches({ match }: Fault, request: { verb: FaultVerb | undefined; plural: string | undefined }): boolean {
  return (
    (match?.verb === undefined || match.verb === request.verb) &&
    (match?.plural === undefined || match.plural === request.plural)
  );
}

/** Whether a new fault also strikes a watch that is open. */
export function strikesOpenWatch(fault: Fault, plural: string): boolean {
  const isCut = fault.do === 'drop' || fault.do === 'reset' || fault.do === 'stall' || fault.do === 'expire';
  const isAtOnce = fault.afterEvents === undefined && fault.match?.nth === undefined;
  return isCut && isAtOnce && fault.match?.verb === 'watch' && (fault.match.plural ?? plural) === plural;
}
