import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type jsQR from 'jsqr';
import { expect, it } from 'vitest';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

/** Somebody else's reader of QR codes. */
const readCode = createRequire(import.meta.url)('jsqr') as typeof jsQR.default;

interface Sheet {
  readonly size: number;
  readonly shortHash: string;
  readonly vkey: string;
}

const print = (desk: Desk, name = 'page.html') => desk.json<Sheet>('audit', 'checkpoint', '--print', desk.path(name));

/** What a QR code says, as somebody else's reader reads it off the squares that are drawn. */
function scanned(html: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(html)?.[1]);
  const scale = 4;
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of html.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < scale; row++)
      for (let column = 0; column < scale; column++)
        pixels.fill(
          0,
          ((Number(y) * scale + row) * side + Number(x) * scale + column) * 4,
          ((Number(y) * scale + row) * side + Number(x) * scale + column) * 4 + 3,
        );
  return readCode(pixels, side, side)?.data ?? '';
}

async function compared(desk: Desk, typed: string): Promise<unknown> {
  const { exit, stdout } = await desk.run('audit', 'compare', desk.put('typed', typed), '--json');
  const { verdict, isSigned, error } = JSON.parse(stdout) as { verdict?: string; isSigned?: boolean; error?: { code: string } };
  return error === undefined ? [exit, verdict, isSigned] : [exit, error.code];
}

it('a printed total is one page that a scanner reads, and the log is held against what was scanned, typed and read out', async () => {
  const desk = await deskWithPractice();
  const { size, shortHash, vkey } = await print(desk);
  const html = readFileSync(desk.path('page.html'), 'utf8');
  const note = scanned(html);
  expect(await desk.json('audit', 'verify-note', desk.put('scanned', note), '--vkey', vkey)).toMatchObject({ valid: true });
  for (const shown of [shortHash.slice(0, 14), shortHash.slice(15), vkey, String(size), ...note.trim().split('\n')])
    expect(html).toContain(shown);
  expect(html).not.toMatch(/<script|src=|url\(/);

  await desk.json('people', 'import', desk.put('staff.csv', staff));
  expect(await compared(desk, note)).toEqual([0, 'grown', true]);
  expect(await compared(desk, `> ${note.trim().replaceAll('\n', '\r\n> ')}`)).toEqual([0, 'grown', true]);
  expect(await compared(desk, note.split('\n').slice(0, 3).join('\n'))).toEqual([0, 'grown', false]);
  expect(await compared(desk, `${size} ${shortHash.toLowerCase()}`)).toEqual([0, 'grown', false]);
  const { entries } = await desk.json<{ entries: readonly object[] }>('audit', 'list', '--search', 'audit.export');
  expect(entries).toContainEqual(expect.objectContaining({ subject: { part: 'checkpoint', way: 'paper' } }));
});

it('the page is a PDF of one page where that is asked for; another kind of file is refused', async () => {
  const desk = await deskWithPractice();
  await print(desk, 'page.pdf');
  const pdf = readFileSync(desk.path('page.pdf'), 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect((await desk.run('audit', 'checkpoint', '--print', desk.path('page.txt'), '--json')).exit).toBe(2);
});

it('an older copy that was put back is told by a page, and goes on being told; what bears no signature is told once', async () => {
  const desk = await deskWithPractice();
  cpSync(desk.path('workspace'), desk.path('older'), { recursive: true });
  for (let time = 0; time < 4; time++) await desk.json('people', 'list');
  const { size, shortHash } = await print(desk);
  const note = scanned(readFileSync(desk.path('page.html'), 'utf8'));
  rmSync(desk.path('workspace'), { recursive: true });
  renameSync(desk.path('older'), desk.path('workspace'));

  expect(await compared(desk, `${size} ${shortHash}`)).toEqual([9, 'older', false]);
  expect((await desk.run('people', 'list')).stderr).toBe('');
  expect(await compared(desk, note)).toEqual([9, 'older', true]);
  expect((await desk.run('people', 'list')).stderr).toContain('warning: integrity.rollback-suspected');
  for (let time = 0; time < size; time++) await desk.json('people', 'list');
  expect(await compared(desk, note)).toEqual([9, 'forked', true]);
  expect(await compared(desk, `${size} ${shortHash}`)).toEqual([9, 'forked', false]);
  const { entries } = await desk.json<{ entries: readonly object[] }>('audit', 'list', '--search', 'rollback');
  const subject = expect.objectContaining({ kind: 'cut-off', size }) as unknown;
  expect(entries).toContainEqual(expect.objectContaining({ action: 'audit.rollback', outcome: 'failed', subject }));
  expect(entries).toContainEqual(expect.objectContaining({ action: 'audit.alarm' }));
});

it('a total of another log says nothing, one whose signature is not by this log is suspected, and what is none is refused', async () => {
  const [desk, other] = [await deskWithPractice(), await deskWithPractice()];
  await print(desk);
  await print(other);
  const [note, foreign] = [desk, other].map((one) => scanned(readFileSync(one.path('page.html'), 'utf8')));
  expect(await compared(desk, foreign ?? '')).toEqual([1, 'other', false]);
  expect(await compared(desk, note?.replace(/^\d+$/m, '3') ?? '')).toEqual([9, 'signature', false]);
  expect(await compared(desk, note?.replace(/ [A-Za-z0-9+/]{8}([A-Za-z0-9+/=]+\n)$/, ' AAAAAAAA$1') ?? '')).toEqual([
    9,
    'signature',
    false,
  ]);
  expect(await compared(desk, 'Nothing of a log.')).toEqual([2, 'input.malformed-checkpoint']);
  expect(await compared(desk, '')).toEqual([2, 'input.malformed-checkpoint']);
  expect((await desk.run('people', 'list')).stderr).toBe('');
});
