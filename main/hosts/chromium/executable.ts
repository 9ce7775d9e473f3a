import { AppError } from '../../domain/errors.ts';
import { firstInstalled } from '../installed.ts';

/** Where systems keep a Chromium, best first. Nothing is searched for in PATH. */
const places: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/lib64/chromium-browser/chromium-browser',
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * The path of an installed Chromium.
 * @throws AppError unsupported when there is none.
 */
export function findChromium(): string {
  const found = firstInstalled(places[process.platform] ?? []);
  if (found === undefined) throw new AppError('unsupported', 'There is no Chromium on this computer.', { what: 'chromium' });
  return found;
}
