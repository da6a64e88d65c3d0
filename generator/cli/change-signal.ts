/** Turns many small changes into few runs. */
export interface ChangeSignal {
  /** Something changed. */
  readonly changed: () => void;
  /** It is over: `next` gives false from now on. */
  readonly stop: () => void;
  /** Waits for a change, and then until there was none for `quietMs`; but not for ever. */
  next(quietMs: number): Promise<boolean>;
}

/** Who never stops changing things must not keep a run from beginning, in quiet times. */
const patience = 10;

/** A signal without a change so far. */
export function createChangeSignal(): ChangeSignal {
  const state = { isChanged: false, isStopped: false };
  let wake: (() => void) | undefined;
  const rouse = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    changed: () => {
      state.isChanged = true;
      rouse();
    },
    stop: () => {
      state.isStopped = true;
      rouse();
    },
    next: async (quietMs) => {
      while (!state.isChanged && !state.isStopped) await new Promise<void>((resolve) => (wake = resolve));
      for (let i = 0; i < patience && state.isChanged && !state.isStopped; i++) {
        state.isChanged = false;
        await new Promise((resolve) => setTimeout(resolve, quietMs));
      }
      state.isChanged = false;
      return !state.isStopped;
    },
  };
}
