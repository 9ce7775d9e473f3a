import { readFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { watchDesktop } from '../desktop-watch.ts';
import type { Dialogs } from '../dialogs.ts';
import type { HostPlatform, HostWindow, WindowWay } from '../host.ts';
import { openRendererFiles } from '../renderer-files.ts';
import { bind } from './binding.ts';
import { guard } from './guards.ts';
import { launchOptions, origin, type LaunchSettings } from './launch-options.ts';
import { notifyDesktop } from './notify.ts';
import { writePreferences } from './preferences.ts';
import { printToPdf } from './print.ts';

export interface ChromiumSettings extends LaunchSettings {
  /** 0700; holds what Chromium remembers of the window. */
  readonly profileDirectory: string;
  /** The built window. */
  readonly rendererDirectory: string;
  /** The built bridge. */
  readonly bridgeScript: string;
  readonly dialogs: Dialogs | undefined;
}

/** The window as a Chromium of the system shows it. `onPage` gets its page as soon as there is one. */
export function chromiumPlatform(settings: ChromiumSettings, onPage: (page: Page) => void): HostPlatform {
  return {
    dialogs: settings.dialogs,
    openWindow: async (way) => {
      const { page, window } = await openWindow(settings, way);
      onPage(page);
      return window;
    },
    printToPdf: (html) => printToPdf(html, settings),
    notify: (title, body) => notifyDesktop(title, body, settings.environment),
    watchDesktop: (listener) => watchDesktop(listener, settings.environment),
  };
}

async function openWindow(settings: ChromiumSettings, way: WindowWay): Promise<{ page: Page; window: HostWindow }> {
  writePreferences(settings.profileDirectory);
  const context = await chromium.launchPersistentContext(settings.profileDirectory, launchOptions(settings));
  const closed = new Promise<void>((resolve) => context.on('close', () => resolve()));
  const [page] = context.pages();
  try {
    if (page === undefined) throw new Error('Chromium opened without a page.');
    await guard(context, page, openRendererFiles(settings.rendererDirectory));
    const deliver = await bind(page, way);
    await page.addInitScript({ content: readFileSync(settings.bridgeScript, 'utf8') });
    const close = (): Promise<void> => context.close();
    // The person closed the window, or its process died: there is no other.
    page.on('close', () => void close());
    page.on('crash', () => void close());
    await page.goto(origin);
    return { page, window: { deliver, show: () => void page.bringToFront().catch(() => undefined), close, closed } };
  } catch (error) {
    await context.close();
    throw error;
  }
}
