/** From how many characters on inputs are many: below that a run is over before V8 has optimised what it saves. */
const manyCharacters = 5_000_000;

/** The lines of V8 that take the flag: those of Node 20 to 26. Another may know it no more, and complains on the terminal. */
const tried = ['11', '12', '13', '14'];

/**
 * Asks V8 to put fewer functions into those that call them. To optimise takes a third of the CPU time of a run over hundreds of CRDs, on
 * threads beside it, and the more so the more is put into one; a run of some seconds does not earn that. The flag is one for the whole
 * process, so the command sets it and the programmatic entry does not.
 */
export function inlineLess(sources: readonly { readonly text: string }[], v8 = process.versions.v8): void {
  if (!tried.includes(v8.split('.')[0] ?? '')) return;
  const characters = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (characters < manyCharacters) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
}
