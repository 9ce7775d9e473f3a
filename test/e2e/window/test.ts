import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { startDisplay } from '../../../scripts/pictures/display.ts';
import { makeSoftTokens, type SoftTokens } from '../../../scripts/pictures/soft-tokens.ts';
import { lacksReaderService, newReaderDesk, type ReaderDesk } from '../../services/support/reader-service.ts';
import { faultsBeside, faultyModule, type Faults } from '../../services/support/faulty-module.ts';
import { openInChromium } from './chromium.ts';
import { electronProgram, whyNoElectron } from './electron-program.ts';
import { openInElectron } from './electron.ts';
import type { KeywardWindow } from './host.ts';
import { copySample, type Sample } from './sample.ts';

export interface HostOptions {
  readonly hostName: 'chromium' | 'electron';
  /** Another core than the product's, for tests of what no installed part does. Only the host in Chromium starts one. */
  readonly coreEntry: string | undefined;
}

interface WindowFixtures {
  /** Where the tests of a host that is not installed end. */
  readonly needsHost: void;
  /** 0700, of this test alone, removed afterwards. */
  readonly directory: string;
  /** Where everything that is saved ends up. */
  readonly saved: string;
  /** Opens the window over a workspace; whatever is open when the test ends is closed. */
  readonly openWindow: (workspaceDirectory: string) => Promise<KeywardWindow>;
  /** Where soft tokens can be put in and pulled out; a window opened after it was asked for sees them. */
  readonly tokens: SoftTokens;
  /** What the driver of `tokens` does wrong, over `faultyCore`. */
  readonly faults: Faults;
  /** A reader service of this test alone, and cards; a window opened after it was asked for sees them. */
  readonly readerDesk: ReaderDesk;
  /** A sample practice of this test alone. */
  readonly sample: Sample;
}

interface DisplayFixture {
  /** One display for all windows. */
  readonly display: string;
}

export { expect };

export { askingCore, faultyCore, hurriedCore } from './cores.ts';

/** The tests of the window, with a real one to be had in the host of their project. */
export const test = base.extend<WindowFixtures & HostOptions, DisplayFixture>({
  hostName: ['chromium', { option: true }],
  coreEntry: [undefined, { option: true }],
  display: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads which fixtures are needed from this pattern
    async ({}, use) => {
      const display = await startDisplay(1400, 1000);
      await use(display.name);
      display.stop();
    },
    { scope: 'worker' },
  ],
  needsHost: [
    async ({ hostName, coreEntry }, use, testInfo) => {
      testInfo.skip(hostName === 'electron' && electronProgram() === undefined, whyNoElectron);
      testInfo.skip(hostName === 'electron' && coreEntry !== undefined, 'the host in Electron starts no core but the product’s');
      await use();
    },
    { auto: true },
  ],
  // oxlint-disable-next-line no-empty-pattern -- as above
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'kw-e2e-'));
    await use(directory);
    rmSync(directory, { recursive: true, force: true });
  },
  saved: async ({ directory }, use) => {
    const saved = join(directory, 'saved');
    mkdirSync(saved);
    await use(saved);
  },
  openWindow: async ({ hostName, display, directory, saved, coreEntry }, use) => {
    const opened: KeywardWindow[] = [];
    const open = hostName === 'electron' ? openInElectron : openInChromium;
    await use(async (workspaceDirectory) => {
      const window = await open({ workspaceDirectory, directory, saved, display, coreEntry });
      opened.push(window);
      await window.page.emulateMedia({ reducedMotion: 'reduce' });
      return window;
    });
    for (const window of opened) await window.close();
  },
  tokens: async ({ directory }, use) => {
    const before = process.env['SOFTHSM2_CONF'];
    await use(makeSoftTokens(join(directory, 'tokens')));
    if (before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = before;
  },
  faults: async ({ tokens: { configuration } }, use) => {
    faultyModule(dirname(configuration), 'on demand');
    await use(faultsBeside(configuration));
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  readerDesk: async ({}, use, testInfo) => {
    testInfo.skip(lacksReaderService(testInfo.title), 'no reader service can be started here');
    const ends: (() => void)[] = [];
    await use(newReaderDesk((end) => ends.push(end)));
    ends.forEach((end) => end());
  },
  sample: async ({ directory }, use) => use(copySample(join(directory, 'practice'))),
});
