import type { StepwiseIndexing } from './store.js';

/** One index that is being made, a few hundred objects at a time. Nothing of it is to be seen before all is done. */
export class IndexMaking implements StepwiseIndexing {
  readonly #steps: Iterator<void, void>;
  #isDone = false;
  #isRunning = false;

  constructor(steps: Iterator<void, void>) {
    this.#steps = steps;
  }

  run(more: () => boolean): boolean {
    // An index function that reads its own index finds nothing.
    if (this.#isRunning) return false;
    this.#isRunning = true;
    try {
      while (!this.#isDone) {
        if (this.#steps.next().done === true) this.#isDone = true;
        else if (!more()) break;
      }
    } finally {
      this.#isRunning = false;
    }
    return this.#isDone;
  }
}
