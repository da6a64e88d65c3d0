/** The value of a flag of the command line: `--reps 5`. */
export function flag(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
}
