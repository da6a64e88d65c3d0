import { describe, expect, it } from 'vitest';
import { helpText } from './help.js';
import { optionsOf } from './option-table.js';

describe('--help', () => {
  it.each(['generate', 'serve', 'diff', 'rbac'] as const)('of %s names each of its options', (command) => {
    const text = helpText(command);
    for (const { name } of optionsOf(command)) expect(text).toContain(`--${name}`);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('says when an exit code is not 0', () => {
    expect(helpText('rbac')).toMatch(/--against .*\n?.*exit 1/);
    expect(helpText('generate')).toMatch(/--check .*exit 1/);
  });
});
