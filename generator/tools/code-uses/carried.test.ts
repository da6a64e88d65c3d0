import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { rbacProject } from '../../../tests/support/rbac-project.js';
import { findUses } from './find-uses.js';
import { openProject } from './open-project.js';

it('texts of types with thousands of them go on without a look at each other one', () => {
  const texts = (prefix: string): string => Array.from({ length: 4000 }, (_, i) => `'${prefix}${i}'`).join(' | ');
  const code = `type A = ${texts('a')}; type B = A | ${texts('b')};
declare const a: A; declare function keep(b: B): B; declare function all(b: readonly B[]): void; declare const list: A[];
export const kept = keep(a); all(list);`;
  const folder = rbacProject({ 'main.ts': code });
  try {
    const project = openProject({ tsconfig: folder, isExcluded: () => false });
    if (!('program' in project)) throw new Error(JSON.stringify(project));
    expect(cpuSeconds(() => expect(findUses(project)).toMatchObject({ uses: [], unfollowed: [] }))).toBeLessThan(8);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
