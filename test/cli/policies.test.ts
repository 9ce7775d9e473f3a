import { describe, expect, it } from 'vitest';
import { deskWithPractice } from './support/command-line.ts';

describe('keyward policy', () => {
  it('shows what holds, and sets it for everybody', async () => {
    const desk = await deskWithPractice();
    expect(await desk.json('policy', 'show')).toEqual({
      idleLockMinutes: 10,
      jobsGoOnLocked: true,
      breakGlass: false,
      fourEyes: [],
      keepSigningKeys: false,
      listsNamePoint: false,
      mailPrograms: [],
    });
    expect(await desk.json('policy', 'set', '--idle-lock', '5')).toEqual({
      idleLockMinutes: 5,
      jobsGoOnLocked: true,
      breakGlass: false,
      fourEyes: [],
      keepSigningKeys: false,
      listsNamePoint: false,
      mailPrograms: [],
    });
    const { stdout } = await desk.run('policy', 'set', '--jobs-go-on', 'no');
    expect(stdout).toBe(
      'A window that nobody uses locks after 5 min. Running enrolments wait while Keyward is locked. No officer alone may open the escrow. Signing keys leave the vault once their hand-over is proved. Lists of revoked certificates do not say which address they are for. No act waits for another officer.\n',
    );
    expect(await desk.json('policy', 'show')).toEqual({
      idleLockMinutes: 5,
      jobsGoOnLocked: false,
      breakGlass: false,
      fourEyes: [],
      keepSigningKeys: false,
      listsNamePoint: false,
      mailPrograms: [],
    });
  });

  it.each([
    ['--idle-lock', '0'],
    ['--idle-lock', '61'],
    ['--idle-lock', 'never'],
    ['--jobs-go-on', 'perhaps'],
    ['--keep-signing-keys', 'perhaps'],
    ['--lists-name-point', 'perhaps'],
    ['--four-eyes', 'operators,everything'],
  ])('refuses %s %s and changes nothing', async (option, value) => {
    const desk = await deskWithPractice();
    const { exit, stdout } = await desk.run('policy', 'set', option, value, '--json');
    expect([exit, (JSON.parse(stdout) as { error: { code: string } }).error.code]).toEqual([2, 'input.invalid']);
    expect(await desk.json('policy', 'show')).toEqual({
      idleLockMinutes: 10,
      jobsGoOnLocked: true,
      breakGlass: false,
      fourEyes: [],
      keepSigningKeys: false,
      listsNamePoint: false,
      mailPrograms: [],
    });
  });
});
