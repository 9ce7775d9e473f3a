import { defineConfig } from 'vitest/config';

const unit = ['test/domain/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/services/**/*.test.ts'];
const renderer = ['test/renderer/**/*.test.{ts,tsx}'];
const architecture = ['test/architecture/**/*.test.ts'];
const endToEnd = ['test/e2e/**'];

export default defineConfig({
  test: {
    /** Processes, not threads: native addons, workers and `process.umask` reach across threads. */
    pool: 'forks',
    projects: [
      { extends: true, test: { name: 'unit', include: unit, testTimeout: 20_000, hookTimeout: 20_000 } },
      { extends: true, test: { name: 'renderer', include: renderer, environment: 'jsdom', testTimeout: 20_000 } },
      { extends: true, test: { name: 'architecture', include: architecture, testTimeout: 120_000, hookTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'integration',
          /** All that is left, so that no test file falls between two suites. */
          include: ['test/**/*.test.ts'],
          exclude: [...unit, ...renderer, ...architecture, ...endToEnd],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
