import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenedShell } from '../../main/hosts/run-shell.ts';
import { temporaryDirectory } from './fixtures/connected-sockets.ts';
import { echoCore } from './fixtures/echo-core-process.ts';
import { app, fakeElectron, FakeWindow, ipcHandlers, schemes, sessions } from './fixtures/fake-electron.ts';

vi.mock('electron', () => fakeElectron);
// What a checkout would start as its core is the echo core here.
vi.mock(import('../../main/hosts/core-command.ts'), async (original) => {
  const { coreCommand } = await original();
  return { coreCommand: (_entry, workspace) => coreCommand(echoCore, workspace) };
});

const root = resolve(import.meta.dirname, '../..');
const directory = temporaryDirectory();
let shell: OpenedShell;

beforeAll(async () => {
  app.path = join(directory.path, 'app');
  mkdirSync(join(app.path, 'dist'), { recursive: true });
  cpSync(join(root, 'test/fixtures/echo-page'), join(app.path, 'dist/renderer'), { recursive: true });
  const { openElectronHost } = await import('../../main/hosts/electron/open-electron-host.ts');
  shell = await openElectronHost({
    workspaceDirectory: join(directory.path, 'practice'),
    profileDirectory: join(directory.path, 'profile'),
    stateDirectory: join(directory.path, 'state'),
  });
});
afterAll(async () => {
  await shell?.close();
  directory.remove();
});

const window = (): FakeWindow => FakeWindow.all[0] ?? expect.fail('no window was opened');
const session = () => sessions.get('persist:keyward') ?? expect.fail('the window has no session of its own');

/** A request as it comes from a page. */
function request(name: string, input: unknown, from: object = {}): Promise<unknown> {
  const event = { sender: window().webContents, senderFrame: window().webContents.mainFrame, ...from };
  return Promise.resolve(ipcHandlers.get('keyward:request')?.(event, name, { json: JSON.stringify(input), frames: [] }));
}

describe('the checklist of Electron', () => {
  const preferences = () => window().options.webPreferences;
  const cancelled = (url: string): boolean | undefined => {
    let verdict: boolean | undefined;
    session().beforeRequest?.({ url }, ({ cancel }) => (verdict = cancel));
    return verdict;
  };

  test.each([
    'https://example.com/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'app://other/',
    'app://keyward.example/',
    'app://a@keyward/',
    'data:text/html,x',
  ])('#1 nothing is loaded from %s', (url) => {
    expect(cancelled(url)).toBe(true);
    expect(cancelled('app://keyward/index.js')).toBe(false);
  });

  test('#1 no name is looked up', () => {
    expect(app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  });

  test.each([
    ['#2', 'nodeIntegration', false],
    ['#2', 'nodeIntegrationInWorker', false],
    ['#2', 'nodeIntegrationInSubFrames', false],
    ['#3', 'contextIsolation', true],
    ['#4', 'sandbox', true],
    ['#6', 'webSecurity', true],
    ['#8', 'allowRunningInsecureContent', false],
    ['#9', 'experimentalFeatures', false],
    ['#10', 'enableBlinkFeatures', undefined],
    ['#11', 'webviewTag', false],
    ['beyond', 'devTools', false],
    ['beyond', 'navigateOnDragDrop', false],
  ])('%s %s is %s, and written out', (_, name, value) => {
    expect(preferences()[name]).toBe(value);
    expect(Object.hasOwn(preferences(), name)).toBe(value !== undefined);
  });

  test('#4 every process is in the sandbox, from before Electron is ready', () => {
    expect(app.calls.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0);
    expect(app.calls.indexOf('enableSandbox')).toBeLessThan(app.calls.indexOf('whenReady'));
  });

  test('#5 every permission is denied, asked for and looked up', () => {
    const answers: boolean[] = [];
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid'])
      session().permissionRequest?.({}, permission, (granted) => answers.push(granted));
    expect(answers).toEqual([false, false, false, false, false, false]);
    expect(session().permissionCheck?.()).toBe(false);
    expect(session().devicePermission?.()).toBe(false);
  });

  const served = async (url: string, method = 'GET') => {
    const handler = session().handlers.get('app') ?? expect.fail('the scheme is not served');
    const response = handler(new Request(url, { method }));
    return { status: response.status, policy: response.headers.get('content-security-policy'), text: await response.text() };
  };

  test('#7 the page comes with its policy, and a nonce that is new each time', async () => {
    const [first, second] = [await served('app://keyward/'), await served('app://keyward/')];
    expect(first.policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
    expect(first.policy).not.toMatch(/unsafe|\*/);
    const nonce = /'nonce-([^']+)'/.exec(first.policy ?? '')?.[1] ?? '';
    expect(first.text).toContain(`nonce="${nonce}"`);
    expect(second.policy).not.toBe(first.policy);
  });

  test.each([
    'app://keyward/../../etc/passwd',
    'app://keyward/%2e%2e/%2e%2e/package.json',
    'app://keyward/none.js',
    'app://keyward/index.html?x',
    'app://other/index.html',
  ])('#18 only what is in the map is served, not %s', async (url) => {
    expect((await served(url)).status).toBe(404);
  });

  test('#18 the scheme is our own, secure and standard and nothing more', async () => {
    expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    expect(window().url).toBe('app://keyward/');
    expect((await served('app://keyward/index.html', 'POST')).status).toBe(404);
  });

  test.each(['will-attach-webview', 'will-navigate', 'will-frame-navigate', 'will-redirect'])(
    '#12 and #13 %s is prevented on every page',
    (name) => {
      const event = { preventDefault: vi.fn<() => void>(), url: 'app://keyward/' };
      window().webContents.emit(name, event);
      expect(event.preventDefault).toHaveBeenCalledOnce();
    },
  );

  test('#14 no page opens another', () => {
    expect(window().webContents.openHandler?.({ url: 'app://keyward/' })).toEqual({ action: 'deny' });
  });

  test('#15 nothing is handed to the system to open, anywhere', () => {
    const sources = globSync('{main,preload}/**/*.ts', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((source) => /openExternal|openPath|xdg-open/.test(source))).toEqual([]);
  });

  test.each([
    ['a frame that is gone', () => ({ senderFrame: null })],
    ['a frame inside the page', () => ({ senderFrame: { url: 'app://keyward/' } })],
    ['another window', () => ({ sender: {} })],
    ['a page of another origin', () => ({ senderFrame: Object.assign(window().webContents.mainFrame, { url: 'https://example.com/' }) })],
  ])('#17 a request from %s is refused', async (_, from) => {
    try {
      await expect(request('echo.say', 1, from())).rejects.toMatchObject({ code: 'session.not-permitted' });
    } finally {
      window().webContents.mainFrame.url = 'app://keyward/';
    }
  });

  test('#20 the preload gives the page calls and nothing of Electron', () => {
    const source = readFileSync(join(root, 'preload/electron.ts'), 'utf8');
    expect(source.match(/exposeInMainWorld/g)).toHaveLength(1);
    expect(source).not.toMatch(/ipcRenderer(?!\.(invoke|on)\(|,| \}| or)/);
  });

  test('a download is prevented', () => {
    const event = { preventDefault: vi.fn<() => void>() };
    session().listeners.get('will-download')?.(event as never);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });

  test('each hardening says which item it answers', () => {
    const sources = globSync('{main/hosts/electron,preload}/*.ts', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
    const answered = new Set(Array.from(sources.join('\n').matchAll(/SECURITY: electron #(\d+)/g), ([, number]) => Number(number)));
    // 16: a current Electron is the lock file's; 19: the fuses are in electron-builder.yml.
    expect([...answered].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 20]);
  });
});

describe('the window in Electron', () => {
  test('carries a call to the core and back', async () => {
    expect(await request('echo.say', { a: 1 })).toEqual({ json: '{"ok":true,"value":{"a":1}}', frames: [] });
    expect(await request('echo.who', null)).toEqual({ json: '{"ok":true,"value":{"connection":"window","host":"window"}}', frames: [] });
  });

  test('brings news to the page', async () => {
    await request('echo.push', 7);
    expect(window().webContents.sent).toContainEqual(['keyward:push', 'echo.news', { json: '7', frames: [] }]);
  });

  test('a page that begins anew, and no other, signs out', async () => {
    window().webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    window().webContents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    window().webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    await expect.poll(() => request('echo.heard', null)).toEqual({ json: '{"ok":true,"value":["gone window"]}', frames: [] });
  });

  test('a locked screen reaches the core and the page', async () => {
    fakeElectron.powerMonitor.emit('lock-screen');
    await expect.poll(() => request('echo.heard', null)).toMatchObject({ json: expect.stringContaining('screen-locked') as string });
    expect(window().webContents.sent).toContainEqual(['keyward:push', 'shell.signedOut', { json: '{"why":"screen-locked"}', frames: [] }]);
  });

  test('prints from a page without script, bridge or session', async () => {
    const event = { sender: window().webContents, senderFrame: window().webContents.mainFrame };
    const input = JSON.stringify({ files: [{ $frame: 0, as: 'file', name: 'sheet.html' }] });
    const reply = await ipcHandlers.get('keyward:request')?.(event, 'shell.printToPdf', { json: input, frames: [Buffer.from('<p>')] });
    expect(reply).toMatchObject({ frames: [Buffer.from('%PDF-fake')] });
    const printed = FakeWindow.all.at(-1)?.options.webPreferences;
    expect(printed).toMatchObject({ javascript: false, sandbox: true, contextIsolation: true });
    expect(printed).not.toHaveProperty('preload');
    expect(printed?.['session']).not.toBe(session());
  });

  test('does not start under a debugger once it is packaged', async () => {
    const { openElectronHost } = await import('../../main/hosts/electron/open-electron-host.ts');
    app.isPackaged = true;
    app.switches.set('remote-debugging-port', '9222');
    const places = { workspaceDirectory: directory.path, profileDirectory: directory.path, stateDirectory: directory.path };
    await expect(openElectronHost(places)).rejects.toMatchObject({ code: 'unsupported' });
    app.isPackaged = false;
    app.switches.delete('remote-debugging-port');
  });

  test('ends its core and itself when the window is closed', async () => {
    window().close();
    await shell.closed;
    expect(app.calls).toContain('quit');
    expect(ipcHandlers.size).toBe(0);
  });
});
