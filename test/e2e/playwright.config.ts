import { defineConfig } from '@playwright/test';
import type { HostOptions } from './window/test.ts';

/** The real window over the real core. Two at a time: each is a Chromium, a core and its Argon2id. */
export default defineConfig<HostOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../out/e2e',
  globalSetup: './global-setup.ts',
  workers: 2,
  /* What passes only the second time is reported by name with its error, as unsteady. */
  retries: 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  projects: [
    { name: 'chromium', use: { hostName: 'chromium' } },
    { name: 'electron', use: { hostName: 'electron' } },
  ],
});
