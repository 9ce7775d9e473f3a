import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromiumHost } from '../../main/hosts/chromium/open-chromium-host.ts';
import { startDisplay } from './display.ts';

/** How the window is looked at. */
export interface Appearance {
  readonly colorScheme: 'light' | 'dark';
  readonly size: { readonly width: number; readonly height: number };
  /** Dots of the screen for one of the page. */
  readonly density: number;
}

const office = { width: 1280, height: 800 };

/** An ordinary office window by day and by night, and the same at 200 %, where half as much fits. */
export const appearances = {
  light: { colorScheme: 'light', size: office, density: 1 },
  dark: { colorScheme: 'dark', size: office, density: 1 },
  'zoom-200': { colorScheme: 'light', size: { width: 640, height: 400 }, density: 2 },
} as const satisfies Record<string, Appearance>;

/** An open window, and ways to look at it. */
export interface View {
  readonly page: Page;
  /** Lets the page appear so, and waits until it shows what it has to say: a heading, in its own letters, at rest. */
  readonly show: (appearance: Appearance) => Promise<void>;
  /** Writes a PNG picture of the page as it appears so. */
  readonly picture: (appearance: Appearance, file: string) => Promise<void>;
}

/**
 * Opens the real window over a practice, on a display and in a home folder of its own, and hands it to `look`. Everything is closed and
 * removed afterwards but the practice.
 */
export async function withWindow(workspaceDirectory: string, home: string, look: (view: View) => Promise<void>): Promise<void> {
  const display = await startDisplay(office.width + 100, office.height + 200);
  const profileDirectory = mkdtempSync(join(tmpdir(), 'kw-window-'));
  try {
    const environment = { ...process.env, HOME: home, DISPLAY: display.name, WAYLAND_DISPLAY: undefined };
    const host = await openChromiumHost({ workspaceDirectory, profileDirectory, environment });
    try {
      await look(await viewOf(host.page));
    } finally {
      await host.close();
    }
  } finally {
    display.stop();
    rmSync(profileDirectory, { recursive: true, force: true });
  }
}

/** A window that is open already, to be looked at. */
export async function viewOf(page: Page): Promise<View> {
  const session = await page.context().newCDPSession(page);
  const show = async ({ colorScheme, size }: Appearance): Promise<void> => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    await page.getByRole('heading').first().waitFor({ timeout: 20_000 });
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  };
  const picture = async (appearance: Appearance, file: string): Promise<void> => {
    await show(appearance);
    await page.waitForTimeout(400);
    // Not by the library, whose pictures have the density with which the window was opened.
    const clip = { x: 0, y: 0, ...appearance.size, scale: appearance.density };
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
    writeFileSync(file, Buffer.from(data, 'base64'));
  };
  return { page, show, picture };
}
