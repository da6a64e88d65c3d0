/** A line on a terminal that says how far the work is, for work of more than a second. Nothing where nobody looks. */
export interface Progress {
  update(done: number, total: number): void;
  end(): void;
}

/** A progress line on stderr; `enabled: false` for quiet runs. */
export function createProgress({ enabled }: { readonly enabled: boolean }): Progress {
  const shows = enabled && process.stderr.isTTY;
  const start = performance.now();
  let last = start;
  let shown = false;
  return {
    update: (done, total) => {
      const now = performance.now();
      if (!shows || now - start < 1000 || now - last < 100) return;
      last = now;
      shown = true;
      process.stderr.write(`\r\u001B[Kread ${done} of ${total} files`);
    },
    end: () => {
      if (shown) process.stderr.write('\r\u001B[K');
    },
  };
}
