import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The tests that need a real API server, one control plane at a time. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [], reporters: [] } },
  defineConfig({
    test: {
      include: ['tests/cluster/**/*.test.ts'],
      globalSetup: 'tests/cluster/announce.ts',
      fileParallelism: false,
      reporters: ['default', ['json', { outputFile: '.reports/cluster.json' }]],
    },
  }),
);
