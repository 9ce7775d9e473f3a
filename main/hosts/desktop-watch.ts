import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { HostEvent } from '../contract/host-act.ts';
import { firstInstalled } from './installed.ts';

/** Signals on the two buses of a desktop, as gdbus prints them, and what they mean. */
const signals: readonly (readonly [pattern: RegExp, event: HostEvent])[] = [
  [/org\.(?:freedesktop|gnome|kde)\.ScreenSaver\.ActiveChanged \(true,\)/, 'screen-locked'],
  [/org\.freedesktop\.login1\.Session\.Lock \(\)/, 'screen-locked'],
  [/org\.freedesktop\.login1\.Manager\.PrepareForSleep \(true,\)/, 'suspended'],
];

/** Who speaks of it. */
const speakers: readonly (readonly [bus: '--session' | '--system', name: string])[] = [
  ['--session', 'org.freedesktop.ScreenSaver'],
  ['--session', 'org.gnome.ScreenSaver'],
  ['--system', 'org.freedesktop.login1'],
];

/** What a line of gdbus means, if anything. */
export const desktopEvent = (line: string): HostEvent | undefined => signals.find(([pattern]) => pattern.test(line))?.[1];

/** Listens to the desktop until the returned function is called. Where it has no such buses, nothing is heard. */
export function watchDesktop(listener: (event: HostEvent) => void, environment: Readonly<Record<string, string>>): () => void {
  const gdbus = firstInstalled(['/usr/bin/gdbus']);
  const children = gdbus === undefined ? [] : speakers.map(([bus, name]) => monitor(gdbus, [bus, name], environment, listener));
  return () => children.forEach((child) => child.kill());
}

function monitor(
  gdbus: string,
  [bus, name]: readonly [string, string],
  environment: Readonly<Record<string, string>>,
  listener: (event: HostEvent) => void,
): ChildProcess {
  const child = spawn(gdbus, ['monitor', bus, '--dest', name], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  // A machine without this bus: there is nothing to hear.
  child.on('error', () => child.kill());
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = desktopEvent(line);
    if (event !== undefined) listener(event);
  });
  return child;
}
