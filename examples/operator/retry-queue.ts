/** What happens to a key that failed: waits of 1, 2, 4, … and at most 60 s. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * A queue of keys for level-triggered work. A key waits in it at most once, and is never worked on twice at the same time:
 * what is added meanwhile comes again afterwards. Work that throws is tried again, later each time.
 */
export class RetryQueue {
  readonly #waiting = new Set<string>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #wake: (() => void) | undefined;

  add(key: string): void {
    this.#forgetTimer(key);
    this.#waiting.add(key);
    this.#wake?.();
  }

  /** Works on one key after the other until the signal fires; what is under way is finished. */
  async run(work: (key: string) => Promise<void>, signal: AbortSignal): Promise<void> {
    const wake = (): void => this.#wake?.();
    signal.addEventListener('abort', wake);
    while (!signal.aborted) {
      const [key] = this.#waiting;
      if (key === undefined) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      this.#waiting.delete(key);
      try {
        await work(key);
        this.#failures.delete(key);
      } catch (error) {
        if (!signal.aborted) this.#addLater(key, error);
      }
    }
    signal.removeEventListener('abort', wake);
    for (const key of this.#timers.keys()) this.#forgetTimer(key);
  }

  #addLater(key: string, error: unknown): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const wait = Math.min(firstWaitMs * 2 ** failures, longestWaitMs);
    console.error(`${key}: ${error instanceof Error ? error.message : String(error)}; again in ${wait / 1_000} s`);
    if (!this.#waiting.has(key))
      this.#timers.set(
        key,
        setTimeout(() => this.add(key), wait),
      );
  }

  #forgetTimer(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
