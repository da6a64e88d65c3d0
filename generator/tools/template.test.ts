import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { precompileTemplates } from '../../scripts/precompiled-text.js';
import { renderTemplate } from './template.js';

describe('templates', () => {
  it('the precompiled templates are those of templates/ as they are now', () => {
    const file = new URL('./precompiled-templates.js', import.meta.url);
    expect(readFileSync(file, 'utf8'), 'run: npm run templates').toBe(precompileTemplates());
  });

  it('a name that the view lacks is an error, not an empty place', () => {
    expect(() => renderTemplate('root-index', { namespaces: [{ name: 'a' }] })).toThrow(/from/);
  });

  it('nothing is escaped', () => {
    expect(renderTemplate('root-index', { namespaces: [{ name: 'a', from: "'<&>'" }] })).toContain(
      "export * as a from '<&>';",
    );
  });
});
