import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { secret } from '../services/support/practice.ts';
import { lacksReaderService } from '../services/support/reader-service.ts';
import { deskWithCard, fresh, outcomeOf, patience, pin, puk } from './support/desk-with-card.ts';

const factory = '12345678';

/** Whether these octets stand in any file of the workspace. */
const isWrittenIn = (directory: string, text: string): boolean =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .some((file) => statSync(file).isFile() && readFileSync(file).includes(text));

describe.skipIf(lacksReaderService('the unlock code of a PIV card'))('the unlock code of a PIV card', () => {
  test('from the factory is replaced by one the vault keeps, as its management key is, and unlocks the card without being typed', async () => {
    const { client, practice, card, list, token } = await deskWithCard({ pin });
    const told = async () => (await list()).map(({ isUnlockCodeFactory, isUnlockCodeKept }) => [isUnlockCodeFactory, isUnlockCodeKept]);
    expect(await told()).toEqual([[true, false]]);
    const before = card.read().managementKey;
    expect(await outcomeOf(client.tokens.secure({ token }))).toBe('done');
    const own = card.read().puk;
    expect(own).toMatch(/^\d{8}$/);
    const { managementKey } = card.read();
    expect([own === factory, card.read().pukTries, isWrittenIn(practice.directory, own)]).toEqual([false, 3, false]);
    expect([managementKey === before, isWrittenIn(practice.directory, managementKey)]).toEqual([false, false]);
    expect(await told()).toEqual([[false, true]]);
    expect((await list()).map((one) => [one.isManagementKeyFactory, one.isManagementKeyKept])).toEqual([[false, true]]);
    expect(await outcomeOf(client.tokens.secure({ token }))).toEqual(['conflict', null]);
    for (const finalTry of [false, false, true])
      await client.tokens.changePin({ token, pin: secret('111222'), newPin: secret(fresh), finalTry }).catch(() => undefined);
    expect(card.read().pinTries).toBe(0);
    expect(await outcomeOf(client.tokens.unblock({ token, newPin: secret(fresh) }))).toBe('done');
    expect(card.read()).toMatchObject({ pin: fresh, pinTries: 3, puk: own });
    const { entries } = await client.audit.list({ limit: 20 });
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['token.secure-begin', 'token.secure', 'token.unblock']));
    expect(JSON.stringify(entries)).not.toContain(own);
  });

  test('that somebody chose is left alone, costs no try, and has to be typed', async () => {
    const { client, card, list, token } = await deskWithCard({ pin, puk, managementKey: 'ab'.repeat(24) });
    expect((await list()).map(({ isUnlockCodeFactory }) => isUnlockCodeFactory)).toEqual([false]);
    expect(await outcomeOf(client.tokens.secure({ token }))).toEqual(['conflict', null]);
    expect(await outcomeOf(client.tokens.unblock({ token, newPin: secret(fresh) }))).toEqual(['not-found', null]);
    expect(card.read()).toMatchObject({ puk, pukTries: 3, pin });
  });

  test('is the one that was sealed before, where a try was stopped before the card had it', async () => {
    const { client, card, service, pullOut, list, token } = await deskWithCard({ pin });
    await client.tokens.secure({ token });
    const sealed = card.read().puk;
    const acts = [async () => client.tokens.secure({ token }), async () => client.tokens.unblock({ token, newPin: secret(fresh) })];
    let pull = pullOut;
    for (const act of acts) {
      pull();
      await expect.poll(list, patience).toEqual([]);
      writeFileSync(card.file, JSON.stringify({ ...card.read(), puk: factory }));
      pull = service.insert(card);
      await expect.poll(async () => (await list()).map(({ isUnlockCodeFactory }) => isUnlockCodeFactory), patience).toEqual([true]);
      expect(await outcomeOf(act())).toBe('done');
      expect(card.read()).toMatchObject({ puk: sealed, pukTries: 3 });
    }
  });
});
