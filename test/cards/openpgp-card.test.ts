import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { OpenPgpCardState } from '../adapters/fixtures/openpgp-card.ts';
import { deskWithPractice, staff } from '../cli/support/command-line.ts';
import { openKeyring, type Keyring } from '../gnupg/keyring.ts';
import { openScModule, yubiKeyModule } from '../services/support/piv-modules.ts';
import { newPractice, secret } from '../services/support/practice.ts';
import { lacksReaderService, newReaderDesk, type ReaderDesk, type ReaderServiceHere } from '../services/support/reader-service.ts';
import { impatient } from '../services/support/soft-hsm.ts';
import { outcomeOf, patience } from './support/desk-with-card.ts';

const [pin, adminPin, wrong] = ['482915', '59204718', '111222'];

type Practice = Awaited<ReturnType<typeof newPractice>>;

const cardsOf = async ({ client }: Practice) => (await client.openpgp.cards({})).cards;

const pins = (typed: { readonly pin?: string; readonly adminPin?: string } = {}) => ({
  pin: secret(typed.pin ?? pin),
  adminPin: secret(typed.adminPin ?? adminPin),
});

/** gpg with its own scdaemon, in a home of its own, for the card in the reader. */
function gpgWithCard(): Keyring {
  const keyring = openKeyring();
  onTestFinished(() => keyring.close());
  keyring.put('scdaemon.conf', 'disable-ccid\npcsc-shared\n');
  return keyring;
}

/** What the card signs with gpg is good for another gpg that has the public half only, and what that one encrypts the card opens. */
function proveWithGpg(certificate: Uint8Array): void {
  const [own, other] = [gpgWithCard(), openKeyring()];
  onTestFinished(() => other.close());
  for (const keyring of [own, other]) keyring.take(certificate);
  expect(own.gpg(['--card-status']).succeeded).toBe(true);
  const signed = own.gpg(['--sign', '--armor'], { input: 'The third of May.', password: pin });
  expect(signed).toMatchObject({ succeeded: true });
  const verified = other.gpg(['--status-fd', '1', '--decrypt'], { input: signed.stdout });
  expect(verified.stdout.toString()).toMatch(/GOODSIG [0-9A-F]{16} Ada Łovelace/);
  const sealed = other.gpg(['--encrypt', '--trust-model', 'always', '-r', 'ada@ridgeway.example'], { input: 'For Ada.' });
  expect(own.gpg(['--decrypt'], { input: sealed.stdout, password: pin }).stdout.toString()).toBe('For Ada.');
}

describe.skipIf(lacksReaderService('with an OpenPGP card'))('with an OpenPGP card', () => {
  let desk: ReaderDesk;
  let service: ReaderServiceHere;
  const ends: (() => void)[] = [];

  beforeAll(() => {
    desk = newReaderDesk((end) => ends.push(end));
    service = desk.start('two');
  });

  afterAll(() => ends.forEach((end) => end()));

  /** A practice of one person with a card in the reader, until the test ends. */
  async function practiceWithCard(differing: Partial<OpenPgpCardState> = {}, options: Parameters<typeof newPractice>[0] = {}) {
    const practice = await newPractice({ tokenModules: [openScModule, yubiKeyModule], tokenDeadlines: impatient, ...options });
    const emails = ['ada@ridgeway.example', 'cardiology@ridgeway.example'];
    const { person } = await practice.client.people.add({ name: 'Ada Łovelace', emails });
    const card = desk.newOpenPgpCard({ pin, adminPin, ...differing });
    const pullOut = service.insert(card);
    onTestFinished(pullOut);
    const { serial } = card.read();
    await expect.poll(async () => (await cardsOf(practice)).map(({ number }) => number), patience).toEqual([`FFFE ${serial}`]);
    return { client: practice.client, practice, person, card, pullOut, serialNumber: `D276000124010304FFFE${serial}0000` };
  }

  test('a key is born on it, signs and opens mail in gpg, and the card is told whose it is', async () => {
    const { client, practice, person, card, serialNumber } = await practiceWithCard({ holder: 'Lovelace<<Ada' });
    expect(await cardsOf(practice)).toMatchObject([{ serialNumber, holder: 'Ada Lovelace', pin: 'fine', adminPin: 'fine' }]);
    expect((await cardsOf(practice))[0]).toMatchObject({ tries: { pin: 3, resetCode: 0, adminPin: 3 }, personId: null, openPgp: null });
    await expect
      .poll(async () => (await client.tokens.list({})).readers.map((reader) => [reader.token, reader.error?.code ?? null]), patience)
      .toEqual([
        [serialNumber, null],
        [null, 'token.absent'],
      ]);
    const { id, fingerprint } = await client.openpgp.generateOnCard({ person, card: serialNumber, ...pins() });
    const details = await client.openpgp.show({ key: id });
    expect(card.read().fingerprints).toEqual({ sign: fingerprint, decrypt: details.subkeys[0]?.fingerprint });
    expect(card.read().keys).toMatchObject({ sign: { origin: 'generated' }, decrypt: { origin: 'imported' } });
    expect(details).toMatchObject({ place: 'card', isCurrent: true, personName: 'Ada Łovelace', status: 'valid' });
    expect((await cardsOf(practice))[0]).toMatchObject({ personId: person, personName: 'Ada Łovelace', openPgp: id, pin: 'fine' });
    await expect(client.openpgp.exportSecret({ key: id })).rejects.toMatchObject({ code: 'token.key-stays' });
    const certificate = (await client.openpgp.export({ key: id })).bytes;
    proveWithGpg(certificate);
    const ended = gpgWithCard();
    ended.take(certificate);
    ended.take((await client.openpgp.exportRevocation({ key: id })).bytes);
    expect(ended.records('--list-keys').find(([record]) => record === 'pub')?.[1]).toBe('r');
    const { entries } = await client.audit.list({ limit: 20 });
    const actions = ['openpgp.generate-on-card-begin', 'openpgp.generate-on-card'];
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(actions));
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${pin}|${adminPin}`));
  });

  test('a key of the vault is moved to it, signs there alone, and opens mail in both places; another person’s card is refused', async () => {
    const { client, practice, person, card, serialNumber } = await practiceWithCard();
    const { id, fingerprint } = await client.openpgp.generate({ person });
    await client.openpgp.moveToCard({ key: id, card: serialNumber.slice(-12), ...pins() });
    const details = await client.openpgp.show({ key: id });
    expect([details.place, details.fingerprint, card.read().fingerprints.sign]).toEqual(['card', fingerprint, fingerprint]);
    expect(
      isSealedKey(
        practice.directory,
        details.keys.map((key) => key.id),
      ),
    ).toEqual([false, true]);
    proveWithGpg((await client.openpgp.export({ key: id })).bytes);
    const other = await client.people.add({ name: 'Grace Hopper', emails: ['grace@ridgeway.example'] });
    const made = async (more: object = {}) =>
      outcomeOf(client.openpgp.generateOnCard({ person: other.person, card: serialNumber, ...pins(), ...more }));
    for (const more of [{}, { replace: true }]) expect(await made(more)).toEqual(['conflict', null]);
    expect(await outcomeOf(client.openpgp.moveToCard({ key: id, card: serialNumber, ...pins() }))).toEqual(['conflict', null]);
    expect(card.read()).toMatchObject({ pinTries: 3, adminTries: 3, fingerprints: { sign: fingerprint } });
  });

  test('RSA keys are born on it and moved to it, sign and open mail in gpg, and a card that has none of that size is told before anything is made', async () => {
    const { client, practice, person, card, serialNumber } = await practiceWithCard({ rsaBits: [2048, 3072] });
    const order = () => ({ person, card: serialNumber, ...pins() });
    expect(await outcomeOf(client.openpgp.generateOnCard({ ...order(), algorithm: 'rsa4096' }))).toEqual([
      'token.mechanism-unsupported',
      null,
    ]);
    expect([card.read().keys, (await client.openpgp.list({})).certificates]).toEqual([{}, []]);
    const { id, fingerprint } = await client.openpgp.generateOnCard({ ...order(), algorithm: 'rsa3072' });
    const details = await client.openpgp.show({ key: id });
    expect(card.read().fingerprints).toEqual({ sign: fingerprint, decrypt: details.subkeys[0]?.fingerprint });
    expect(card.read().keys).toMatchObject({ sign: { origin: 'generated' }, decrypt: { origin: 'imported' } });
    expect(details).toMatchObject({ place: 'card', keys: [{ algorithm: 'rsa-3072' }, { algorithm: 'rsa-3072' }] });
    proveWithGpg((await client.openpgp.export({ key: id })).bytes);
    await client.openpgp.revoke({ key: id });
    const moved = await client.openpgp.generate({ person, algorithm: 'rsa2048' });
    await client.openpgp.moveToCard({ key: moved.id, card: serialNumber, ...pins() });
    expect(card.read()).toMatchObject({ fingerprints: { sign: moved.fingerprint }, keys: { sign: { origin: 'imported' } } });
    const { keys } = await client.openpgp.show({ key: moved.id });
    expect(
      isSealedKey(
        practice.directory,
        keys.map((key) => key.id),
      ),
    ).toEqual([false, true]);
    proveWithGpg((await client.openpgp.export({ key: moved.id })).bytes);
  });

  test('a wrong PIN costs one try of it and changes nothing, as a wrong administrator’s does, and a locked one is not tried', async () => {
    const { client, practice, person, card, serialNumber } = await practiceWithCard();
    const make = async (typed: Parameters<typeof pins>[0], finalTry = false) =>
      outcomeOf(client.openpgp.generateOnCard({ person, card: serialNumber, ...pins(typed), finalTry }));
    const another = async (old: string, newPin: string) =>
      outcomeOf(client.openpgp.changeCardPin({ card: serialNumber, of: 'adminPin', pin: secret(old), newPin: secret(newPin) }));
    expect(await make({ pin: wrong })).toEqual(['token.pin-incorrect', 2]);
    expect(await make({ adminPin: '11223344' })).toEqual(['token.unlock-code-incorrect', 2]);
    expect(card.read()).toMatchObject({ pinTries: 3, adminTries: 2, keys: {} });
    expect(await make({ pin: '123456' })).toEqual(['token.pin-factory', null]);
    expect([await another(adminPin, '87654321'), await another(adminPin, '60914725')]).toEqual([['token.pin-factory', null], 'done']);
    expect(card.read()).toMatchObject({ adminPin: '60914725', adminTries: 3 });
    expect(await make({ pin: wrong })).toEqual(['token.pin-incorrect', 2]);
    expect(await make({ pin: wrong })).toEqual(['token.pin-incorrect', 1]);
    expect(await make({ pin: wrong })).toEqual(['token.pin-final-try', null]);
    expect(card.read().pinTries).toBe(1);
    expect(await make({ pin: wrong }, true)).toEqual(['token.pin-locked', 0]);
    expect(await make({})).toEqual(['token.pin-locked', null]);
    expect((await cardsOf(practice))[0]).toMatchObject({ pin: 'locked', tries: { pin: 0, adminPin: 3 } });
    expect([card.read().keys, (await client.openpgp.list({})).certificates]).toEqual([{}, []]);
  });

  test('keys that are not ours are not lost by accident, and a card pulled out while it makes one leaves nothing recorded', async () => {
    const stranger = { fingerprints: { decrypt: 'ab'.repeat(20) }, generationMilliseconds: 3_000 };
    const { client, person, card, pullOut, serialNumber } = await practiceWithCard(stranger);
    const order = { person, card: serialNumber };
    expect(await outcomeOf(client.openpgp.generateOnCard({ ...order, ...pins() }))).toEqual(['conflict', null]);
    const making = outcomeOf(client.openpgp.generateOnCard({ ...order, ...pins(), replace: true }));
    await expect.poll(() => card.read().attributes.sign, patience).toMatch(/^16/);
    pullOut();
    expect(await making).toEqual(['token.removed', null]);
    expect([card.read().keys, (await client.openpgp.list({})).certificates]).toEqual([{}, []]);
    const { entries } = await client.audit.list({ limit: 5 });
    expect(entries.map(({ action, outcome }) => [action, outcome]).slice(0, 2)).toEqual([
      ['openpgp.generate-on-card', 'failed'],
      ['openpgp.generate-on-card-begin', 'success'],
    ]);
  });

  test('one that is lost takes its key with it: gpg sees it revoked, and a found card is taken back', async () => {
    const { client, practice, person, serialNumber } = await practiceWithCard();
    const { id, fingerprint } = await client.openpgp.generateOnCard({ person, card: serialNumber, ...pins() });
    expect(await client.tokens.previewLoss({ token: serialNumber })).toMatchObject({ personId: person, openPgp: [{ id, fingerprint }] });
    const lost = await client.tokens.reportLost({ token: `FFFE ${serialNumber.slice(20, 28)}` });
    expect(lost).toMatchObject({ token: serialNumber, revoked: [], openPgp: [{ id, fingerprint, isRevoked: true }] });
    const other = openKeyring();
    onTestFinished(() => other.close());
    other.take((await client.openpgp.export({ key: id })).bytes);
    expect(other.records('--list-keys').find(([record]) => record === 'pub')?.[1]).toBe('r');
    expect((await cardsOf(practice))[0]).toMatchObject({ lostAt: expect.any(String) as string });
    expect((await client.tokens.list({})).lost).toMatchObject([{ token: serialNumber, personId: person, personName: 'Ada Łovelace' }]);
    const { entries } = await client.audit.list({ limit: 1, actions: ['token.lost'] });
    expect(entries[0]).toMatchObject({ action: 'token.lost', subject: { token: serialNumber, person, openPgp: [id] } });
    expect(await outcomeOf(client.openpgp.generateOnCard({ person, card: serialNumber, ...pins() }))).toEqual(['token.lost', null]);
    await client.tokens.takeBack({ token: serialNumber });
    expect((await cardsOf(practice))[0]).toMatchObject({ lostAt: null });
  });

  test('a locked PIN gets another one by the admin PIN, of which a wrong one costs a try', async () => {
    const { client, practice, card, serialNumber } = await practiceWithCard({ pinTries: 0 });
    const unblock = async (typed: string, newPin: string) =>
      outcomeOf(client.openpgp.unblockCard({ card: serialNumber, adminPin: secret(typed), newPin: secret(newPin) }));
    expect(await unblock('11223344', '730284')).toEqual(['token.unlock-code-incorrect', 2]);
    expect(await unblock(adminPin, '123456')).toEqual(['token.pin-factory', null]);
    expect(card.read()).toMatchObject({ pin, pinTries: 0, adminTries: 2 });
    expect(await unblock(adminPin, '730284')).toBe('done');
    expect(card.read()).toMatchObject({ pin: '730284', pinTries: 3, adminTries: 3 });
    expect((await cardsOf(practice))[0]).toMatchObject({ pin: 'fine' });
  });

  test('the last try of the admin PIN is spent by nobody who was not told, whatever it is wanted for', async () => {
    const { client, person, card, serialNumber: token } = await practiceWithCard({ adminTries: 1 });
    const by = { card: token, adminPin: secret('11223344') };
    const old = { card: token, of: 'adminPin', pin: secret('11223344'), newPin: secret('60914725') } as const;
    for (const act of [
      async () => client.openpgp.wipeCard(by),
      async () => client.openpgp.unblockCard({ ...by, newPin: secret('730284') }),
      async () => client.openpgp.changeCardPin(old),
      async () => client.openpgp.generateOnCard({ person, card: token, ...pins({ adminPin: '11223344' }) }),
    ])
      expect(await outcomeOf(act())).toEqual(['token.unlock-code-final-try', null]);
    expect(card.read().adminTries).toBe(1);
    expect(await outcomeOf(client.openpgp.wipeCard({ ...by, finalTry: true }))).toEqual(['token.unlock-code-locked', 0]);
    expect(card.read().adminTries).toBe(0);
  });

  test('a leaver’s card is wiped by its admin PIN, or by using up what nobody knows, and never while somebody signs with it', async () => {
    const { client, person, card, serialNumber } = await practiceWithCard();
    await client.openpgp.generateOnCard({ person, card: serialNumber, ...pins() });
    const wipe = async (typed?: string) =>
      outcomeOf(client.openpgp.wipeCard({ card: serialNumber, ...(typed === undefined ? {} : { adminPin: secret(typed) }) }));
    expect(await wipe(adminPin)).toEqual(['token.in-use', null]);
    await client.people.leave({ person });
    expect(await wipe('11223344')).toEqual(['token.unlock-code-incorrect', 2]);
    expect(card.read().keys).toMatchObject({ sign: { origin: 'generated' } });
    expect(await wipe(adminPin)).toBe('done');
    expect(card.read()).toMatchObject({ keys: {}, fingerprints: {}, pin: '123456', adminPin: '12345678', pinTries: 3, adminTries: 3 });
    const changed = { pin: secret('12345678'), newPin: secret(adminPin) };
    await client.openpgp.changeCardPin({ card: serialNumber, of: 'adminPin', ...changed });
    expect(await wipe()).toBe('done');
    expect(card.read()).toMatchObject({ adminPin: '12345678', adminTries: 3 });
    const { entries } = await client.audit.list({ limit: 50, actions: ['openpgp.wipe-card', 'openpgp.wipe-card-begin'] });
    expect(entries.map(({ action, outcome, subject }) => `${action} ${outcome} ${String(subject['by'] ?? '')}`.trim())).toEqual([
      'openpgp.wipe-card success force',
      'openpgp.wipe-card-begin success',
      'openpgp.wipe-card success admin-pin',
      'openpgp.wipe-card-begin success',
      'openpgp.wipe-card refused admin-pin',
      'openpgp.wipe-card-begin success',
      'openpgp.wipe-card refused admin-pin',
    ]);
  });

  test('without GnuPG’s driver it is seen, and nothing is tried', async () => {
    const { client, practice, person, card, serialNumber } = await practiceWithCard({}, { openPgpDrivers: ['/nowhere/scdaemon'] });
    expect(await outcomeOf(client.openpgp.generateOnCard({ person, card: serialNumber, ...pins({ pin: wrong }) }))).toEqual([
      'token.openpgp-driver-missing',
      null,
    ]);
    expect([card.read().pinTries, (await cardsOf(practice)).length]).toEqual([3, 1]);
  });

  test('the command line lists it, makes a key on it, shows it by its printed number, and changes its PIN from files', async () => {
    const line = await deskWithPractice({ tokenModules: [], tokenDeadlines: impatient });
    await line.json('people', 'import', line.put('staff.csv', staff));
    const card = desk.newOpenPgpCard({ pin, adminPin });
    onTestFinished(service.insert(card));
    const number = `FFFE ${card.read().serial}`;
    const list = async () => (await line.json<{ openPgpCards: { number: string }[] }>('token', 'list')).openPgpCards;
    await expect.poll(async () => (await list()).map((one) => one.number), patience).toEqual([number]);
    const files = ['--pin-file', line.put('pin', `${pin}\n`), '--so-pin-file', line.put('admin', `${adminPin}\n`)];
    const made = await line.json<{ id: string }>(
      'openpgp',
      'generate',
      'ada@ridgeway.example',
      '--card',
      number,
      '--algorithm',
      'rsa2048',
      ...files,
    );
    expect(card.read().attributes).toMatchObject({ sign: '010800002000', decrypt: '010800002000' });
    expect(await line.json('token', 'show', number)).toMatchObject({ openPgp: made.id, personName: 'Ada Lovelace' });
    const changed = ['--pin-file', line.path('pin'), '--new-pin-file', line.put('new', '730284\n')];
    await line.json('openpgp', 'change-pin', number, ...changed);
    expect(card.read()).toMatchObject({ pin: '730284', pinTries: 3 });
    const again = await line.run('openpgp', 'change-pin', number, ...changed, '--json');
    expect([again.exit, JSON.parse(again.stdout)]).toMatchObject([5, { error: { code: 'token.pin-incorrect', details: { left: 2 } } }]);
  });
});

/** Which of these keys the vault still has. */
function isSealedKey(directory: string, keys: readonly string[]): boolean[] {
  const [file = ''] = readdirSync(directory).filter((name) => name.endsWith('.db') || name.endsWith('.sqlite'));
  const database = new DatabaseSync(join(directory, file), { readOnly: true });
  try {
    return keys.map((id) => database.prepare('select 1 from sealedKey where keyId = ?').get(id) !== undefined);
  } finally {
    database.close();
  }
}
