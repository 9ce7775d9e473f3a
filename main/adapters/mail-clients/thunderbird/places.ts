import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where to look on this computer; every path absolute. */
export interface ThunderbirdPlaces {
  /** Directories with a profiles.ini. */
  readonly profileRoots: readonly string[];
  /** Directories of the program, with its own libraries. */
  readonly programs: readonly string[];
  /** Directories of the system's tools. */
  readonly tools: readonly string[];
  /** Where private files may stand for a moment, memory first. */
  readonly temporary: readonly string[];
}

/** The system's own packages, the program's archive, Flatpak and Snap. */
export function systemPlaces(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
  temporary: string,
): ThunderbirdPlaces {
  const runtime = environment['XDG_RUNTIME_DIR'];
  return {
    profileRoots: [
      join(home, '.thunderbird'),
      join(home, '.var/app/org.mozilla.Thunderbird/.thunderbird'),
      join(home, 'snap/thunderbird/common/.thunderbird'),
    ],
    programs: ['/usr/lib/thunderbird', '/usr/lib64/thunderbird', '/opt/thunderbird'],
    tools: ['/usr/bin', '/usr/local/bin'],
    temporary: [...(runtime?.startsWith('/') === true ? [runtime] : []), '/dev/shm', temporary],
  };
}

/** The program's directory, if it is installed as a package or an archive. */
export const programOf = ({ programs }: ThunderbirdPlaces): string | undefined =>
  programs.find((directory) => existsSync(join(directory, 'libnss3.so')));
