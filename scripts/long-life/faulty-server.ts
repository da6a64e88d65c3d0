/** The server of a long life, in a process of its own: an embedded API server behind a relay and an HTTP/2 front that do it harm. */
import { startApiServer } from '@kube-gen/runtime/testing';
import { anyOf, chance } from './chance.js';
import { Thing } from './thing.js';
import { openHttp2Front } from './http2-front.js';
import { openFaultyRelay } from './faulty-relay.js';

/** What the other process asks for. `calm` takes all faults away, `strike` makes one. */
export type Question = 'strike' | 'calm' | 'objects' | 'end';
/** Where everything is, told once. */
export interface Places {
  readonly direct: string;
  readonly relay: string;
  readonly front: string;
  readonly ca: string;
}
/** What the server holds, and who is connected. */
export interface Holdings {
  /** Key and version of each object, and what decides whether it is selected. */
  readonly objects: readonly (readonly [key: string, version: string, tier: string | undefined])[];
  readonly connections: number;
}

const server = await startApiServer({ kinds: [Thing], watchWindow: 3000, bookmarkEveryMs: 2000 });
const port = Number(new URL(server.url).port);
const relay = await openFaultyRelay(port);
const front = await openHttp2Front(port);
const faults: Disposable[] = [];

const verb = (): 'list' | 'watch' => (chance(2) === 0 ? 'list' : 'watch');
const times = (): number => 1 + chance(3);
const note = (fault: Disposable): void => void faults.push(fault);
const strikes: Readonly<Record<string, () => unknown>> = {
  ...relay.strikes,
  ...front.strikes,
  compact: () => server.compact(),
  expire: () => note(server.fault({ match: { verb: 'watch' }, do: 'expire', times: times() })),
  drop: () => note(server.fault({ match: { verb: verb() }, do: chance(2) === 0 ? 'drop' : 'reset', times: times() })),
  dropLater: () => note(server.fault({ match: { verb: verb() }, do: 'drop', afterEvents: chance(300), times: 1 })),
  status: () => {
    const status = anyOf([400, 401, 403, 404, 410, 429, 500, 503, 504]) ?? 500;
    note(server.fault({ match: { verb: verb() }, do: 'status', status, retryAfterS: 1, times: times() }));
  },
  restart: () => server.restart(),
};

async function answer(question: Question): Promise<unknown> {
  switch (question) {
    case 'strike': {
      const [name, strike] = anyOf(Object.entries(strikes)) ?? [];
      relay.wild = front.wild = true;
      await strike?.();
      return name;
    }
    case 'calm':
      relay.wild = front.wild = false;
      for (const fault of faults.splice(0)) fault[Symbol.dispose]();
      return undefined;
    case 'objects': {
      const objects = server
        .objects(Thing)
        .map(({ metadata: { namespace, name, resourceVersion, labels } }) => [
          `${namespace}/${name}`,
          resourceVersion,
          labels?.['tier'],
        ]);
      return { objects, connections: relay.open + front.open };
    }
    case 'end':
      process.exit(0);
  }
}

process.on('message', ({ id, question }: { id: number; question: Question }) => {
  void answer(question).then((value) => process.send?.({ id, value }));
});
const places: Places = { direct: server.url, relay: relay.url, front: front.url, ca: front.ca };
process.send?.({ id: 0, value: places });
