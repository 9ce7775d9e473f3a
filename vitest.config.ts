import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Of these every result is read by somebody else's program, or many keys are made: too slow for the inner loop. */
const thorough = [
  'test/domain/lint/**/*.test.ts',
  'test/domain/{cms,mime,ocsp,xca}/**/*.test.ts',
  'test/domain/key/check-private-key.test.ts',
  'test/domain/openpgp/inspect-openpgp.test.ts',
  'test/domain/pfx/**/*.test.ts',
  'test/domain/pkcs8/**/*.test.ts',
  'test/domain/profile/*-accept{,s}.test.ts',
  'test/services/{audit-sinks,authority-create,authority-on-token,certificate-lists,certificates,delta-lists,device,enrollment,escrow,holds,known-by,list-period,ocsp,openpgp,operators,profiles,requests,roles-at-work,rollover,token-generation,token-import,token-loss,token-pins,tokens}.test.ts',
];
const unit = ['test/domain/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/services/**/*.test.ts'];
const renderer = ['test/renderer/**/*.test.{ts,tsx}'];
const architecture = ['test/architecture/**/*.test.ts'];
const endToEnd = ['test/e2e/**'];
/** Slow files that set nothing in their process that the next one would see. */
const together = [
  'test/{adapters,cards,conformance,mail,vault}/**/*.test.ts',
  'test/cli/!(demo|device|token*).test.ts',
  'test/domain/{cms,mime,ocsp,pfx,pkcs8,xca}/**/*.test.ts',
  ...thorough.filter((path) => path.startsWith('test/services/')),
];
/** All that is left: a folder of its own, or too slow for the inner loop. */
const integration = ['test/!(domain|contract|services)/**/*.test.ts', ...thorough];

/** Threads and processes are started as they are built, which each run looks after first. */
const builtWorkers = { find: /^.*\/worker-entry\.ts$/, replacement: join(import.meta.dirname, 'test/setup/worker-entry.ts') };

export default defineConfig({
  resolve: { alias: [builtWorkers] },
  test: {
    globalSetup: 'test/setup/build-workers.ts',
    /** Processes, not threads: native addons, workers and `process.umask` reach across threads. */
    pool: 'forks',
    /** Two at least: much of what runs waits for other programs. Three on two cores take as long. */
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Files of these share a process: what they set in it they put back, and loading everything anew took much of the time.
      { extends: true, test: { name: 'unit', isolate: false, include: unit, exclude: thorough, testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        extends: true,
        test: { name: 'renderer', isolate: false, include: renderer, environment: 'jsdom', testTimeout: 60_000, hookTimeout: 60_000 },
      },
      { extends: true, test: { name: 'together', isolate: false, include: together, testTimeout: 300_000, hookTimeout: 300_000 } },
      { extends: true, test: { name: 'architecture', include: architecture, testTimeout: 300_000, hookTimeout: 300_000 } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: integration,
          exclude: [...renderer, ...architecture, ...endToEnd, ...together],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
