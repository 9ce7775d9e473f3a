import { existsSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

const asAdmin = ['--as', 'admin'];
const asBen = (desk: Desk) => ['--as', 'Ben', '--passphrase-file', desk.path('his')];

/** A practice with two officers and somebody who has certificates. */
async function deskWithTwo(): Promise<Desk> {
  const desk = await deskWithPractice();
  await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
  const files = ['--new-passphrase-file', desk.put('his', 'six words that Ben made up\n'), '--recovery-code-file', desk.path('his-code')];
  await desk.json('operator', 'add', 'Ben', '--role', 'security-officer', ...files);
  return desk;
}

async function refusal(desk: Desk, ...args: readonly string[]): Promise<readonly [number, string]> {
  const { exit, stdout } = await desk.run(...args, '--json');
  return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
}

describe('keyward escrow', () => {
  it('recovers after another officer approved, prints sheets, tries them, and recovers with them', async () => {
    const desk = await deskWithTwo();
    const { people } = await desk.json<{ people: { id: string }[] }>('people', 'list', ...asAdmin);
    const order = [people[0]?.id ?? '', '--reason', 'Old letters', '--for', 'Dr. Lee', '--case', '17'];
    const { request } = await desk.json<{ request: string }>('escrow', 'recover', ...order, ...asAdmin);
    const deliver = ['escrow', 'deliver', request, '--out', desk.path('keys.p12'), ...asAdmin];
    expect(await refusal(desk, ...deliver)).toEqual([4, 'escrow.not-approved']);
    expect(existsSync(desk.path('keys.p12'))).toBe(false);
    await desk.json('escrow', 'approve', request, ...asBen(desk));
    await desk.json('openpgp', 'generate', people[0]?.id ?? '', ...asAdmin);
    expect(await desk.json(...deliver)).toMatchObject({ file: desk.path('keys.p12'), openPgp: [desk.path('keys-openpgp.asc')] });
    expect(statSync(desk.path('keys-openpgp.asc')).mode & 0o777).toBe(0o600);
    expect(statSync(desk.path('keys.p12')).mode & 0o777).toBe(0o600);
    await desk.json('escrow', 'review', request, '--note', 'Seen', ...asBen(desk));

    const asked = await desk.json<{ request: string }>('escrow', 'share', '--reason', 'Sheets for the safe', ...asAdmin);
    await desk.json('escrow', 'approve', asked.request, ...asBen(desk));
    await desk.json('escrow', 'share', '--request', asked.request, '--print', '2of3', '--out', desk.path('sheets'), ...asAdmin);
    expect(readdirSync(desk.path('sheets')).toSorted()).toEqual(['sheet-1.txt', 'sheet-2.txt', 'sheet-3.txt']);
    const sheets = ['--sheet', desk.path('sheets/sheet-3.txt'), '--sheet', desk.path('sheets/sheet-1.txt')];
    expect(await desk.json('escrow', 'drill', ...sheets, ...asBen(desk))).toMatchObject({ sheets: [3, 1], isOpened: true });
    const atOnce = ['escrow', 'recover', ...order, ...sheets, '--out', desk.path('again.p12'), ...asBen(desk)];
    expect(await desk.json(...atOnce)).toMatchObject({ recipient: 'Dr. Lee' });
    const { stdout } = await desk.run('escrow', 'list', ...asAdmin);
    expect(stdout).toContain('Any two officers together open the escrow');
    expect(stdout).toContain('signed off by Ben');
  });

  it('tells a practice with one officer what that means, and refuses sheets that cannot be', async () => {
    const desk = await deskWithPractice();
    const { stdout } = await desk.run('escrow', 'list');
    expect(stdout).toContain('whoever has their passphrase opens every key in the escrow alone');
    for (const print of ['3of2', '1of3', 'two'])
      expect(await refusal(desk, 'escrow', 'share', '--print', print, '--out', desk.path('none'))).toEqual([2, 'input.invalid']);
    expect(existsSync(desk.path('none'))).toBe(false);
  });
});
