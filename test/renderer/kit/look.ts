import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { axeFindings } from '../../e2e/window/accessibility.ts';

/**
 * Pictures of the kit under the window's strict content policy, and what axe and the policy find in it:
 * `node test/renderer/kit/look.ts [scene…]`. Writes out/kit-pictures and ends with 1 when there are findings.
 */
const scenes = [
  ...'language overview locked first-run revoke empty palette people person certificate log issuing pieces'.split(' '),
  ...'cards card-none card-blind card-pin card-low card-last-try card-locked card-ask'.split(' '),
];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : scenes;
const root = join(import.meta.dirname, '../../..');
const address = 'https://kit.invalid/';
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const nonce = 'c2NlbmU';
const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self'`;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const shapes = [
  { name: '', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  { name: '-200', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
];

interface View {
  readonly scene: string;
  readonly colorScheme: 'light' | 'dark';
  readonly shape: (typeof shapes)[number];
}

async function serve(page: Page): Promise<void> {
  await page.route(`${address}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    const file = await readFile(join(root, 'out/kit', path));
    const body = extname(path) === '.html' ? file.toString().replaceAll('__STYLE_NONCE__', nonce) : file;
    const contentType = types[extname(path)] ?? 'application/octet-stream';
    await route.fulfill({ body, contentType, headers: { 'content-security-policy': policy } });
  });
}

async function findingsOf(page: Page): Promise<string[]> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const axe = await axeFindings(page);
  return width > 0 ? [...axe, `scrolls sideways by ${width} px`] : axe;
}

async function look(browser: Browser, { scene, colorScheme, shape: { name, ...shape } }: View): Promise<string[]> {
  const context = await browser.newContext({ ...shape, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  await serve(page);
  await page.goto(`${address}?scene=${scene}`);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(root, `out/kit-pictures/${scene}-${colorScheme}${name}.png`) });
  said.push(...(await findingsOf(page)));
  await context.close();
  return said.map((finding) => `${scene} ${colorScheme}${name}: ${finding}\n`);
}

await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--lang=en-GB'] });
const views = (['light', 'dark'] as const).flatMap((colorScheme) =>
  shapes.flatMap((shape) => wanted.map((scene): View => ({ scene, colorScheme, shape }))),
);
let count = 0;
for (const view of views) {
  const findings = await look(browser, view);
  findings.forEach((finding) => process.stdout.write(finding));
  count += findings.length;
}
await browser.close();
process.stdout.write(`${count} findings\n`);
process.exitCode = count === 0 ? 0 : 1;
