/** Variables as a process holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Everything a child process (window, core, worker, a tool of the system) is given. What is not named here does not
 * pass: not DEBUG* and PW* (they print what is typed), not NODE_OPTIONS and NODE_PATH (foreign code), not LD_* (foreign
 * libraries), not SSLKEYLOGFILE (session keys).
 */
const passed = [
  // Where a person's files, settings, state and run-time sockets are.
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_CACHE_HOME',
  'XDG_RUNTIME_DIR',
  'TMPDIR',
  // In which words, order and time zone to write.
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'LC_COLLATE',
  'LC_CTYPE',
  'LC_MESSAGES',
  'LC_MONETARY',
  'LC_NUMERIC',
  'LC_TIME',
  'TZ',
  // The display the window opens on, and the input method that types names in any script.
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_SESSION_TYPE',
  'XDG_CURRENT_DESKTOP',
  'XMODIFIERS',
  'GTK_IM_MODULE',
  // The desktop's keychain, notifications and screen lock.
  'DBUS_SESSION_BUS_ADDRESS',
  // Where the software token keeps its token directory: a data path, it loads nothing.
  'SOFTHSM2_CONF',
  // Where the driver of TPMs keeps what the TPM has sealed: a data path.
  'TPM2_PKCS11_STORE',
  // Where the reader service listens, if not in its usual place: a path of a socket.
  'PCSCLITE_CSOCK_NAME',
] as const;

/** The same for Windows, where names are compared without regard to case. */
const passedOnWindows = [
  'SystemRoot',
  'SystemDrive',
  'USERPROFILE',
  'USERNAME',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramData',
  'TEMP',
  'TMP',
  'SOFTHSM2_CONF',
] as const;

/** Tools are started by absolute path; this serves only the shell scripts some of them are. */
const systemPath = '/usr/local/bin:/usr/bin:/bin';

/** The environment of every child on Linux and macOS: the variables of a fixed list and a PATH of the system's own directories. */
export function childEnvironment(environment: Environment): Record<string, string> {
  return { ...select(environment, passed), ...select(environment, isWayToTpm(environment) ? [wayToTpm] : []), PATH: systemPath };
}

const wayToTpm = 'TPM2_PKCS11_TCTI';

/** It passes where it names a way to the TPM that comes with the system, never a library by its path: that would be foreign code. */
const isWayToTpm = (environment: Environment): boolean =>
  /^(?:tabrmd|device|swtpm)(?::[\w./:=,-]*)?$/.test((Object.hasOwn(environment, wayToTpm) && environment[wayToTpm]) || '');

/** The environment of every child on Windows. */
export function windowsChildEnvironment(environment: Environment): Record<string, string> {
  const byUpperCase = new Map(Object.entries(environment).map(([name, value]) => [name.toUpperCase(), value]));
  const chosen = select(Object.fromEntries(passedOnWindows.map((name) => [name, byUpperCase.get(name.toUpperCase())])), passedOnWindows);
  const root = chosen['SystemRoot'] ?? 'C:\\Windows';
  return { ...chosen, PATH: `${root}\\System32;${root}` };
}

function select(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}
