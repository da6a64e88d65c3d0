import { errorStream } from './print.js';

/** A line on a terminal that says how far the work is, for work of more than a second. Nothing where nobody looks. */
export interface Progress {
  update(done: number, total: number): void;
  end(): void;
}

/** Where the line stands, and what time it is in milliseconds. */
export interface ProgressScreen {
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly now: () => number;
}

/** The stream is looked at only when there is something to show. */
const terminal: ProgressScreen = {
  get stream() {
    return errorStream();
  },
  now: () => process.uptime() * 1000,
};

const eraseLine = '\r\u001B[K';

/** A progress line on stderr; `enabled: false` for quiet runs. A terminal that cannot erase a line gets none. */
export function createProgress(
  { enabled }: { readonly enabled: boolean },
  screen: ProgressScreen = terminal,
): Progress {
  const mayShow = enabled && process.env['TERM'] !== 'dumb';
  const start = screen.now();
  let last = start;
  let shown = false;
  return {
    update: (done, total) => {
      const time = screen.now();
      if (!mayShow || time - start < 1000 || time - last < 100 || screen.stream.isTTY !== true) return;
      last = time;
      shown = true;
      screen.stream.write(`${eraseLine}read ${done} of ${total} files`);
    },
    end: () => {
      if (shown) screen.stream.write(eraseLine);
    },
  };
}
