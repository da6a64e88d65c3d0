import { describe, expect, it } from 'vitest';
import { readArgs } from './args.js';
import { commandThatMends } from './outcome.js';

function mend(...argv: string[]): string {
  const parsed = readArgs(argv);
  if (parsed.t !== 'generate') throw new Error(`not understood: ${JSON.stringify(parsed)}`);
  return commandThatMends(parsed.args);
}

describe('the command that mends', () => {
  it('repeats no secret of a URL', () => {
    expect(mend('https://user:secret@a.dev/x.yaml?token=secret', '--check')).toBe('npx kube-gen https://a.dev/x.yaml');
  });

  it('keeps inputs with a dash in front apart from options', () => {
    expect(mend('--check', '-o', 'x', '--', '-foo.yaml')).toBe('npx kube-gen -o x -- -foo.yaml');
    expect(mend('-', '--check')).toBe('npx kube-gen -');
  });
});
