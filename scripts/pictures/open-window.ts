import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromiumHost } from '../../main/hosts/chromium/open-chromium-host.ts';
import { startDisplay } from './display.ts';

/** How the window is looked at. */
export interface Appearance {
  readonly colorScheme: 'light' | 'dark';
  readonly size: { readonly width: number; readonly height: number };
}

const office = { width: 1280, height: 800 };

/** An ordinary office window by day and by night, and the same at 200 %, where half as much fits. */
export const appearances = {
  light: { colorScheme: 'light', size: office },
  dark: { colorScheme: 'dark', size: office },
  'zoom-200': { colorScheme: 'light', size: { width: 640, height: 400 } },
} as const satisfies Record<string, Appearance>;

/**
 * Opens the real window over a practice, on a display of its own, and hands its page to `look`. Everything is closed
 * and removed afterwards but the practice.
 */
export async function withWindow(workspaceDirectory: string, look: (page: Page) => Promise<void>): Promise<void> {
  const display = await startDisplay(office.width + 100, office.height + 200);
  const profileDirectory = mkdtempSync(join(tmpdir(), 'kw-window-'));
  try {
    const environment = { ...process.env, DISPLAY: display.name, WAYLAND_DISPLAY: undefined };
    const host = await openChromiumHost({ workspaceDirectory, profileDirectory, environment });
    try {
      await show(host.page, appearances.light);
      await look(host.page);
    } finally {
      await host.close();
    }
  } finally {
    display.stop();
    rmSync(profileDirectory, { recursive: true, force: true });
  }
}

/** Lets the page appear so, and waits until it shows what it has to say: a heading, in its own letters, at rest. */
export async function show(page: Page, { colorScheme, size }: Appearance): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize(size);
  await page.getByRole('heading').first().waitFor({ timeout: 20_000 });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.waitForTimeout(400);
}
