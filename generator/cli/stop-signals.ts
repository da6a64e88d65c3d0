/** The signals that ask a process to end: Ctrl+C, `kill`, and a terminal that is closed. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long a process may go on that nobody waits for any more, in milliseconds. */
const parentCheckMs = 500;

/**
 * Calls `stop` when the command is asked to end, as often as that is: npm passes a Ctrl+C on that came from the terminal already.
 * What it gives takes that back.
 */
export function onStopSignal(stop: () => void): () => void {
  for (const name of stopSignals) process.on(name, stop);
  const orphaned = isAloneInScript(process.env.npm_lifecycle_script) ? onParentGone(stop) : undefined;
  return () => {
    for (const name of stopSignals) process.off(name, stop);
    clearInterval(orphaned);
  };
}

/**
 * npm starts a command through a shell, and `kill` of npx or npm ends just that shell: most do not pass the signal on. Where the shell
 * was there for this command alone, its end is the end that was meant. A script that starts the command beside others, with `&` for
 * example, may want it to outlive its shell.
 */
export function isAloneInScript(script: string | undefined): boolean {
  return script !== undefined && /^(['"]?)kube-gen\1(?: [^&|;\n]*)?$/.test(script);
}

/** Nothing tells a process that its parent has ended, but that it has another one then. */
function onParentGone(stop: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) stop();
  }, parentCheckMs).unref();
}
