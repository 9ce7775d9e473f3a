import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromiumHost } from '../../main/hosts/chromium/open-chromium-host.ts';
import { startDisplay } from './display.ts';

/** The size of an ordinary office window. */
const size = { width: 1280, height: 800 };

/**
 * Opens the real window over a practice, on a display of its own, and hands its page to `look`. Everything is closed
 * and removed afterwards but the practice.
 */
export async function withWindow(workspaceDirectory: string, look: (page: Page) => Promise<void>): Promise<void> {
  const display = await startDisplay(size.width + 100, size.height + 200);
  const profileDirectory = mkdtempSync(join(tmpdir(), 'kw-window-'));
  try {
    const environment = { ...process.env, DISPLAY: display.name, WAYLAND_DISPLAY: undefined };
    const host = await openChromiumHost({ workspaceDirectory, profileDirectory, environment });
    try {
      await host.page.setViewportSize(size);
      await look(host.page);
    } finally {
      await host.close();
    }
  } finally {
    display.stop();
    rmSync(profileDirectory, { recursive: true, force: true });
  }
}

/** Waits until the page shows what it has to say: a heading, in its own letters, with nothing moving. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor({ timeout: 20_000 });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.waitForTimeout(400);
}
