// Our side of the benchmark harness: a reflector of @kube-gen/runtime over the built package.
// Environment: KUBE_GEN_RUNTIME names the package's dist folder; KG_STREAMING=0 lists in pages instead of streaming;
// KG_READ=1 reads the object of each event and looks at its metadata, as the latency scenario's handler does, so that throughput is
// measured with objects read; KG_READ=all looks at its spec and status, too.
const runtime = process.env.KUBE_GEN_RUNTIME ?? new URL('../runtime/dist', import.meta.url).pathname;

const kinds = {
  pods: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', singular: 'pod', listKind: 'PodList' },
  foos: { group: 'example.dev', version: 'v1', kind: 'Foo', plural: 'foos', singular: 'foo', listKind: 'FooList' },
};
const rest = {
  scope: 'Namespaced',
  shortNames: [],
  categories: [],
  subresources: {},
  printerColumns: [],
  selectableFields: [],
};

const library = () => import(`${runtime}/index.js`);
export const preload = library;

export async function start({ url, kind }) {
  const { connect, Reflector, defineResource } = await library();
  const cluster = await connect({ server: url, insecureSkipTlsVerify: url.startsWith('https:') });
  const definition = defineResource()({ ...kinds[kind], ...rest });
  const reflector = new Reflector(cluster, definition, { streaming: process.env.KG_STREAMING !== '0' });
  const errors = [];
  reflector.on('status', (status) => {
    if (status.lastError) errors.push(`${status.lastError.code} ${status.lastError.message}`);
  });
  const listeners = [];
  /** A listener that returns a promise is waited for, as any handler is. */
  const told = (type, change) => {
    const pending = listeners.map((tell) => tell(type, new Lazy(change, 'object'))).filter((result) => result?.then);
    return pending.length === 0 ? undefined : Promise.all(pending);
  };
  const types = { added: 'ADDED', updated: 'MODIFIED', deleted: 'DELETED' };
  return {
    ready: reflector.ready(),
    size: () => reflector.read().size,
    get: (key) => reflector.read().get(key),
    keys: () => [...reflector.read().keys()],
    onEvent(listener) {
      listeners.push(listener);
      if (listeners.length > 1) return;
      // The object is read only if the listener does: a change parses on first use.
      const tell = (change) => {
        if (change.type === 'replaced') {
          for (const tell of listeners) tell('DELETED', new Lazy(change, 'previous'));
          return told('ADDED', change);
        }
        return change.type in types && !change.initial ? told(types[change.type], change) : undefined;
      };
      if (process.env.KG_READ === undefined) reflector.on('change', tell);
      else void readEvery(reflector, tell);
    },
    stop: () => reflector.stop().then(() => cluster.close()),
    errors,
  };
}

/** Each event and its object, although the server is faster: a handler of `on` would be told of several changes of one object as one. */
async function readEvery(reflector, tell) {
  for await (const change of reflector.changes({ mode: 'every', buffer: 1_000_000 })) {
    if ('object' in change && !isRead(change.object)) throw new Error('an object without a name, spec or status');
    tell(change);
  }
}

function isRead(object) {
  const isWhole = process.env.KG_READ === 'all';
  return object.metadata.name !== '' && (!isWhole || (object.spec !== undefined && object.status !== undefined));
}

/** What the harness calls an object, read when it is looked at. A class, as a getter of one object alone would keep it until a full collection. */
class Lazy {
  #change;
  #part;
  constructor(change, part) {
    this.#change = change;
    this.#part = part;
  }
  get metadata() {
    return this.#change[this.#part].metadata;
  }
}
