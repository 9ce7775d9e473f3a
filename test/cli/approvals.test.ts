import { describe, expect, it } from 'vitest';
import { deskWithPractice } from './support/command-line.ts';

interface Refused {
  readonly error: { readonly code: string; readonly hint: string; readonly details: { readonly approval: string } };
}

describe('keyward approval', () => {
  it('has an act wait for another officer, who approves it; the same command then passes, once', async () => {
    const desk = await deskWithPractice();
    const given = ['--new-passphrase-file', desk.put('his', 'six words that Ben made up\n'), '--recovery-code-file', desk.path('code')];
    await desk.json('operator', 'add', 'Ben', '--role', 'security-officer', ...given);
    const asBen = ['--as', 'Ben', '--passphrase-file', desk.path('his')];
    await desk.json('policy', 'set', '--four-eyes', 'authority,operators', '--as', 'admin');
    const create = ['authority', 'create', 'Ridgeway Second Root', '--root', '--algorithm', 'p256', '--as', 'admin', '--json'];
    const { exit, stdout } = await desk.run(...create);
    const { code, hint, details } = (JSON.parse(stdout) as Refused).error;
    expect([exit, code]).toEqual([4, 'approval.required']);
    expect(hint).toContain(details.approval);
    const own = await desk.run('approval', 'approve', details.approval, '--as', 'admin', '--json');
    expect([own.exit, (JSON.parse(own.stdout) as Refused).error.code]).toEqual([4, 'approval.own-request']);
    expect((await desk.run('approval', 'list', ...asBen)).stdout).toContain('called Ridgeway Second Root');
    await desk.json('approval', 'approve', details.approval, ...asBen);
    expect((await desk.run(...create)).exit).toBe(0);
    const again = (JSON.parse((await desk.run(...create)).stdout) as Refused).error;
    expect(again.code).toBe('approval.required');
    expect(await desk.json('approval', 'refuse', again.details.approval, '--reason', 'One is enough', ...asBen)).toMatchObject({
      state: 'refused',
    });
  });
});
