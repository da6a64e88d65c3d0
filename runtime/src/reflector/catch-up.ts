import type { Clock } from '../io/clock.js';

/** An own write of the watched kind comes by itself within this time. */
const PATIENCE_MS = 1000;
const LONGEST_MS = 30_000;
/** One look takes two requests and a second. */
const LOOK_MS = 15_000;

/** Where the versions come from. */
export interface CatchUpOptions {
  readonly clock: Clock;
  /** Whether the cache has not come to this version. */
  readonly isBehind: (version: string) => boolean;
  /** Asks the server whether anything is missing up to these versions. Never rejects. */
  readonly look: (versions: readonly string[], signal: AbortSignal) => Promise<unknown>;
}

/**
 * For those who wait for a version that no event may bring: of another kind, of another namespace, of what a selector leaves out. Looks
 * ahead when it did not come by itself, and again, ever more seldom, as long as somebody waits.
 */
export class CatchUp {
  readonly #o: CatchUpOptions;
  readonly #wanted = new Set<{ readonly version: string }>();
  #timer: { cancel(): void } | undefined;
  #timerAt = 0;
  #delay = PATIENCE_MS;
  #looking: AbortController | undefined;

  constructor(o: CatchUpOptions) {
    this.#o = o;
  }

  /** Somebody waits for this version, until `cancel`. */
  want(version: string): { cancel(): void } {
    const one = { version };
    this.#wanted.add(one);
    this.#delay = PATIENCE_MS;
    if (this.#looking === undefined) this.#arm();
    return {
      cancel: () => {
        if (this.#wanted.delete(one) && this.#wanted.size === 0) this.stop();
      },
    };
  }

  /** Nobody waits any more: ends timer and requests. */
  stop(): void {
    this.#wanted.clear();
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#looking?.abort();
    this.#looking = undefined;
  }

  /** Never later than a timer that is set already. */
  #arm(): void {
    const { clock } = this.#o;
    const at = clock.now() + this.#delay;
    if (this.#timer !== undefined && this.#timerAt <= at) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = clock.setTimer(this.#delay, () => {
      this.#timer = undefined;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const { clock, isBehind, look } = this.#o;
    const looking = new AbortController();
    this.#looking = looking;
    this.#delay = Math.min(2 * this.#delay, LONGEST_MS);
    const deadline = clock.setTimer(LOOK_MS, () => looking.abort());
    const behind = Array.from(this.#wanted, ({ version }) => version).filter((version) => isBehind(version));
    if (behind.length > 0) await look(behind, looking.signal);
    deadline.cancel();
    if (this.#looking !== looking) return;
    this.#looking = undefined;
    if (this.#wanted.size > 0) this.#arm();
  }
}
