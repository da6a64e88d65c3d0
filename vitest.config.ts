import { defineConfig } from 'vitest/config';

const conditions = ['source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{generator,runtime/src,scripts,tests,examples}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/cluster/**'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
