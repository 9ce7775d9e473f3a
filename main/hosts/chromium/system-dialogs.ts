import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Dialogs } from '../dialogs.ts';
import { firstInstalled } from '../installed.ts';

type Run = (options: readonly string[]) => Promise<string | undefined>;

/**
 * The desktop's dialogs, by whichever of its two programs is installed; undefined when neither is. (The portal would be
 * asked over D-Bus and answers the one who asked: that needs a D-Bus client, these do not.)
 */
export function systemDialogs(environment: Readonly<Record<string, string>>): Dialogs | undefined {
  const zenity = firstInstalled(['/usr/bin/zenity']);
  if (zenity !== undefined) return zenityDialogs(runner(zenity, environment));
  const kdialog = firstInstalled(['/usr/bin/kdialog']);
  return kdialog === undefined ? undefined : kdialogDialogs(runner(kdialog, environment));
}

/** GNOME's. */
export function zenityDialogs(run: Run): Dialogs {
  const select = (title: string, ...more: string[]): Promise<string | undefined> => run(['--file-selection', `--title=${title}`, ...more]);
  return {
    chooseFile: ({ title, extensions }) => select(title, ...(extensions.length === 0 ? [] : [`--file-filter=${patterns(extensions)}`])),
    chooseSavePath: ({ title, suggestedName }) =>
      select(title, '--save', '--confirm-overwrite', `--filename=${join(homedir(), suggestedName)}`),
    chooseFolder: ({ title }) => select(title, '--directory'),
  };
}

/** KDE's. */
export function kdialogDialogs(run: Run): Dialogs {
  return {
    chooseFile: ({ title, extensions }) =>
      run(['--title', title, '--getopenfilename', homedir(), extensions.length === 0 ? '*' : patterns(extensions)]),
    chooseSavePath: ({ title, suggestedName }) => run(['--title', title, '--getsavefilename', join(homedir(), suggestedName)]),
    chooseFolder: ({ title }) => run(['--title', title, '--getexistingdirectory', homedir()]),
  };
}

const patterns = (extensions: readonly string[]): string => extensions.map((extension) => `*.${extension}`).join(' ');

function runner(program: string, environment: Readonly<Record<string, string>>): Run {
  return (options) =>
    new Promise((resolve) => {
      execFile(program, options, { env: environment, encoding: 'utf8' }, (error, output) => {
        const path = output.replace(/\n$/, '');
        resolve(error === null && isAbsolute(path) ? path : undefined);
      });
    });
}
