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

const eraseLine = '\r\u001B[K';

/** A progress line on stderr; `enabled: false` for quiet runs. A terminal that cannot erase a line gets none. */
export function createProgress(
  { enabled }: { readonly enabled: boolean },
  { stream, now }: ProgressScreen = { stream: process.stderr, now: () => performance.now() },
): Progress {
  const shows = enabled && stream.isTTY === true && process.env['TERM'] !== 'dumb';
  const start = now();
  let last = start;
  let shown = false;
  return {
    update: (done, total) => {
      const time = now();
      if (!shows || time - start < 1000 || time - last < 100) return;
      last = time;
      shown = true;
      stream.write(`${eraseLine}read ${done} of ${total} files`);
    },
    end: () => {
      if (shown) stream.write(eraseLine);
    },
  };
}
