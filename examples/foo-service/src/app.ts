import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { isKubeError, metrics, type Cluster } from '@kube-gen/runtime';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import { streamEvents } from './events.js';
import type { State } from './state.js';

const publicFolder = fileURLToPath(new URL('../public', import.meta.url));

/** The page runs only its own files, and nobody may put it in a frame. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

export interface AppOptions {
  readonly cluster: Cluster;
  readonly state: State;
  /** Fires when the service stops: open event streams end. */
  readonly signal: AbortSignal;
}

/** The HTTP side: every answer comes from the cache, no request waits for the API server. */
export function createApp({ cluster, state, signal }: AppOptions): Hono {
  const { foos, pods } = state;
  const app = new Hono();
  // Whether this host is to be reached by https only is for whoever ends TLS in front of it to say.
  app.use(secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false }));

  app.get('/foos', (c) => {
    const { namespace, label: labels, image } = c.req.query();
    const items = state.find({
      ...(namespace !== undefined && { namespace }),
      ...(labels !== undefined && { labels }),
      ...(image !== undefined && { image }),
    });
    return c.json({ resourceVersion: foos.status.resourceVersion, items });
  });
  app.get('/foos/:name', (c) => {
    const namespace = c.req.query('namespace') ?? cluster.namespace;
    const foo = foos.get(c.req.param('name'), namespace);
    return foo === undefined ? c.json(notFound(`${namespace}/${c.req.param('name')}`), 404) : c.json(foo);
  });
  app.get('/foos/:namespace/:name', (c) => {
    const { namespace, name } = c.req.param();
    const foo = foos.get(name, namespace);
    return foo === undefined ? c.json(notFound(`${namespace}/${name}`), 404) : c.json(foo);
  });

  app.get('/foos/:namespace/:name/pods', (c) => {
    const { namespace, name } = c.req.param();
    const foo = foos.get(name, namespace);
    if (foo === undefined) return c.json(notFound(`${namespace}/${name}`), 404);
    return c.json({ resourceVersion: pods.status.resourceVersion, items: state.podsOf(foo) });
  });

  // Alive: this process answers. Ready: there are whole sets to answer from, however old. Healthy: and they are up to date.
  // Only the first is fit for a liveness probe: a restart helps nobody while the API server is away.
  app.get('/livez', (c) => c.json({ alive: true }));
  app.get('/readyz', (c) => c.json({ synced: state.synced }, state.synced ? 200 : 503));
  app.get('/healthz', (c) =>
    c.json({ live: cluster.isLive(), foos: foos.status, pods: pods.status }, cluster.isLive() ? 200 : 503),
  );
  app.get('/metrics', (c) => c.text(metrics(cluster), 200, { 'content-type': 'text/plain; version=0.0.4' }));

  app.get('/events', (c) =>
    streamSSE(c, (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      return streamEvents(foos, stream, AbortSignal.any([signal, left.signal]));
    }),
  );
  app.use('*', serveStatic({ root: publicFolder }));

  app.notFound((c) => c.json({ error: { code: 'not-found', message: `There is nothing at ${c.req.path}.` } }, 404));
  app.onError((error, c) => {
    if (isKubeError(error) && error.code === 'not-synced') return c.json(failure(error), 503, { 'retry-after': '1' });
    if (isKubeError(error) && error.code === 'usage') return c.json(failure(error), 400);
    console.error(error);
    return c.json({ error: { code: 'internal', message: 'The service failed; its log says why.' } }, 500);
  });
  return app;
}

function failure({ code, message }: { code: string; message: string }): { error: { code: string; message: string } } {
  return { error: { code, message } };
}

function notFound(key: string): { error: { code: string; message: string } } {
  return failure({ code: 'not-found', message: `There is no Foo ${key}.` });
}
