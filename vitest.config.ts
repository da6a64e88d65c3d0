import { defineConfig } from 'vitest/config';

const conditions = ['@kube-gen/source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{generator,runtime/src,scripts,tests,examples}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/cluster/**'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // Only against what hangs: compilers and processes take their time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
