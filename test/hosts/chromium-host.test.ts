import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shellCalls } from '../../main/contract/bridge.ts';
import type { ChromiumHost } from '../../main/hosts/chromium/open-chromium-host.ts';
import { buildEchoBridge, openEchoWindow, startDisplay, whyNoWindow, type Display } from './fixtures/chromium-host.ts';
import { temporaryDirectory } from './fixtures/connected-sockets.ts';
import { listeningTcpSockets, processTree } from './fixtures/process-tree.ts';

/** What the page for tests offers. */
declare global {
  var ask: (name: string, input?: unknown) => Promise<{ ok: boolean; value?: unknown; error?: { code: string } }>;
  var digest: (passphrase: string, text: string) => Promise<{ reply: { ok: boolean; value: Record<string, unknown> }; frames: string[] }>;
  var heard: [string, unknown][];
}

if (whyNoWindow !== '') process.stderr.write(`SKIPPED: the window cannot be tested here; missing: ${whyNoWindow}\n`);

/** What the core of these tests offers. */
const echoCalls = 10;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.skipIf(whyNoWindow !== '')('the window in Chromium', () => {
  const directory = temporaryDirectory();
  let display: Display;
  let bridge: string;
  let host: ChromiumHost;
  const chosen = {
    file: join(directory.path, 'staff.csv'),
    save: join(directory.path, 'saved.p12'),
    folder: join(directory.path, 'folder'),
  };

  beforeAll(async () => {
    display = await startDisplay();
    bridge = await buildEchoBridge(join(directory.path, 'bridge'));
    mkdirSync(chosen.folder);
    host = await openEchoWindow(directory.path, bridge, display, {
      dialogs: {
        chooseFile: () => Promise.resolve(existsSync(chosen.file) ? chosen.file : undefined),
        chooseSavePath: () => Promise.resolve(chosen.save),
        chooseFolder: () => Promise.resolve(chosen.folder),
      },
    });
  });
  afterAll(async () => {
    await host?.close();
    display?.stop();
    directory.remove();
  });

  const inPage = (name: string, input?: unknown) =>
    host.page.evaluate(([call, value]) => globalThis.ask(call, value), [name, input] as const);

  test('shows the page with its styles', async () => {
    expect(host.page.url()).toBe('https://keyward.invalid/');
    expect(await host.page.title()).toBe('Keyward');
    expect(await host.page.evaluate('document.querySelector("#styled").offsetWidth')).toBe(77);
  });

  test('carries a call to the core and its answer back', async () => {
    expect(await inPage('echo.say', { text: 'grüezi' })).toEqual({ ok: true, value: { text: 'grüezi' } });
    expect(await inPage('echo.who')).toEqual({ ok: true, value: { connection: 'window', host: 'window' } });
  });

  test('carries secrets and files as octets', async () => {
    const { reply, frames } = await host.page.evaluate(() => globalThis.digest('correct horse', 'a,b'));
    expect(reply.value).toMatchObject({ passphrase: sha256('correct horse'), file: sha256('a,b'), name: 'staff.csv' });
    expect(reply.value['password']).toEqual({ $frame: 0, as: 'secret' });
    expect(frames).toEqual(['generated', 'a,b']);
  });

  test('brings news to the page in order', async () => {
    for (const n of [1, 2, 3]) await inPage('echo.push', n);
    await expect
      .poll(() => host.page.evaluate(() => globalThis.heard.filter(([name]) => name === 'echo.news')))
      .toEqual([
        ['echo.news', 1],
        ['echo.news', 2],
        ['echo.news', 3],
      ]);
  });

  test('gives the page nothing but a frozen bridge with the calls of the build', async () => {
    const found = await host.page.evaluate(() => {
      const bridge = (globalThis as unknown as { keyward: { calls: Record<string, unknown> } }).keyward;
      return {
        frozen: Object.isFrozen(bridge) && Object.isFrozen(bridge.calls),
        fixed: Object.getOwnPropertyDescriptor(globalThis, 'keyward')?.writable,
        calls: Object.keys(bridge.calls).length,
        binding: typeof Reflect.get(globalThis, 'keywardShell'),
      };
    });
    expect(found).toEqual({ frozen: true, fixed: false, calls: echoCalls + shellCalls.length, binding: 'undefined' });
    await expect(inPage('echo.unknown')).rejects.toThrow('There is no such call');
    await expect(inPage('constructor')).rejects.toThrow('There is no such call');
  });

  test('refuses what is malformed, whoever made the page send it', async () => {
    const refused = await host.page.evaluate(async () => {
      const { keyward } = globalThis as unknown as { keyward: { call: (...input: unknown[]) => Promise<{ json: string }> } };
      return Promise.all([
        keyward.call('echo.say', '{', []),
        keyward.call('echo.say', '{"$frame":0,"as":"secret"}', [new Uint8Array(1), new Uint8Array(1)]),
      ]);
    });
    expect(refused.map(({ json }) => (JSON.parse(json) as { error: { code: string } }).error.code)).toEqual([
      'input.invalid',
      'input.invalid',
    ]);
  });

  test('stays where it is when a page would leave', async () => {
    const leave = async (script: string): Promise<string> => {
      await host.page.evaluate(script);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return host.page.url();
    };
    expect(await leave('location.href = "https://example.com/"')).toBe('https://keyward.invalid/');
    expect(await leave('document.querySelector("a").click()')).toBe('https://keyward.invalid/');
    expect(await leave('location.href = "file:///etc/passwd"')).toBe('https://keyward.invalid/');
    expect(await leave('location.href = "https://keyward.invalid/other"')).toBe('https://keyward.invalid/');
    expect(
      await leave('{ const f = document.createElement("form"); f.action = "https://example.com/"; document.body.append(f); f.submit(); }'),
    ).toBe('https://keyward.invalid/');
    expect(await inPage('echo.say', 'still here')).toEqual({ ok: true, value: 'still here' });
  });

  test('opens no other window', async () => {
    expect(await host.page.evaluate('window.open("https://example.com/")')).toBeNull();
    await host.page.evaluate(
      '{ const a = document.createElement("a"); a.href = "/"; a.target = "_blank"; document.body.append(a); a.click(); }',
    );
    await expect.poll(() => host.page.context().pages().length).toBe(1);
  });

  test.each([
    ['a fetch', 'fetch("https://example.com/").then(() => "through", () => "refused")'],
    ['a fetch to this machine', 'fetch("http://127.0.0.1/").then(() => "through", () => "refused")'],
    [
      'a web socket',
      'new Promise((r) => { const s = new WebSocket("wss://example.com/"); s.onopen = () => r("through"); s.onerror = () => r("refused"); })',
    ],
    [
      'an image',
      'new Promise((r) => { const i = new Image(); i.onload = () => r("through"); i.onerror = () => r("refused"); i.src = "https://example.com/i.png"; })',
    ],
    [
      'a script',
      'new Promise((r) => { const s = document.createElement("script"); s.onload = () => r("through"); s.onerror = () => r("refused"); s.src = "https://example.com/s.js"; document.head.append(s); })',
    ],
    [
      'a frame',
      'new Promise((r) => { const f = document.createElement("iframe"); f.src = "https://example.com/"; document.body.append(f); setTimeout(() => { let t = "refused"; try { t = f.contentDocument === null ? "refused" : f.contentDocument.body.innerText === "" ? "refused" : "through"; } catch {} r(t); }, 300); })',
    ],
    [
      'an inline script',
      'new Promise((r) => { const s = document.createElement("script"); s.textContent = "window.inline = 1"; document.head.append(s); setTimeout(() => r(window.inline ? "through" : "refused"), 50); })',
    ],
    ['eval', 'new Promise((r) => setTimeout(() => { try { r(window.eval("1") ? "through" : ""); } catch { r("refused"); } }))'],
    [
      'a style without the nonce',
      'new Promise((r) => { const s = document.createElement("style"); s.textContent = "h1 { width: 11px }"; document.head.append(s); setTimeout(() => r(document.querySelector("h1").offsetWidth === 11 ? "through" : "refused"), 50); })',
    ],
    [
      'a worker from a blob',
      'new Promise((r) => { try { const w = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"]))); w.onmessage = () => r("through"); w.onerror = () => r("refused"); } catch { r("refused"); } })',
    ],
    [
      'a service worker',
      'navigator.serviceWorker.register("/index.js").catch(() => 0).then(() => navigator.serviceWorker.getRegistrations()).then((all) => all.length === 0 ? "refused" : "through")',
    ],
  ])('refuses %s', async (_, script) => {
    expect(await host.page.evaluate(script)).toBe('refused');
  });

  test('keeps the binding from frames', async () => {
    const seen = await host.page.evaluate(async () => {
      const document = Reflect.get(globalThis, 'document') as {
        createElement(name: string): { contentWindow: object };
        body: { append(node: unknown): void };
      };
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const binding = Reflect.get(frame.contentWindow, 'keywardShell') as ((request: string) => Promise<string>) | undefined;
      const bridge = typeof Reflect.get(frame.contentWindow, 'keyward');
      const request = JSON.stringify({ name: 'echo.say', json: '"frame"', frames: [] });
      return [
        bridge,
        binding === undefined
          ? 'absent'
          : await binding(request).then(
              () => 'answered',
              () => 'refused',
            ),
      ];
    });
    expect(seen[0]).toBe('undefined');
    expect(seen[1]).not.toBe('answered');
  });

  test('denies every permission without asking', async () => {
    const states = await host.page.evaluate(
      `Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'persistent-storage'].map(async (name) => (await navigator.permissions.query({ name })).state))`,
    );
    expect(new Set(states as string[])).toEqual(new Set(['denied']));
  });

  test.each([
    'Control+n',
    'Control+t',
    'Control+o',
    'Control+s',
    'Control+p',
    'Control+u',
    'Control+j',
    'Control+h',
    'F12',
    'Control+Shift+i',
    'Shift+Escape',
  ])('does not let %s reach Chromium', async (chord) => {
    await host.page.evaluate(
      `window.prevented = undefined; addEventListener('keydown', (e) => { if (!['Control', 'Shift'].includes(e.key)) window.prevented = e.defaultPrevented; })`,
    );
    await host.page.keyboard.press(chord);
    await expect.poll(() => host.page.evaluate('window.prevented')).toBe(true);
    expect(host.page.context().pages()).toHaveLength(1);
  });

  test('saves a file where the person chose, for them alone, and reads the one they chose', async () => {
    const saved = await host.page.evaluate(async () => {
      const { keyward } = globalThis as unknown as { keyward: { call: (...input: unknown[]) => Promise<{ json: string }> } };
      const input = { title: 'Save', files: [{ $frame: 0, as: 'file', name: 'a.p12' }] };
      return keyward.call('shell.saveFiles', JSON.stringify(input), [new TextEncoder().encode('content')]);
    });
    expect(JSON.parse(saved.json)).toEqual({ ok: true, value: { path: chosen.save } });
    expect(readFileSync(chosen.save, 'utf8')).toBe('content');
    expect(lstatSync(chosen.save).mode & 0o777).toBe(0o600);
    expect(await inPage('shell.chooseFile', { title: 'Open' })).toEqual({ ok: true, value: { files: [] } });
    writeFileSync(chosen.file, 'x');
    expect(await inPage('shell.chooseFile', { title: 'Open' })).toEqual({
      ok: true,
      value: { files: [{ $frame: 0, as: 'file', name: 'staff.csv' }] },
    });
  });

  test('prints a document that runs nothing', async () => {
    const html = '<h1>Hand-over</h1><script>document.body.textContent = "ran"</script><img src="https://example.com/i.png">';
    const printed = await host.page.evaluate(async (text) => {
      const { keyward } = globalThis as unknown as {
        keyward: { call: (...input: unknown[]) => Promise<{ json: string; frames: Uint8Array[] }> };
      };
      const input = { files: [{ $frame: 0, as: 'file', name: 'sheet.html' }] };
      const { json, frames } = await keyward.call('shell.printToPdf', JSON.stringify(input), [new TextEncoder().encode(text)]);
      return { json, start: new TextDecoder().decode(frames[0]?.subarray(0, 5)) };
    }, html);
    expect(printed).toEqual({ json: '{"ok":true,"value":{"files":[{"$frame":0,"as":"file","name":"sheet.pdf"}]}}', start: '%PDF-' });
  });

  test('listens on no TCP port, in no process of its own', () => {
    const tree = processTree(process.pid);
    expect(tree.length).toBeGreaterThan(4);
    expect(tree).toContain(host.corePid());
    expect(listeningTcpSockets(tree)).toEqual([]);
  });

  test('is the only one of its profile, and keeps the profile to its owner', async () => {
    await expect(openEchoWindow(directory.path, bridge, display)).rejects.toMatchObject({ code: 'store.busy' });
    expect(lstatSync(join(directory.path, 'profile')).mode & 0o077).toBe(0);
    expect(await inPage('echo.say', 'first')).toEqual({ ok: true, value: 'first' });
  });

  test('says when the core dies, starts it again and is answered again', async () => {
    const before = host.corePid();
    expect(await inPage('echo.die')).toMatchObject({ ok: false, error: { code: 'internal', details: { reason: 'core-lost' } } });
    const states = () =>
      host.page.evaluate(() =>
        globalThis.heard.filter(([name]) => name === 'shell.coreState').map(([, news]) => (news as { state: string }).state),
      );
    await expect.poll(states, { timeout: 20_000 }).toEqual(expect.arrayContaining(['lost', 'starting', 'ready']));
    expect(await inPage('echo.say', 'again')).toEqual({ ok: true, value: 'again' });
    expect(host.corePid()).not.toBe(before);
  });

  test('a page that begins anew is a new caller, and hears news again', async () => {
    await host.page.reload();
    await inPage('echo.push', 'after');
    await expect
      .poll(() => host.page.evaluate(() => globalThis.heard.filter(([name]) => name === 'echo.news')))
      .toEqual([['echo.news', 'after']]);
    expect(await inPage('echo.heard')).toMatchObject({ value: expect.arrayContaining(['gone window']) as unknown });
  });

  test('closing the window ends the core', async () => {
    const pid = host.corePid() ?? 0;
    await host.page.close();
    await host.closed;
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});
