import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

interface ErrorDocument {
  readonly error: { readonly code: string };
}

/** A practice with its administrator and Ana, a registrar who typed her own passphrase into a file. */
async function deskWithAna(): Promise<Desk> {
  const desk = await deskWithPractice();
  const words = ['operator', 'add', 'Ana Reis', '--role', 'registrar'];
  const files = ['--new-passphrase-file', desk.put('hers', 'six words that Ana made up\n'), '--recovery-code-file', desk.path('her-code')];
  expect(await desk.json(...words, ...files)).toMatchObject({ name: 'Ana Reis', role: 'registrar' });
  return desk;
}

const asAna = (desk: Desk) => ['--as', 'Ana Reis', '--passphrase-file', desk.path('hers')];
const asAdmin = ['--as', 'admin'];

async function refusedWith(desk: Desk, ...args: readonly string[]): Promise<readonly [exit: number, code: string]> {
  const { exit, stdout } = await desk.run(...args, '--json');
  return [exit, (JSON.parse(stdout) as ErrorDocument).error.code];
}

describe('keyward operator', () => {
  it('adds a registrar, who then enrols under her own name and may not revoke', async () => {
    const desk = await deskWithAna();
    await desk.json('enroll', '--csv', desk.put('staff.csv', staff), ...asAna(desk));
    const { certificates } = await desk.json<{ certificates: { id: string; isAuthority: boolean }[] }>(
      'certificate',
      'list',
      ...asAna(desk),
    );
    expect(certificates.filter(({ isAuthority }) => !isAuthority)).toHaveLength(4);
    const revoke = await refusedWith(
      desk,
      'certificate',
      'revoke',
      certificates[0]?.id ?? '',
      '--reason',
      'superseded',
      '--yes',
      ...asAna(desk),
    );
    expect(revoke).toEqual([4, 'session.not-permitted']);
    const { entries } = await desk.json<{ entries: { action: string; operator: string; outcome: string }[] }>('audit', 'list', ...asAdmin);
    expect(entries).toContainEqual(expect.objectContaining({ action: 'enrollment.start', operator: 'Ana Reis', outcome: 'success' }));
    expect(entries).toContainEqual(expect.objectContaining({ action: 'certificate.revoke', operator: 'Ana Reis', outcome: 'refused' }));
  });

  it('asks who, from the second operator on', async () => {
    const desk = await deskWithAna();
    const { exit, stderr } = await desk.run('people', 'list');
    expect([exit, stderr]).toEqual([4, expect.stringContaining('--as NAME')]);
    await desk.json('people', 'list', ...asAdmin);
  });

  it('lists, gives another role and removes, by name', async () => {
    const desk = await deskWithAna();
    await desk.json('operator', 'role', 'Ana Reis', '--role', 'auditor', ...asAdmin);
    expect(await refusedWith(desk, 'people', 'leave', 'x', ...asAna(desk))).toEqual([4, 'session.not-permitted']);
    await desk.json('operator', 'remove', 'Ana Reis', ...asAdmin);
    expect(await refusedWith(desk, 'audit', 'verify', ...asAna(desk))).toEqual([4, 'session.sign-in-failed']);
    const { operators } = await desk.json<{ operators: { name: string; role: string; removedAt: string | null }[] }>('operator', 'list');
    expect(operators.map(({ name, role, removedAt }) => [name, role, removedAt !== null])).toEqual([
      ['admin', 'administrator', false],
      ['Ana Reis', 'auditor', true],
    ]);
    const { stdout } = await desk.run('operator', 'list');
    expect(stdout).toMatch(/Ana Reis +auditor +20\d\d-.* removed 20\d\d/);
  });

  it('lets staff see and take what is of the person they are, apply for more, and see nothing of another', async () => {
    const desk = await deskWithPractice();
    await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
    const { people } = await desk.json<{ people: { id: string; name: string; mailboxes: string[] }[] }>('people', 'list');
    const [own, other] = people;
    const files = ['--new-passphrase-file', desk.put('hers', 'six words that Ana made up\n'), '--recovery-code-file', desk.path('code')];
    await desk.json('operator', 'add', 'Ana Reis', '--role', 'staff', '--person', own?.mailboxes[0] ?? '', ...files);
    const shown = await desk.json<{ id: string; certificates: { id: string }[] }>('people', 'show', ...asAna(desk));
    expect(shown.id).toBe(own?.id);
    await desk.json(
      'certificate',
      'export',
      shown.certificates[0]?.id ?? '',
      '--format',
      'pem',
      '--out',
      desk.path('own.pem'),
      ...asAna(desk),
    );
    await desk.json('people', 'sheet', '--out', desk.path('sheet.html'), ...asAna(desk));
    expect(readFileSync(desk.path('sheet.html'), 'utf8')).toContain(own?.name);
    expect(await refusedWith(desk, 'people', 'show', other?.id ?? '', ...asAna(desk))).toEqual([4, 'session.not-own']);
    const { application } = await desk.json<{ application: string }>('application', 'file', '--for', 'renewal', ...asAna(desk));
    expect(await refusedWith(desk, 'application', 'approve', application, ...asAna(desk))).toEqual([4, 'session.not-permitted']);
    await desk.json('application', 'approve', application, ...asAdmin);
    const { applications } = await desk.json<{ applications: object[] }>('application', 'list', ...asAna(desk));
    expect(applications).toMatchObject([{ kind: 'renewal', state: 'approved', decidedBy: 'admin' }]);
    await desk.json('operator', 'person', 'Ana Reis', '--nobody', ...asAdmin);
    expect(await refusedWith(desk, 'people', 'show', ...asAna(desk))).toEqual([4, 'session.no-person']);
  });

  it('gives the recovery code to its file alone, and it sets a passphrase of her own', async () => {
    const desk = await deskWithAna();
    expect(readFileSync(desk.path('her-code'), 'utf8')).toMatch(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}\n$/);
    const files = ['--recovery-code-file', desk.path('her-code'), '--new-recovery-code-file', desk.path('next-code')];
    const own = desk.put('own', 'nobody else has seen this\n');
    await desk.json('operator', 'recover', '--as', 'Ana Reis', ...files, '--passphrase-file', own);
    await desk.json('people', 'list', '--as', 'Ana Reis', '--passphrase-file', own);
    expect(await refusedWith(desk, 'people', 'list', ...asAna(desk))).toEqual([4, 'session.sign-in-failed']);
  });

  it('changes one’s own passphrase, read from files alone; a wrong old one is refused', async () => {
    const desk = await deskWithAna();
    const [old, own] = [
      ['--passphrase-file', desk.path('hers')],
      ['--passphrase-file', desk.put('own', 'nobody else has seen this\n')],
    ];
    const words = ['operator', 'change-passphrase', '--as', 'Ana Reis', '--new-passphrase-file', desk.path('own')];
    expect(await refusedWith(desk, ...words)).toEqual([4, 'session.sign-in-failed']);
    await desk.json(...words, ...old);
    await desk.json('people', 'list', '--as', 'Ana Reis', ...own);
    expect(await refusedWith(desk, 'people', 'list', '--as', 'Ana Reis', ...old)).toEqual([4, 'session.sign-in-failed']);
    expect(await refusedWith(desk, ...words, ...own)).toEqual([4, 'session.passphrase-unchanged']);
    const noNew = ['operator', 'change-passphrase', '--as', 'Ana Reis', ...own];
    expect(await refusedWith(desk, ...noNew)).toEqual([2, 'input.invalid']);
  });

  it('refuses an unknown role, a missing passphrase, and to leave the practice without an administrator', async () => {
    const desk = await deskWithPractice();
    const file = desk.put('hers', 'six words that Ana made up\n');
    expect(await refusedWith(desk, 'operator', 'add', 'Ana', '--role', 'boss', '--new-passphrase-file', file)).toEqual([
      2,
      'input.invalid',
    ]);
    expect(await refusedWith(desk, 'operator', 'add', 'Ana', '--role', 'staff')).toEqual([2, 'input.invalid']);
    expect(await refusedWith(desk, 'operator', 'remove', 'admin')).toEqual([4, 'session.last-administrator']);
    expect(await refusedWith(desk, 'operator', 'role', 'admin', '--role', 'auditor')).toEqual([4, 'session.last-administrator']);
    expect(await refusedWith(desk, 'operator', 'remove', 'nobody')).toEqual([3, 'not-found']);
  });
});
