import { describe, expect, it } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { waitAfter } from '../../main/services/sign-in-delay.ts';
import { newPractice, openPractice, secret } from './support/practice.ts';
import { addOperator, codeOf, passphraseOf } from './support/operators.ts';

const at = (time: string) => new Date(time);
const noon = '2026-11-23T12:00:00.000Z';

/** A clock that only the test moves. */
function movedClock() {
  let now = Date.parse(noon);
  return { clock: { now: () => new Date(now) }, move: (seconds: number) => void (now += seconds * 1000) };
}

const refusal = (client: Client, text = 'wrong', operator = 'admin') =>
  client.session.signIn({ operator, passphrase: secret(text) }).then(
    () => undefined,
    (error: unknown) => error as { code: string; details: { seconds?: number; minutes?: number } },
  );

async function guess(client: Client, times: number): Promise<void> {
  for (let time = 0; time < times; time++) expect(await refusal(client)).toMatchObject({ code: 'session.sign-in-failed' });
}

describe('the wait after wrong tries', () => {
  it('is none for three, then doubles up to an hour', () => {
    const waits = Array.from({ length: 18 }, (_, count) => waitAfter({ count, lastAt: noon }, at(noon)).seconds);
    expect(waits).toEqual([0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600, 3600]);
  });

  it('runs out with the time since the last one', () => {
    expect(waitAfter({ count: 5, lastAt: noon }, at('2026-11-23T12:00:03.500Z')).seconds).toBe(5);
    expect(waitAfter({ count: 5, lastAt: noon }, at('2026-11-23T12:00:08.000Z')).seconds).toBe(0);
  });

  it('begins anew where the last failure lies in the future', () => {
    expect(waitAfter({ count: 5, lastAt: noon }, at('2026-11-23T11:59:59.000Z'))).toEqual({ seconds: 8, beginsAnew: true });
    expect(waitAfter({ count: 2, lastAt: noon }, at('2026-11-23T11:59:59.000Z'))).toEqual({ seconds: 0, beginsAnew: false });
  });

  it('survives a restart, and a clock set back neither shortens it nor makes it endless', async () => {
    const { clock, move } = movedClock();
    const first = await newPractice({ clock });
    await guess(first.client, 3);
    await first.door.close();
    move(-86_400);
    const second = await openPractice({ clock, workspaceDirectory: first.directory });
    expect(await refusal(second.client, 'correct horse battery staple')).toMatchObject({
      code: 'session.too-soon',
      details: { seconds: 2 },
    });
    await second.door.close();
    move(1);
    const third = await openPractice({ clock, workspaceDirectory: first.directory });
    expect(await refusal(third.client, 'correct horse battery staple')).toMatchObject({
      code: 'session.too-soon',
      details: { seconds: 1 },
    });
    move(1);
    expect(await refusal(third.client, 'correct horse battery staple')).toBeUndefined();
  });

  it('is for each operator alone, and begins again from nothing after a good sign-in', async () => {
    const { clock, move } = movedClock();
    const practice = await newPractice({ clock });
    await addOperator(practice, 'Ana', 'staff');
    const other = practice.clientOf('other');
    await guess(other, 3);
    expect(await refusal(other)).toMatchObject({ code: 'session.too-soon' });
    expect(await refusal(other, passphraseOf('Ana'), 'Ana')).toBeUndefined();
    move(2);
    expect(await refusal(other, 'correct horse battery staple')).toBeUndefined();
    await guess(other, 3);
  });

  it('counts wrong recovery codes and wrong passphrases together; a typing slip is none', async () => {
    const { clientOf, recoveryCode } = await newPractice({ clock: movedClock().clock });
    const other = clientOf('other');
    const newer = await other.session.recover({ recoveryCode: secret(recoveryCode), newPassphrase: secret('a new one') });
    codeOf(newer).wipe();
    const recover = (code: string) => other.session.recover({ recoveryCode: secret(code), newPassphrase: secret('mine now') });
    for (let slips = 0; slips < 5; slips++) await expect(recover('0000-slip')).rejects.toMatchObject({ code: 'input.invalid' });
    await guess(other, 2);
    await expect(recover(recoveryCode)).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    await expect(recover(recoveryCode)).rejects.toMatchObject({ code: 'session.too-soon', details: { seconds: 2 } });
  });

  it('is told in seconds, and from two minutes on in minutes as well', async () => {
    const { clock, move } = movedClock();
    const { client } = await newPractice({ clock });
    for (let tries = 0; tries < 9; tries++) {
      await guess(client, 1);
      move(tries < 8 ? 3600 : 0);
    }
    const refused = await refusal(client);
    expect(refused).toMatchObject({ details: { seconds: 128, minutes: 3 } });
    expect(refused).toMatchObject({ message: 'After wrong tries the next one has to wait: 128 seconds, about 3 minutes are left.' });
  });
});
