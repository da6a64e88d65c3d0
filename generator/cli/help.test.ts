import { describe, expect, it } from 'vitest';
import { helpText } from './help.js';
import { optionsOf } from './option-table.js';

describe('--help', () => {
  it.each(['generate', 'serve', 'diff', 'rbac'] as const)('of %s names each of its options', (command) => {
    const text = helpText(command);
    for (const { name } of optionsOf(command)) expect(text).toContain(`--${name}`);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('says what is not in this version yet', () => {
    expect(helpText('rbac')).toContain('Not in this version yet');
    expect(helpText('generate')).toMatch(/--check .*exit 1/);
  });
});
