import { expect, test } from 'vitest';
import { childEnvironment, windowsChildEnvironment } from '../../main/domain/process/environment.ts';
import { platformDirectories } from '../../main/domain/process/directories.ts';

test('what shows secrets or loads foreign code never passes to a child', () => {
  const names = ['DEBUG', 'DEBUG_FILE', 'DEBUG_COLORS', 'PWDEBUG', 'PW_TEST', 'PLAYWRIGHT_X', 'NODE_OPTIONS', 'NODE_PATH', 'NODE_DEBUG'];
  const more = [
    'NODE_V8_COVERAGE',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'DYLD_INSERT_LIBRARIES',
    'SSLKEYLOGFILE',
    'CHROMIUM_FLAGS',
    'GTK_MODULES',
    'BASH_ENV',
    'ENV',
  ];
  const hostile = Object.fromEntries([...names, ...more].map((name) => [name, 'x']));
  expect(childEnvironment(hostile)).toEqual({ PATH: '/usr/local/bin:/usr/bin:/bin' });
  expect(Object.keys(windowsChildEnvironment({ ...hostile, path: 'C:\\evil' }))).toEqual(['PATH']);
});

test("the desktop, the language and the person's own places pass", () => {
  const wanted = {
    HOME: '/home/a',
    DISPLAY: ':0',
    LANG: 'de_CH.UTF-8',
    XDG_RUNTIME_DIR: '/run/user/1',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
  };
  expect(childEnvironment({ ...wanted, LC_ALL: '', PATH: '/home/a/bin' })).toEqual({ ...wanted, PATH: '/usr/local/bin:/usr/bin:/bin' });
});

test('a way to the TPM passes by the name of one of the system, and never as a library', () => {
  const passes = (way: string) => Object.hasOwn(childEnvironment({ TPM2_PKCS11_TCTI: way }), 'TPM2_PKCS11_TCTI');
  expect(['tabrmd', 'tabrmd:bus_type=session', 'device:/dev/tpmrm0'].map(passes)).toEqual([true, true, true]);
  expect(['/tmp/evil.so', 'libevil.so:', 'evil', 'tabrmd;/tmp/evil.so', ''].map(passes)).toEqual([false, false, false, false, false]);
});

test('a name every object has is not taken for a variable', () => {
  expect(childEnvironment(Object.create({ HOME: '/inherited' }) as Record<string, string>)).not.toHaveProperty('HOME');
});

test('Windows compares names without regard to case', () => {
  expect(windowsChildEnvironment({ SYSTEMROOT: 'D:\\Win', localappdata: 'D:\\l' })).toEqual({
    SystemRoot: 'D:\\Win',
    LOCALAPPDATA: 'D:\\l',
    PATH: 'D:\\Win\\System32;D:\\Win',
  });
});

test("each platform keeps Keyward's own in its own places", () => {
  expect(platformDirectories('linux', { HOME: '/home/a', XDG_STATE_HOME: 'relative' })).toEqual({
    workspace: '/home/a/.local/share/keyward',
    state: '/home/a/.local/state/keyward',
    windowProfile: '/home/a/.config/keyward',
  });
  expect(platformDirectories('linux', { HOME: '/home/a', XDG_DATA_HOME: '/data' })?.workspace).toBe('/data/keyward');
  expect(platformDirectories('darwin', { HOME: '/Users/a' })?.workspace).toBe('/Users/a/Library/Application Support/Keyward/Practice');
  expect(platformDirectories('win32', { LOCALAPPDATA: 'C:\\l' })?.workspace).toBe('C:\\l\\Keyward\\Practice');
  expect(platformDirectories('linux', {})).toBeUndefined();
});
