import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Secret } from '../../main/contract/client.ts';
import type { Reply } from '../../main/contract/door.ts';
import type { OpenPgpCardSummary } from '../../main/contract/openpgp.ts';
import { cardNews, cardsIn } from '../../renderer/features/cards/card-news.ts';
import { cardEnding, countCards } from '../../renderer/features/cards/card-names.ts';
import { CardsScreen } from '../../renderer/features/cards/cards-screen.tsx';
import { OpenPgpCardSheet } from '../../renderer/features/cards/openpgp-card-sheet.tsx';
import { settle, show, standInForLayout, stubCore } from './support/render.tsx';
import { sampleCard } from './support/sample-cards.ts';

standInForLayout();

const card: OpenPgpCardSummary = {
  serialNumber: 'D2760001240103040006012345670000',
  number: '0006 01234567',
  reader: 'Nitrokey 3',
  holder: 'Ngozi Okafor',
  tries: { pin: 3, resetCode: 0, adminPin: 2 },
  pin: 'fine',
  adminPin: 'count-low',
  fingerprints: { sign: null, decrypt: 'ab'.repeat(20), authenticate: null },
  openPgp: null,
  personId: 'p1',
  personName: 'Ngozi Okafor',
  lostAt: null,
};

const refused = (code: string): Reply => ({ ok: false, error: { code, message: '', hint: '', details: {}, traceId: '' } }) as Reply;

function coreWith(keys: readonly object[], ...answers: readonly Reply[]) {
  const made: { name: string; pin: string; adminPin: string; replace: boolean }[] = [];
  const text = (secret: Secret) => new TextDecoder().decode(secret.reveal());
  const core = stubCore(async (name, input) => {
    if (name === 'openpgp.cards') return { ok: true, value: { cards: [card] } };
    if (name === 'people.show') return { ok: true, value: { id: 'p1', name: 'Ngozi Okafor', openPgp: keys, certificates: [] } };
    if (name !== 'openpgp.generateOnCard' && name !== 'openpgp.moveToCard') return new Promise<Reply>(() => undefined);
    const { pin, adminPin, replace } = input as { readonly pin: Secret; readonly adminPin: Secret; readonly replace: boolean };
    made.push({ name, pin: text(pin), adminPin: text(adminPin), replace });
    return answers[made.length - 1] ?? refused('internal');
  });
  return { ...core, made };
}

const type = async (pin: string, adminPin: string): Promise<void> => {
  fireEvent.input(await screen.findByLabelText('Card PIN'), { target: { value: pin } });
  fireEvent.input(screen.getByLabelText('Admin PIN'), { target: { value: adminPin } });
  fireEvent.click(screen.getByRole('button', { name: /^(Make|Move) the key/ }));
};

test('keys that are not ours are overwritten only by who says so; each PIN is sent once, and a wrong one is told at its field', async () => {
  const done: Reply = { ok: true, value: { id: 'k', fingerprint: 'cd'.repeat(20), card: card.serialNumber, auditIndex: 3 } };
  const core = coreWith([], refused('token.unlock-code-incorrect'), done);
  show(<OpenPgpCardSheet card={card} practice="Ridgeway" />, core.api);
  expect(screen.getByText('2 tries are left')).toBeTruthy();
  fireEvent.click(await screen.findByRole('button', { name: 'Put an OpenPGP key on it' }));
  await type('482915', '59204718');
  expect(core.made).toEqual([]);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Overwrite them' }));
  await type('482915', '11223344');
  expect(await screen.findByText(/That admin PIN was wrong/)).toBeTruthy();
  await type('482915', '59204718');
  expect(await screen.findByRole('dialog', { name: /is on card 4567$/ })).toBeTruthy();
  expect(core.made).toEqual([
    { name: 'openpgp.generateOnCard', pin: '482915', adminPin: '11223344', replace: true },
    { name: 'openpgp.generateOnCard', pin: '482915', adminPin: '59204718', replace: true },
  ]);
});

test('the key they have in the vault is moved, and an OpenPGP card is named by its printed number', async () => {
  const core = coreWith([{ id: 'k1', isCurrent: true, status: 'valid', place: 'vault', algorithm: 'curve25519' }], refused('internal'));
  show(<OpenPgpCardSheet card={{ ...card, fingerprints: { sign: null, decrypt: null, authenticate: null } }} practice="" />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Put an OpenPGP key on it' }));
  await screen.findByText(/The key they have moves to the card/);
  await type('482915', '59204718');
  expect(core.made.map(({ name }) => name)).toEqual(['openpgp.moveToCard']);
  expect([cardEnding(card), cardEnding({ serialNumber: '00a9f3d24471 ' })]).toEqual(['4567', '4471']);
});

test('an OpenPGP card that no driver shows is counted among the cards that are in, and no card twice', () => {
  const tokens = [sampleCard()];
  const readerWith = (token: string | null) => ({ reader: 'A reader', token, error: null });
  const readers = [readerWith(tokens[0]?.serialNumber ?? ''), readerWith(card.serialNumber), readerWith(null)];
  expect(countCards({ tokens, readers })).toBe(2);
});

test('an OpenPGP card that comes and goes is told of, though no driver shows it', () => {
  const seen = (token: string | null, lost: readonly string[] = []) =>
    cardsIn({
      tokens: [],
      readers: [{ reader: 'A reader', token, error: null }],
      lost: lost.map((one) => ({ token: one, personId: null, personName: null, lostAt: '2026-11-20T12:00:00Z' })),
    });
  expect(cardNews(seen(null), seen(card.serialNumber), [])).toEqual(['OpenPGP card 4567 is in the reader.']);
  expect(cardNews(seen(card.serialNumber), seen(null), [])).toEqual(['Card 4567 was taken out.']);
  expect(cardNews(seen(null), seen(card.serialNumber, [card.serialNumber]), [])[0]).toMatch(/reported lost/);
});

test('a locked PIN is set anew by the admin PIN, and a card whose admin PIN nobody knows is wiped by using up its tries', async () => {
  const locked: OpenPgpCardSummary = { ...card, pin: 'locked', tries: { ...card.tries, pin: 0 } };
  const core = stubCore((name): Promise<Reply> | Reply =>
    name === 'openpgp.cards' ? { ok: true, value: { cards: [locked] } } : { ok: true, value: { card: card.serialNumber, auditIndex: 1 } },
  );
  show(<OpenPgpCardSheet card={locked} practice="" />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'PIN forgotten' }));
  fireEvent.input(await screen.findByLabelText('Admin PIN'), { target: { value: '59204718' } });
  for (const label of ['New PIN', 'New PIN once more']) fireEvent.input(screen.getByLabelText(label), { target: { value: '730284' } });
  fireEvent.click(screen.getByRole('button', { name: 'Change the PIN' }));
  await waitFor(() => expect(core.asked.map(({ name }) => name)).toContain('openpgp.unblockCard'));
  cleanup();
  show(<OpenPgpCardSheet card={locked} practice="" />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Wipe it' }));
  fireEvent.click(await screen.findByRole('checkbox', { name: /admin PIN is not known/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Wipe card 4567' }));
  await waitFor(() => expect(core.asked.find(({ name }) => name === 'openpgp.wipeCard')?.input).toEqual({ card: card.serialNumber }));
});

test('the last try of the admin PIN is asked for by itself before it is spent, when a card is wiped or given a key', async () => {
  const last: OpenPgpCardSummary = { ...card, pin: 'final-try', adminPin: 'final-try', tries: { pin: 1, resetCode: 0, adminPin: 1 } };
  const core = coreWith([], refused('token.unlock-code-incorrect'));
  show(<OpenPgpCardSheet card={last} practice="" />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Wipe it' }));
  expect(await screen.findByRole('dialog', { name: 'One try is left for the admin PIN.' })).toBeTruthy();
  expect(screen.queryByLabelText('Admin PIN')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /^I am sure now: type the admin PIN/ }));
  fireEvent.input(await screen.findByLabelText('Admin PIN'), { target: { value: '59204718' } });
  fireEvent.click(screen.getByRole('button', { name: 'Wipe card 4567' }));
  await waitFor(() => expect(core.asked.find(({ name }) => name === 'openpgp.wipeCard')?.input).toMatchObject({ finalTry: true }));
  cleanup();
  show(<OpenPgpCardSheet card={last} practice="" />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Wipe it' }));
  fireEvent.click(await screen.findByRole('button', { name: /^The admin PIN is not known/ }));
  fireEvent.click(await screen.findByRole('button', { name: 'Wipe card 4567' }));
  await waitFor(() => expect(core.asked.at(-1)).toMatchObject({ name: 'openpgp.wipeCard', input: { card: card.serialNumber } }));
  cleanup();
  show(<OpenPgpCardSheet card={last} practice="" />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Put an OpenPGP key on it' }));
  fireEvent.click(await screen.findByRole('button', { name: /^I am sure now: type the PIN/ }));
  expect(await screen.findByRole('dialog', { name: 'One try is left for the admin PIN.' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /^I am sure now: type the admin PIN/ }));
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Overwrite them' }));
  await type('482915', '11223344');
  expect(await screen.findByRole('dialog', { name: 'One try is left.' })).toBeTruthy();
});

test('a card that is taken out while something is asked about it stays shown until that is closed', async () => {
  let cards: readonly OpenPgpCardSummary[] = [card];
  const list = { tokens: [], modules: [], unfinished: [], lost: [], readers: [] };
  const core = stubCore((name): Promise<Reply> | Reply => {
    if (name === 'openpgp.cards') return { ok: true, value: { cards } };
    return name === 'tokens.list' ? { ok: true, value: list } : new Promise<Reply>(() => undefined);
  });
  show(<CardsScreen />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Change the PIN' }));
  expect(await screen.findByRole('dialog', { name: 'New PIN for card 4567' })).toBeTruthy();
  cards = [];
  core.push('tokens.changed', { tokens: [] });
  await waitFor(() => expect(core.asked.filter(({ name }) => name === 'openpgp.cards').length).toBeGreaterThan(1));
  await settle();
  expect(screen.getByRole('dialog', { name: 'New PIN for card 4567' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Change nothing' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'OpenPGP card 4567' })).toBeNull());
});
