import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { childEnvironment, windowsChildEnvironment } from '../../domain/process/environment.ts';
import { findChromium } from './executable.ts';

/** How long printing one document may take. Milliseconds. */
const printTime = 60_000;

/**
 * An HTML page as PDF for who has no window: a Chromium of the system without one, in a folder of its own that goes afterwards. It runs no script
 * and asks no network.
 * @throws AppError unsupported without Chromium, or where it prints nothing
 */
export async function printOnce(html: Uint8Array): Promise<Uint8Array> {
  const executable = executableHere();
  const folder = await mkdtemp(join(tmpdir(), 'keyward-print-'));
  try {
    const [page, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
    await writeFile(page, withoutScripts(html), { mode: 0o600 });
    const given = process.platform === 'win32' ? windowsChildEnvironment(process.env) : childEnvironment(process.env);
    const env = { ...given, HOME: folder };
    await promisify(execFile)(executable, [...switchesFor(folder), `--print-to-pdf=${pdf}`, pathToFileURL(page).href], {
      env,
      timeout: printTime,
    });
    return await readFile(pdf);
  } catch (error) {
    throw new AppError('unsupported', 'The page could not be printed.', { what }, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @throws AppError unsupported */
function executableHere(): string {
  try {
    return findChromium();
  } catch (error) {
    throw new AppError('unsupported', 'There is no Chromium on this computer.', { what }, { cause: error });
  }
}

/** What stands in the error: the way round it. */
const what = 'a PDF without Chromium; name a file that ends in .html, and print that';

/** A policy that the page cannot widen: it runs nothing and loads nothing (CSP 3). */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;

const withoutScripts = (html: Uint8Array): string => Buffer.from(html).toString('utf8').replace('<head>', `<head>${policy}`);

const switchesFor = (folder: string): readonly string[] => [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--no-pdf-header-footer',
  `--user-data-dir=${join(folder, 'profile')}`,
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-quic',
  // Only root must do without.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
