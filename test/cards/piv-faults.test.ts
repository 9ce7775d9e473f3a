import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { composeTokens } from '../../main/compose/tokens.ts';
import type { TokenModule } from '../../main/adapters/tokens/known-modules.ts';
import type { PivCardState } from '../adapters/fixtures/piv-card.ts';
import { openScModule, yubiKeyModule } from '../services/support/piv-modules.ts';
import { file, newPractice, secret } from '../services/support/practice.ts';
import {
  lacksReaderService,
  newReaderDesk,
  type ReaderDesk,
  type ReaderServiceHere,
  type VirtualCard,
} from '../services/support/reader-service.ts';
import { impatient } from '../services/support/soft-hsm.ts';
import { fresh, outcomeOf, patience, pin, puk } from './support/desk-with-card.ts';

/** Instructions of a card at which it is pulled out. */
const [showPin, useKey, makeKey] = [0x20, 0x87, 0x47];

/** Yubico's driver says that the card is gone; OpenSC's never comes back, and is stopped at its deadline. */
const moments = [
  [yubiKeyModule, showPin, ['token.removed', 'token.device-failed']],
  [yubiKeyModule, useKey, ['token.removed', 'token.device-failed']],
  [openScModule, useKey, ['token.module-hung', 'token.removed', 'token.device-failed']],
] as const;

const keysOf = (card: VirtualCard<PivCardState>) => Object.keys(card.read().keys);

describe.skipIf(lacksReaderService('what goes wrong with PIV cards'))('what goes wrong with PIV cards', () => {
  let desk: ReaderDesk;
  let service: ReaderServiceHere;
  const ends: (() => void)[] = [];

  beforeAll(() => {
    desk = newReaderDesk((end) => ends.push(end));
    service = desk.start('two');
  });

  afterAll(() => ends.forEach((end) => end()));

  /** A practice of one person whose card is in a reader. */
  async function practiceWithCard(differing: Partial<PivCardState> = {}, module: TokenModule = yubiKeyModule) {
    const practice = await newPractice({ tokenModules: [module], tokenDeadlines: impatient });
    const { client } = practice;
    const { person } = await client.people.add({ name: 'Ada Lovelace', emails: ['ada@ridgeway.example'] });
    const card = desk.newCard({ pin, puk, ...differing });
    const list = async () => (await client.tokens.list({})).tokens;
    const putIn = async (reader: 0 | 1 = 0) => {
      const pullOut = service.insert(card, reader);
      onTestFinished(pullOut);
      await expect.poll(async () => (await list()).length, patience).toBe(1);
      return pullOut;
    };
    const pullOut = await putIn();
    const token = (await list())[0]?.serialNumber ?? '';
    const enrol = async () => client.tokens.enroll({ person, token, pin: secret(pin) });
    const sign = async () => {
      const { certificates } = await client.certificates.list({ person });
      const certificate = certificates.find(({ purpose }) => purpose === 'sign')?.id ?? '';
      const letter = file('letter.txt', 'Dear Grace');
      return outcomeOf(client.messages.sign({ certificate, file: letter, reason: 'a test', card: { token, pin: secret(pin) } }));
    };
    return { client, person, card, list, putIn, pullOut, token, enrol, sign };
  }

  test('two cards with the same label are told apart by what is on them, and an act reaches the one that was named', async () => {
    const one = await practiceWithCard({}, openScModule);
    const other = desk.newCard({ pin: '605173', puk, serial: 55_667_788 });
    onTestFinished(service.insert(other, 1));
    await expect.poll(async () => (await one.list()).length, patience).toBe(2);
    const tokens = await one.list();
    expect(new Set(tokens.map(({ label }) => label)).size).toBe(1);
    const second = tokens.find(({ serialNumber }) => serialNumber !== one.token)?.serialNumber ?? '';
    const change = { token: second, pin: secret('605173'), newPin: secret(fresh) };
    expect(await outcomeOf(one.client.tokens.changePin(change))).toBe('done');
    expect([one.card.read().pin, other.read().pin]).toEqual([pin, fresh]);
  });

  test('a card pulled out between the beginning of a signature and its end is an error in time, and back in it signs', async () => {
    const { card, enrol, putIn, list } = await practiceWithCard();
    await enrol();
    for (const [module, at, codes] of moments) {
      const tokens = composeTokens([module], { ...impatient, key: 3_000 });
      onTestFinished(() => tokens.close());
      const sign = async () => {
        const [token] = (await tokens.survey()).tokens;
        const order = { ckaId: Uint8Array.of(2), algorithm: 'p256', data: Buffer.from('Dear Grace') } as const;
        return token === undefined ? ['nobody'] : outcomeOf(tokens.sign(token, Buffer.from(pin), order));
      };
      expect(await sign()).toBe('done');
      writeFileSync(`${card.file}.pulled-at`, String(at));
      expect(codes).toContainEqual(((await sign()) as readonly unknown[])[0]);
      await expect.poll(async () => (await list()).length, patience).toBe(0);
      expect(((await sign()) as readonly unknown[])[0]).toBe('nobody');
      await putIn();
      await expect.poll(sign, patience).toBe('done');
      expect(card.read().pinTries).toBe(3);
    }
  });

  test('a card pulled out while it makes a key leaves nothing recorded, and back in what was begun is settled', async () => {
    const { client, person, card, list, putIn, token, enrol, sign } = await practiceWithCard();
    writeFileSync(`${card.file}.pulled-at`, String(makeKey));
    expect(['token.removed', 'token.device-failed']).toContainEqual(((await outcomeOf(enrol())) as readonly unknown[])[0]);
    expect([keysOf(card), (await client.certificates.list({ person })).certificates]).toEqual([[], []]);
    const { unfinished } = await client.tokens.list({});
    expect(unfinished.map(({ token: on, state }) => [on, state])).toEqual([[token, 'begun']]);
    await expect.poll(async () => (await list()).length, patience).toBe(0);
    await putIn();
    expect(await client.tokens.reconcile({ token, pin: secret(pin) })).toMatchObject({ finished: 0, abandoned: 1 });
    expect(await outcomeOf(enrol())).toBe('done');
    expect([keysOf(card), await sign()]).toEqual([['9c'], 'done']);
  });

  test('a card with room for a key and none for its certificate says that it is full, nothing is issued, and with room it takes the key', async () => {
    const { client, person, card, enrol, pullOut, putIn, list, sign } = await practiceWithCard({ room: 200 });
    expect(await outcomeOf(enrol())).toEqual(['token.full', null]);
    expect([(await client.certificates.list({ person })).certificates, card.read().objects]).toEqual([[], {}]);
    pullOut();
    await expect.poll(async () => (await list()).length, patience).toBe(0);
    writeFileSync(card.file, JSON.stringify({ ...card.read(), room: 40_000 }));
    await putIn();
    expect([await outcomeOf(enrol()), await sign()]).toEqual(['done', 'done']);
  });

  test('a full card names what is on it when it is given a key', async () => {
    const { client, person, card, enrol, token } = await practiceWithCard({ room: 2_600 });
    expect(await outcomeOf(enrol())).toBe('done');
    const before = card.read();
    const opening = (await client.certificates.list({ person })).certificates.find(({ purpose }) => purpose === 'encrypt')?.id ?? '';
    const put = async () => client.tokens.import({ certificate: opening, token, pin: secret(pin) });
    await expect(put()).rejects.toMatchObject({ code: 'token.full', details: { places: '9C' } });
    expect(card.read().objects).toEqual(before.objects);
  });

  test('a card that refuses a key for another reason is not called full', async () => {
    const { client, card, enrol } = await practiceWithCard();
    writeFileSync(`${card.file}.refused-at`, String(makeKey));
    expect(await outcomeOf(enrol())).toEqual(['token.device-failed', null]);
    expect([card.read().objects, (await client.tokens.list({})).unfinished]).toEqual([{}, []]);
  });

  test('an authority’s key at 9C signs while its card is looked at, a job stops when it is pulled, and goes on when the key is opened again', async () => {
    const { client, person, card, token, pullOut, putIn, list } = await practiceWithCard();
    const root = (await client.authorities.list({})).authorities[0]?.id ?? '';
    const onToken = { token, pin: secret(pin) };
    const { authority } = await client.authorities.create({ name: 'Card CA', under: root, algorithm: 'p256', use: true, onToken });
    expect([keysOf(card), (await list())[0]?.authorities]).toEqual([['9c'], ['Card CA']]);
    const standing = async (job: string) => {
      const { state, stoppedBy } = await client.enrollment.job({ job, limit: 1 });
      return [state, stoppedBy?.code ?? null];
    };
    const first = await client.enrollment.start({ people: [person] });
    await expect.poll(async () => standing(first.job), patience).toEqual(['done', null]);
    await list();
    expect((await client.authorities.crl({ authority })).number).toBe(2);
    const { person: other } = await client.people.add({ name: 'Grace Hopper', emails: ['grace@ridgeway.example'] });
    pullOut();
    await expect.poll(async () => (await list()).length, patience).toBe(0);
    const second = await client.enrollment.start({ people: [other] });
    await expect.poll(async () => (await standing(second.job))[0], patience).toBe('stopped');
    expect(['token.removed', 'token.device-failed', 'token.absent']).toContain((await standing(second.job))[1]);
    await expect(client.enrollment.resume({ job: second.job })).rejects.toMatchObject({ code: 'token.key-not-open' });
    await putIn();
    await client.authorities.openKey({ authority, pin: secret(pin) });
    await client.enrollment.resume({ job: second.job });
    await expect.poll(async () => standing(second.job), patience).toEqual(['done', null]);
  });

  test('a reader service that is killed is told as such, and once it runs again the card works without anything else', async () => {
    const { client, list, enrol, sign, putIn } = await practiceWithCard();
    await enrol();
    service.stop();
    await expect
      .poll(async () => (await client.tokens.list({})).readers.map(({ error }) => error?.code), patience)
      .toEqual(['token.service-stopped']);
    expect([(await list()).length, ((await sign()) as readonly unknown[])[0]]).toEqual([0, 'token.service-stopped']);
    service = desk.start('two');
    await putIn();
    expect(await sign()).toBe('done');
  });
});
