import { execFile } from 'node:child_process';
import { firstInstalled } from '../installed.ts';

/** Shows a notice of the desktop, where it has them; a notice nobody can see is no failure. */
export function notifyDesktop(title: string, body: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const program = firstInstalled(['/usr/bin/notify-send']);
  if (program === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    execFile(program, ['--app-name=Keyward', '--', title, body], { env: environment }, () => resolve());
  });
}
