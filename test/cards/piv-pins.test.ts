import { describe, expect, test } from 'vitest';
import { openScModule, yubiKeyModule } from '../services/support/piv-modules.ts';
import { secret } from '../services/support/practice.ts';
import { lacksReaderService } from '../services/support/reader-service.ts';
import { deskWithCard, fresh, outcomeOf, patience, pin, puk } from './support/desk-with-card.ts';

describe.skipIf(lacksReaderService('with a PIV card'))('with a PIV card', () => {
  test('the exact number of tries comes from the card, is told after each wrong PIN, and looking never spends one', async () => {
    const { client, card, list, token } = await deskWithCard({ pin, puk }, [openScModule, yubiKeyModule]);
    const change = async (old: string, finalTry = false) =>
      outcomeOf(client.tokens.changePin({ token, pin: secret(old), newPin: secret(fresh), finalTry }));
    for (let look = 0; look < 5; look++) await list();
    expect(card.read()).toMatchObject({ pinTries: 3, pukTries: 3 });
    expect((await list()).map(({ module, pin: status, tries }) => [module, status, tries])).toEqual([
      ['YubiKey', 'fine', { pin: 3, unlockCode: 3 }],
    ]);
    expect(await change('111222')).toEqual(['token.pin-incorrect', 2]);
    expect((await list()).map(({ pin: status, tries }) => [status, tries.pin])).toEqual([['count-low', 2]]);
    expect(await change('111222')).toEqual(['token.pin-incorrect', 1]);
    expect(await change('111222')).toEqual(['token.pin-final-try', null]);
    expect(card.read().pinTries).toBe(1);
    expect(await change(pin, true)).toBe('done');
    expect(card.read()).toMatchObject({ pin: fresh, pinTries: 3 });
  });

  test('a PIN that was locked is set anew by the PUK; a wrong PUK costs one of its tries and is counted', async () => {
    const { client, card, list, token } = await deskWithCard({ pin, puk });
    for (const finalTry of [false, false, true])
      await client.tokens.changePin({ token, pin: secret('111222'), newPin: secret(fresh), finalTry }).catch(() => undefined);
    expect(card.read().pinTries).toBe(0);
    expect((await list()).map(({ pin: status, tries }) => [status, tries.pin])).toEqual([['locked', 0]]);
    expect(await outcomeOf(client.tokens.changePin({ token, pin: secret(pin), newPin: secret(fresh) }))).toEqual([
      'token.pin-locked',
      null,
    ]);
    const unblock = async (code: string) => outcomeOf(client.tokens.unblock({ token, unlockCode: secret(code), newPin: secret(fresh) }));
    expect(await unblock('11223355')).toEqual(['token.unlock-code-incorrect', 2]);
    expect(await unblock('1122')).toEqual(['input.invalid', null]);
    expect(card.read()).toMatchObject({ pinTries: 0, pukTries: 2 });
    expect(await unblock(puk)).toBe('done');
    expect(card.read()).toMatchObject({ pin: fresh, pinTries: 3, pukTries: 3 });
    expect((await list()).map(({ pin: status, unlockCode }) => [status, unlockCode])).toEqual([['fine', 'fine']]);
  });

  test('two cards that change places are told apart by what is on them', async () => {
    const { desk, client, card, service, pullOut, list, token } = await deskWithCard({ pin, puk });
    const other = desk.newCard({ pin: '605173', puk, serial: 55_667_788, pinTries: 2 });
    const pullOther = service.insert(other, 1);
    const told = async () => (await list()).map(({ serialNumber, reader, tries }) => [serialNumber, reader.slice(-2), tries.pin]);
    await expect.poll(told, patience).toEqual([
      [token, '00', 3],
      ['55667788', '01', 2],
    ]);
    pullOut();
    pullOther();
    await expect.poll(told, patience).toEqual([]);
    service.insert(other, 0);
    service.insert(card, 1);
    await expect
      .poll(async () => (await told()).toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))), patience)
      .toEqual([
        [token, '01', 3],
        ['55667788', '00', 2],
      ]);
    expect(await outcomeOf(client.tokens.changePin({ token, pin: secret(pin), newPin: secret(fresh) }))).toBe('done');
    expect([card.read().pin, other.read().pin, other.read().pinTries]).toEqual([fresh, '605173', 2]);
  });
});
