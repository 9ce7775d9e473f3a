import { chromium } from 'playwright-core';
import { processOptions, type LaunchSettings } from './launch-options.ts';

/** How long printing one document may take. Milliseconds. */
const printTime = 60_000;

/**
 * An HTML page as PDF (A4, its own margins), from a Chromium without a window or profile that runs no script and whose
 * every request is refused.
 */
export async function printToPdf(html: Uint8Array, settings: LaunchSettings): Promise<Uint8Array> {
  const browser = await chromium.launch({
    ...processOptions(settings),
    headless: true,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking', '--disable-quic'],
  });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true, serviceWorkers: 'block', acceptDownloads: false });
    await context.route('**/*', (route) => route.abort('blockedbyclient'));
    const page = await context.newPage();
    await page.setContent(Buffer.from(html).toString('utf8'), { timeout: printTime });
    return await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true });
  } finally {
    await browser.close();
  }
}
