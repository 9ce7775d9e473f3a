import type { BrowserContext, Page, Route } from 'playwright-core';
import type { RendererFiles } from '../renderer-files.ts';
import { origin } from './launch-options.ts';

/**
 * Answers every request of every page itself, from the files of the window or not at all; closes every other page; and
 * denies every permission. A navigation away is answered 204: the page stays as it is.
 */
export async function guard(context: BrowserContext, page: Page, files: RendererFiles): Promise<void> {
  context.on('page', (other) => void (other !== page && closeQuietly(other)));
  await context.route('**/*', (route) => answer(route, page, files));
  await context.grantPermissions([], { origin });
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  page.on('framenavigated', (frame) => {
    // What no request precedes, such as about:blank.
    if (frame === page.mainFrame() && originOf(frame.url()) !== origin) void page.goto(origin).catch(() => undefined);
  });
}

async function answer(route: Route, page: Page, files: RendererFiles): Promise<void> {
  const request = route.request();
  const url = new URL(request.url());
  const file = url.origin === origin && url.search === '' && request.method() === 'GET' ? files(url.pathname) : undefined;
  if (file !== undefined && isOurs(route, page)) return route.fulfill({ status: 200, headers: { ...file.headers }, body: file.body });
  return request.isNavigationRequest() ? route.fulfill({ status: 204 }) : route.abort('blockedbyclient');
}

/** Pages that open by themselves, and frames, get nothing. */
function isOurs(route: Route, page: Page): boolean {
  try {
    return route.request().frame() === page.mainFrame();
  } catch {
    // A page that is only opening, or a worker: it has no frame yet, or never.
    return false;
  }
}

export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

async function closeQuietly(page: Page): Promise<void> {
  await page.close().catch(() => undefined);
}
