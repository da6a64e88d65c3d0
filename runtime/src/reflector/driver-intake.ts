import type { RawObject } from '../wire/raw-object.js';
import { decodeWatchEvent, type ObjectEventType } from '../wire/watch-event.js';
import type { DriverEvents } from './driver-events.js';
import type { ObjectSink } from './driver-objects.js';
import type { RequestHost } from './driver-requests.js';
import type { Input } from './protocol.js';

/** What comes from the server on its way to the machine: what should not be is counted and left out, objects are made ready first. */
export type Intake = Pick<RequestHost, 'item' | 'skipped' | 'line'>;

/** What an intake works with. */
export interface IntakeOptions<T> {
  readonly sink: ObjectSink;
  readonly events: DriverEvents<T>;
  readonly wants: RequestHost['wants'];
  /** Whether the objects of a watch fill the buffer of a streamed list. */
  readonly isFilling: () => boolean;
  readonly tell: (input: Input) => void;
}

/** Makes the intake of one watcher. */
export function createIntake<T>({ sink, events, wants, isFilling, tell }: IntakeOptions<T>): Intake {
  function prepare(type: ObjectEventType, raw: RawObject): void {
    const filling = isFilling();
    if (type !== 'DELETED') sink.prepare(raw, filling ? 'put' : 'apply');
    else if (!filling) sink.prepare(raw, 'tombstone');
  }

  return {
    item(call, raw) {
      if (!wants(call)) return true;
      const oddity = sink.oddity(raw);
      if (oddity !== undefined) {
        events.anomaly('wrong-kind', oddity);
        return sink.oddKind(raw) === undefined;
      }
      if (raw.resourceVersion === '') events.anomaly('skipped-item', 'an item without resourceVersion');
      else {
        sink.prepare(raw, 'put');
        tell({ t: 'item', call, raw });
      }
      return true;
    },
    skipped(count) {
      for (let n = 0; n < count; n++) events.anomaly('skipped-item', 'an item without a usable name');
    },
    line(call, bytes, start, end) {
      const event = decodeWatchEvent(bytes, start, end);
      if (event.t === 'object') {
        const oddity = sink.oddity(event.raw);
        if (oddity !== undefined) return events.anomaly('wrong-kind', oddity);
        prepare(event.type, event.raw);
        events.received(event.type);
      } else if (event.t === 'bookmark') {
        const oddity = sink.oddKind(event);
        if (oddity !== undefined) return events.anomaly('wrong-kind', `a bookmark of ${oddity}`);
        events.received('BOOKMARK');
      } else if (event.t === 'error') {
        events.received('ERROR');
      }
      tell({ t: 'event', call, event });
    },
  };
}
