import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PathWanted } from '../../main/contract/bridge.ts';
import { FileContent } from '../../main/contract/secret.ts';
import { wireLimits } from '../../main/contract/wire.ts';
import { kdialogDialogs, zenityDialogs } from '../../main/hosts/chromium/system-dialogs.ts';
import { desktopActor } from '../../main/hosts/desktop-actor.ts';
import { desktopEvent } from '../../main/hosts/desktop-watch.ts';
import { performHostAct } from '../../main/hosts/host-actor.ts';
import { openRendererFiles } from '../../main/hosts/renderer-files.ts';
import { WindowDialogs } from '../../main/hosts/window-dialogs.ts';
import { temporaryDirectory } from './fixtures/connected-sockets.ts';

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

/** A desktop on which the person always chooses this path. */
const actorChoosing = (path: string | undefined) =>
  desktopActor({
    dialogs: {
      chooseFile: () => Promise.resolve(path),
      chooseSavePath: () => Promise.resolve(path),
      chooseFolder: () => Promise.resolve(path),
    },
    printToPdf: (html) => Promise.resolve(Buffer.concat([Buffer.from('%PDF-'), html])),
    notify: () => Promise.resolve(),
  });

const files = (...names: string[]) => names.map((name) => new FileContent(name, Buffer.from(name)));

describe('locating a file', () => {
  test('gives where it is and nothing of what it holds; no place when none was chosen', async () => {
    const path = join(directory.path, 'large.age');
    expect(await performHostAct(actorChoosing(path), 'locateFile', { title: 'Open', extensions: ['age'] })).toEqual({
      ok: true,
      value: { path },
    });
    expect(await performHostAct(actorChoosing(undefined), 'locateFile', { title: 'Open' })).toEqual({ ok: true, value: { path: null } });
  });
});

describe('saving', () => {
  test('replaces what was there, whole, and only the owner may read it', async () => {
    const path = join(directory.path, 'a.p12');
    writeFileSync(path, 'before', { mode: 0o644 });
    expect(await performHostAct(actorChoosing(path), 'saveFiles', { title: 'Save', files: files('x') })).toEqual({
      ok: true,
      value: { path },
    });
    expect(readFileSync(path, 'utf8')).toBe('x');
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory.path)).toEqual(['a.p12']);
  });

  test('does not write through a link that stands there', async () => {
    const target = join(directory.path, 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, join(directory.path, 'link'));
    await performHostAct(actorChoosing(join(directory.path, 'link')), 'saveFiles', { title: 'Save', files: files('x') });
    expect(readFileSync(target, 'utf8')).toBe('untouched');
    expect(readFileSync(join(directory.path, 'link'), 'utf8')).toBe('x');
  });

  test('keeps several files in the folder that was chosen, whatever they are called', async () => {
    const names = ['../../evil', '/etc/passwd', '.bashrc', 'a\u0000b', 'CON:x', '..'];
    await performHostAct(actorChoosing(directory.path), 'saveFiles', { title: 'Save', files: files(...names) });
    expect(readdirSync(directory.path).sort()).toEqual(['CON_x', '_.._evil', '_etc_passwd', 'a_b', 'bashrc', 'keyward'].sort());
  });

  test('says why it could not, and leaves nothing behind', async () => {
    const missing = await performHostAct(actorChoosing(join(directory.path, 'absent/a')), 'saveFiles', {
      title: 'Save',
      files: files('x'),
    });
    expect(missing).toMatchObject({ ok: false, error: { code: 'not-found' } });
    mkdirSync(join(directory.path, 'folder'));
    const folder = await performHostAct(actorChoosing(join(directory.path, 'folder')), 'saveFiles', { title: 'Save', files: files('x') });
    expect(folder).toMatchObject({ ok: false });
    expect(readdirSync(directory.path)).toEqual(['folder']);
  });

  test('is nothing when the person chose nothing', async () => {
    expect(await performHostAct(actorChoosing(undefined), 'saveFiles', { title: 'Save', files: files('x') })).toEqual({
      ok: true,
      value: { path: null },
    });
    expect(await performHostAct(actorChoosing(undefined), 'saveFiles', { title: 'Save', files: files('x', 'y') })).toEqual({
      ok: true,
      value: { path: null },
    });
  });
});

describe('saving in a folder that was chosen', () => {
  /** The person chooses this folder; then the files are saved in it. */
  async function saveIn(path: string, saved: readonly FileContent[]) {
    const actor = actorChoosing(path);
    const reply = await performHostAct(actor, 'chooseFolder', { title: 'Save' });
    const { folder } = reply.ok ? (reply.value as { folder: { id: string; path: string } }) : { folder: { id: '', path: '' } };
    expect(folder.path).toBe(path);
    return performHostAct(actor, 'saveInFolder', { folder: folder.id, files: saved });
  }
  const inside = () => {
    const path = join(directory.path, 'inside');
    mkdirSync(path);
    return path;
  };

  test('makes the folders below it, and only the owner may read them', async () => {
    const path = inside();
    expect(await saveIn(path, files('root.crl', 'ocsp/MFUw+z/a=', 'ocsp/MFUw+z/b='))).toEqual({ ok: true, value: {} });
    expect(readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(
      ['ocsp', 'ocsp/MFUw+z', 'ocsp/MFUw+z/a=', 'ocsp/MFUw+z/b=', 'root.crl'].toSorted(),
    );
    expect(readFileSync(join(path, 'ocsp/MFUw+z/a='), 'utf8')).toBe('ocsp/MFUw+z/a=');
    expect(lstatSync(join(path, 'ocsp')).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(path, 'ocsp/MFUw+z/a=')).mode & 0o777).toBe(0o600);
  });

  test.each(['../evil', 'ocsp/../../evil', '/evil', 'ocsp//evil', 'ocsp/', '.', 'ocsp/.hidden', 'ocsp\\evil', 'ocsp/a\u0000b', 'C:evil'])(
    'refuses %s, and saves nothing of what came with it',
    async (name) => {
      const path = inside();
      expect(await saveIn(path, files('good', name))).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
      expect(readdirSync(directory.path, { recursive: true })).toEqual(['inside']);
    },
  );

  test('does not follow a link that stands where a folder has to be', async () => {
    const [path, outside] = [inside(), join(directory.path, 'outside')];
    mkdirSync(outside);
    symlinkSync(outside, join(path, 'ocsp'));
    expect(await saveIn(path, files('ocsp/a'))).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(readdirSync(outside)).toEqual([]);
  });

  test('knows no folder that was not chosen, and of those that were the newest two', async () => {
    const actor = actorChoosing(inside());
    const unknown = { folder: '00000000-0000-4000-8000-000000000000', files: files('a') };
    expect(await performHostAct(actor, 'saveInFolder', unknown)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const first = await performHostAct(actor, 'chooseFolder', { title: 'Save' });
    const { id } = first.ok ? (first.value as { folder: { id: string } }).folder : { id: '' };
    const save = (name: string) => performHostAct(actor, 'saveInFolder', { folder: id, files: files(name) });
    await performHostAct(actor, 'chooseFolder', { title: 'Save' });
    expect(await save('a')).toMatchObject({ ok: true });
    await performHostAct(actor, 'chooseFolder', { title: 'Save' });
    expect(await save('b')).toMatchObject({ ok: false });
    expect(readdirSync(join(directory.path, 'inside'))).toEqual(['a']);
  });

  test('gives a folder its name once it is whole, and a number where the name is taken', async () => {
    const path = inside();
    const actor = actorChoosing(path);
    const reply = await performHostAct(actor, 'chooseFolder', { title: 'Save' });
    const folder = reply.ok ? (reply.value as { folder: { id: string } }).folder.id : '';
    const name = async (from: string, to: string) => {
      await performHostAct(actor, 'saveInFolder', { folder, files: files('unfinished/a') });
      return performHostAct(actor, 'nameInFolder', { folder, from, to });
    };
    expect(await name('unfinished', 'log')).toEqual({ ok: true, value: { path: join(path, 'log') } });
    expect(await name('unfinished', 'log')).toEqual({ ok: true, value: { path: join(path, 'log 2') } });
    for (const wrong of ['../log', 'a/b', '.hidden', '/log', '..'])
      expect([wrong, await name('unfinished', wrong)]).toMatchObject([wrong, { ok: false, error: { code: 'input.invalid' } }]);
    expect(await name('../inside', 'log')).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(await name('nothing', 'none')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(readdirSync(path).toSorted()).toEqual(['log', 'log 2', 'unfinished']);
  });

  test('is nothing when the person chose nothing', async () => {
    expect(await performHostAct(actorChoosing(undefined), 'chooseFolder', { title: 'Save' })).toEqual({
      ok: true,
      value: { folder: null },
    });
  });
});

describe('choosing a file', () => {
  const choose = (path: string | undefined) => performHostAct(actorChoosing(path), 'chooseFile', { title: 'Open' });

  test('gives its name and content', async () => {
    writeFileSync(join(directory.path, 'staff.csv'), 'a,b');
    expect(await choose(join(directory.path, 'staff.csv'))).toEqual({
      ok: true,
      value: { files: [new FileContent('staff.csv', Buffer.from('a,b'))] },
    });
    expect(await choose(undefined)).toEqual({ ok: true, value: { files: [] } });
  });

  test('refuses one that is too large without reading it', async () => {
    const path = join(directory.path, 'huge');
    writeFileSync(path, '');
    truncateSync(path, wireLimits.file + 1);
    expect(await choose(path)).toMatchObject({ ok: false, error: { code: 'input.too-large' } });
  });

  test('refuses what is not a file, and does not wait for a pipe', async () => {
    execFileSync('/usr/bin/mkfifo', [join(directory.path, 'pipe')]);
    expect(await choose(join(directory.path, 'pipe'))).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(await choose(directory.path)).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(await choose(join(directory.path, 'absent'))).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

test.each([
  ['an act that does not exist', 'runProgram', {}],
  ['an act every object has', 'constructor', {}],
])('%s is not done', async (_, act, input) => {
  expect(await performHostAct(actorChoosing(undefined), act, input)).toMatchObject({ ok: false, error: { code: 'unsupported' } });
});

test.each([
  ['a title that is missing', 'chooseFile', {}],
  ['an extension that is a pattern', 'chooseFile', { title: 'x', extensions: ['*'] }],
  ['no files', 'saveFiles', { title: 'x', files: [] }],
  ['a folder that is a path', 'saveInFolder', { folder: '/etc', files: [{ name: 'a', bytes: new Uint8Array() }] }],
  ['a file that is text', 'saveFiles', { title: 'x', files: [{ name: 'a', bytes: 'text' }] }],
  ['something extra', 'notify', { title: 'x', body: 'y', icon: 'z' }],
])('%s is refused', async (_, act, input) => {
  expect(await performHostAct(actorChoosing(undefined), act, input)).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
});

describe('the dialogs of the desktop', () => {
  const recorded = async (dialogs: typeof zenityDialogs, act: 'chooseFile' | 'chooseSavePath' | 'chooseFolder') => {
    let options: readonly string[] = [];
    const run = (given: readonly string[]) => Promise.resolve(((options = given), '/chosen'));
    expect(await dialogs(run)[act]({ title: '--title', extensions: ['csv', 'txt'], suggestedName: '-rf' })).toBe('/chosen');
    return options;
  };

  test('of GNOME get a title and a name that cannot be taken for options', async () => {
    expect(await recorded(zenityDialogs, 'chooseFile')).toEqual(['--file-selection', '--title=--title', '--file-filter=*.csv *.txt']);
    expect(await recorded(zenityDialogs, 'chooseSavePath')).toContain(`--filename=${join(homedir(), '-rf')}`);
    expect(await recorded(zenityDialogs, 'chooseFolder')).toContain('--directory');
  });

  test('of KDE get them as well', async () => {
    expect(await recorded(kdialogDialogs, 'chooseFile')).toEqual(['--title', '--title', '--getopenfilename', homedir(), '*.csv *.txt']);
    expect(await recorded(kdialogDialogs, 'chooseSavePath')).toContain(join(homedir(), '-rf'));
    expect(await recorded(kdialogDialogs, 'chooseFolder')).toContain('--getexistingdirectory');
  });
});

describe('a desktop without dialogs', () => {
  test('asks in the window, and takes an absolute path or none', async () => {
    const asked: PathWanted[] = [];
    const dialogs = new WindowDialogs((wanted) => asked.push(wanted));
    const answers = [
      dialogs.chooseSavePath({ title: 'Save', suggestedName: 'a.p12' }),
      dialogs.chooseFile({ title: 'Open' }),
      dialogs.chooseFolder({ title: 'Folder' }),
      dialogs.chooseFile({ title: 'Given up' }),
    ];
    expect(asked[0]).toEqual({ id: 1, kind: 'save', title: 'Save', suggestedName: 'a.p12' });
    dialogs.answer(2, 'relative');
    dialogs.answer(1, '/tmp/a.p12');
    dialogs.answer(3, '~/certificates');
    dialogs.answer(4, null);
    dialogs.answer(99, '/nobody/asked');
    expect(await Promise.all(answers)).toEqual(['/tmp/a.p12', undefined, join(homedir(), 'certificates'), undefined]);
  });
});

test.each([
  ['/org/freedesktop/ScreenSaver: org.freedesktop.ScreenSaver.ActiveChanged (true,)', 'screen-locked'],
  ['/org/gnome/ScreenSaver: org.gnome.ScreenSaver.ActiveChanged (true,)', 'screen-locked'],
  ['/org/freedesktop/login1/session/_31: org.freedesktop.login1.Session.Lock ()', 'screen-locked'],
  ['/org/freedesktop/login1: org.freedesktop.login1.Manager.PrepareForSleep (true,)', 'suspended'],
  ['/org/freedesktop/login1: org.freedesktop.login1.Manager.PrepareForSleep (false,)', undefined],
  ['/org/gnome/ScreenSaver: org.gnome.ScreenSaver.ActiveChanged (false,)', undefined],
  ['The name org.freedesktop.login1 does not have an owner', undefined],
])('of the desktop, "%s" means %s', (line, event) => {
  expect(desktopEvent(line)).toBe(event);
});

describe('the files of the window', () => {
  test('are those that stood there at the start, of known types, and no links', () => {
    const folder = join(directory.path, 'renderer');
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<meta nonce="__STYLE_NONCE__">');
    writeFileSync(join(folder, 'assets/font.woff2'), 'f');
    writeFileSync(join(folder, 'notes.txt'), 'n');
    symlinkSync('/etc/passwd', join(folder, 'assets/link.js'));
    const serve = openRendererFiles(folder);
    writeFileSync(join(folder, 'late.js'), 'l');
    expect(serve('/')?.body.toString()).toMatch(/^<meta nonce="[A-Za-z0-9+/]{22}==">$/);
    expect(serve('/assets/font.woff2')?.headers['content-type']).toBe('font/woff2');
    for (const path of ['/notes.txt', '/assets/link.js', '/late.js', '/assets', '/assets/../index.html', '', '/constructor'])
      expect(serve(path)).toBeUndefined();
  });
});
