import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';

/**
 * Pictures of the kit and what axe finds in it: `node test/renderer/kit/look.ts [scene…]`. Writes out/kit-pictures and
 * ends with 1 when there are findings.
 */
const scenes = [
  'language',
  'overview',
  'locked',
  'first-run',
  'revoke',
  'empty',
  'palette',
  'people',
  'person',
  'certificate',
  'log',
  'issuing',
];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : scenes;
const root = join(import.meta.dirname, '../../..');
const address = 'https://kit.invalid/';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const shapes = [
  { name: '', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  { name: '-200', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
];

async function serve(page: Page): Promise<void> {
  await page.route(`${address}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    await route.fulfill({
      body: await readFile(join(root, 'out/kit', path)),
      contentType: types[extname(path)] ?? 'application/octet-stream',
    });
  });
}

async function findingsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}

await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--lang=en-GB'] });
let count = 0;
for (const colorScheme of ['light', 'dark'] as const)
  for (const { name, ...shape } of shapes)
    for (const scene of wanted) {
      const context = await browser.newContext({ ...shape, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.on('pageerror', (error) => process.stdout.write(`${scene}: ${error.message}\n`));
      await serve(page);
      await page.goto(`${address}?scene=${scene}`);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(root, `out/kit-pictures/${scene}-${colorScheme}${name}.png`) });
      const findings = await findingsOf(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (width > 0) findings.push(`scrolls sideways by ${width} px`);
      count += findings.length;
      findings.forEach((finding) => process.stdout.write(`${scene} ${colorScheme}${name}: ${finding}\n`));
      await context.close();
    }
await browser.close();
process.stdout.write(`${count} findings\n`);
process.exitCode = count === 0 ? 0 : 1;
