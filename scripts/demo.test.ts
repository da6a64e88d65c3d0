import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the demo', () => {
  it('goes from a CRD to a cache that missed nothing while its watch was cut, and ends', () => {
    const program = ['--import', 'tsx', 'scripts/demo.ts', '--once'];
    const { status, stdout, stderr } = spawnSync(process.execPath, program, {
      cwd: root,
      encoding: 'utf8',
      timeout: 90_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/: 5 written, /);
    expect(stdout).toMatch(/live page +http:\/\/localhost:\d+/);
    const cut = stdout.slice(stdout.indexOf('out of touch'));
    for (const line of [/live again/, /- apps\/cart/, /\+ billing\/ledger/, /~ apps\/shop .*3 of 3 copies → 2 of 3/]) {
      expect(cut).toMatch(line);
    }
    expect(cut).toContain('The example serves the same 2 Foos that the API server holds.');
  });
});
