import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { CertificateSummary } from '../../main/contract/certificates.ts';
import type { Secret } from '../../main/contract/client.ts';
import type { Reply } from '../../main/contract/door.ts';
import type { TokenSummary } from '../../main/contract/tokens.ts';
import type { ErrorCode } from '../../main/domain/errors.ts';
import { EnrolCardDialog } from '../../renderer/features/cards/enrol-card-dialog.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { emptyCard, sampleCard, sampleDriver, signingCertificate } from './support/sample-cards.ts';

standInForLayout();

const pin = '40961';
const amina = { id: 'p2', name: 'Amina Haddad', department: null, status: 'active', standing: 'none', endsAt: null, mailboxes: [] };
const refused = (code: ErrorCode): Reply => ({ ok: false, error: { code, message: '', hint: '', details: {}, traceId: '' } });

/** A core with one card whose answers to the PIN come one after the other; `card` is what it sees now. */
function coreWith(card: TokenSummary | undefined, ...answers: readonly (() => Promise<Reply> | Reply)[]) {
  const seen = { card, certificates: [] as readonly CertificateSummary[], driver: sampleDriver() };
  const pins: string[] = [];
  const lastTries: boolean[] = [];
  const core = stubCore(async (name, input) => {
    if (name === 'tokens.list') {
      return {
        ok: true,
        value: { tokens: seen.card === undefined ? [] : [seen.card], modules: [seen.driver], unfinished: [], lost: [], readers: [] },
      };
    }
    if (name === 'people.list') return { ok: true, value: { people: [amina], counts: {} } };
    if (name === 'people.show') return { ok: true, value: { ...amina, certificates: seen.certificates } };
    if (name !== 'tokens.enroll') return new Promise<Reply>(() => undefined);
    const { pin: secret, finalTry } = input as { readonly pin: Secret; readonly finalTry: boolean };
    lastTries.push(finalTry);
    pins.push(new TextDecoder().decode(secret.reveal()));
    return (await answers[pins.length - 1]?.()) ?? refused('internal');
  });
  return { ...core, seen, pins, lastTries };
}

const fieldOf = () => screen.findByLabelText<HTMLInputElement>('Card PIN');

async function typePin(): Promise<void> {
  fireEvent.input(await fieldOf(), { target: { value: pin } });
  fireEvent.click(screen.getByRole('button', { name: /the key/ }));
}

const ask = (core: ReturnType<typeof coreWith>, card: TokenSummary) =>
  show(<EnrolCardDialog serialNumber={card.serialNumber} onClose={() => undefined} />, core.api);

/** A card for which only the PIN is left to ask. */
const begun = (change: Partial<TokenSummary> = {}) => sampleCard({ unfinished: true, isEnrolmentBegun: true, ...change });

test('a person is chosen by a few letters, what will happen is said, and only then the PIN is asked for', async () => {
  const card = emptyCard();
  const core = coreWith(card, () => ({
    ok: true,
    value: { certificates: ['c1', 'c2'], token: card.serialNumber, auditIndex: 7, unfinished: null },
  }));
  ask(core, card);
  const person = await screen.findByRole('combobox', { name: 'Person' });
  fireEvent.change(person, { target: { value: 'had' } });
  // Typed faster than anybody was found.
  fireEvent.keyDown(person, { key: 'Enter' });
  expect(await screen.findByText(/born on the card/)).toBeTruthy();
  expect(screen.getByText(/made in the vault/)).toBeTruthy();
  expect(screen.queryByLabelText('Card PIN')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Next: type the PIN' }));
  await typePin();
  expect(await screen.findByText('2 certificates are issued.')).toBeTruthy();
  expect(core.pins).toEqual([pin]);
});

test('no PIN is asked for while another card signs for them, but for one whose time is nearly over', async () => {
  const card = sampleCard({ personId: amina.id, personName: amina.name });
  const core = coreWith(card);
  core.seen.certificates = [signingCertificate()];
  ask(core, card);
  expect(await screen.findByText(/signing key is on a card already/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Next: type the PIN' })).toBeNull();
  core.seen.certificates = [signingCertificate({ notAfter: '2026-12-05T12:00:00Z' })];
  core.push('people.changed', { people: [amina.id] });
  fireEvent.click(await screen.findByRole('button', { name: 'Next: type the PIN' }));
  expect(await fieldOf()).toBeTruthy();
});

describe('a wrong PIN', () => {
  test('is said, leaves the field empty, and is never sent again by itself', async () => {
    const card = begun();
    const core = coreWith(card, () => refused('token.pin-incorrect'));
    ask(core, card);
    await typePin();
    expect(await screen.findByText(/^That PIN was wrong/, { selector: 'p' })).toBeTruthy();
    expect(screen.getByText(/^That PIN was wrong/, { selector: 'output' })).toBeTruthy();
    expect((await fieldOf()).value).toBe('');
    expect(core.pins).toEqual([pin]);
  });

  test('before the last try asks whether one is sure, and says so at once', async () => {
    const card = begun();
    const core = coreWith(card, () => {
      core.seen.card = begun({ pin: 'final-try' });
      return refused('token.pin-incorrect');
    });
    ask(core, card);
    await typePin();
    expect(await screen.findByRole('dialog', { name: 'That PIN was wrong. One try is left.' })).toBeTruthy();
    const alerts = screen.getAllByRole('alert', { hidden: true }).map(({ textContent }) => textContent);
    expect(alerts.join()).toContain('One try is left. If the next one is wrong too, this card locks itself.');
    expect(screen.queryByLabelText('Card PIN')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /I am sure now/ }));
    expect((await fieldOf()).value).toBe('');
    expect(screen.getByText('This is the last try.')).toBeTruthy();
    await typePin();
    await waitFor(() => expect(core.lastTries).toEqual([false, true]));
  });

  test('that locks the card leaves no field and says what to do', async () => {
    const card = begun({ pin: 'final-try' });
    const core = coreWith(card, () => {
      core.seen.card = begun({ pin: 'locked' });
      return refused('token.pin-locked');
    });
    ask(core, card);
    fireEvent.click(await screen.findByRole('button', { name: /I am sure now/ }));
    await typePin();
    expect(await screen.findByText(/unlocks it with the unlock code/)).toBeTruthy();
    expect(screen.queryByLabelText('Card PIN')).toBeNull();
  });
});

test('a certificate that could not be written to the card is said, and its PIN can be typed again', async () => {
  const card = begun();
  const unfinished = { code: 'token.removed', message: 'The card was taken out.', hint: 'Put it back in.' };
  const core = coreWith(card, () => ({ ok: true, value: { certificates: ['c1'], token: card.serialNumber, auditIndex: 7, unfinished } }));
  ask(core, card);
  await typePin();
  expect(await screen.findByText('The certificates are issued, but not on the card yet.', { selector: 'p' })).toBeTruthy();
  expect(screen.getByText('The card was taken out. Put it back in.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Finish with the PIN' }));
  expect((await fieldOf()).value).toBe('');
});

test('nothing is sent while no PIN is typed', async () => {
  const card = begun();
  const core = coreWith(card);
  ask(core, card);
  await fieldOf();
  fireEvent.click(screen.getByRole('button', { name: 'Finish the key' }));
  expect(await screen.findByText('Type the PIN.')).toBeTruthy();
  expect(core.pins).toEqual([]);
});

describe('a card that is taken out', () => {
  test('is said in place of the field; back in, the dialog goes on with an empty one', async () => {
    const card = begun();
    const core = coreWith(card);
    ask(core, card);
    fireEvent.input(await fieldOf(), { target: { value: pin } });
    core.seen.card = undefined;
    core.push('tokens.changed', { tokens: [] });
    expect(await screen.findByText('The card was taken out.')).toBeTruthy();
    expect(screen.queryByLabelText('Card PIN')).toBeNull();
    core.seen.card = card;
    core.push('tokens.changed', { tokens: [card.serialNumber] });
    expect((await fieldOf()).value).toBe('');
  });

  test('is told from a driver that failed; once that works, the dialog goes on', async () => {
    const card = begun();
    const core = coreWith(card);
    ask(core, card);
    fireEvent.input(await fieldOf(), { target: { value: pin } });
    const error = { code: 'token.module-hung', message: 'The driver did not answer.', hint: '' } as const;
    core.seen.card = undefined;
    core.seen.driver = sampleDriver({ state: 'hung', error });
    core.push('tokens.changed', { tokens: [card.serialNumber] });
    expect(await screen.findByText('The driver did not answer.')).toBeTruthy();
    expect(screen.getByText(/asked again by itself/)).toBeTruthy();
    expect(screen.queryByText('The card was taken out.')).toBeNull();
    core.seen.card = card;
    core.seen.driver = sampleDriver();
    core.push('tokens.changed', { tokens: [card.serialNumber] });
    expect((await fieldOf()).value).toBe('');
    expect(core.pins).toEqual([]);
  });

  test('while it works ends with what the core says of it', async () => {
    const card = begun();
    const core = coreWith(card, () => {
      core.seen.card = undefined;
      return refused('token.removed');
    });
    ask(core, card);
    await typePin();
    expect(await screen.findByText(/What had been finished is kept/)).toBeTruthy();
  });
});

test('while the card works the window says so and asks nothing', async () => {
  const card = begun();
  let answer: (reply: Reply) => void = () => undefined;
  const core = coreWith(card, () => new Promise<Reply>((resolve) => (answer = resolve)));
  ask(core, card);
  await typePin();
  expect(await screen.findByText(/Leave the card in the reader/)).toBeTruthy();
  expect(screen.queryByLabelText('Card PIN')).toBeNull();
  answer(refused('token.module-crashed'));
  expect(await screen.findByText(/The driver for these cards crashed/)).toBeTruthy();
  expect((await fieldOf()).value).toBe('');
});

test('the PIN is on no part of the page once it was sent', async () => {
  const card = begun();
  const core = coreWith(card, () => new Promise<Reply>(() => undefined));
  ask(core, card);
  await typePin();
  await screen.findByText(/Leave the card in the reader/);
  const values = [...document.querySelectorAll('input')].map(({ value }) => value);
  expect(document.documentElement.outerHTML + values.join()).not.toContain(pin);
});

test('the management key of a PIV card is asked for only where somebody else has set it, and goes with the PIN', async () => {
  const foreign = {
    isManagementKeyFactory: false,
    abilities: { kind: 'card', opens: ['rsa', 'ec'], takesKeys: true, keysBy: 'management-key' },
  } as const;
  const card = begun(foreign);
  const core = coreWith(card, () => refused('token.management-key-unknown'));
  ask(core, card);
  fireEvent.input(await screen.findByLabelText('Management key'), { target: { value: 'ab'.repeat(24) } });
  await typePin();
  await waitFor(() => expect(core.pins).toEqual([pin]));
  const { input } = core.asked.find(({ name }) => name === 'tokens.enroll') ?? {};
  expect(new TextDecoder().decode((input as { readonly managementKey: Secret }).managementKey.reveal())).toBe('ab'.repeat(24));
  cleanup();
  const kept = begun({ ...foreign, isManagementKeyKept: true });
  ask(coreWith(kept), kept);
  await fieldOf();
  expect(screen.queryByLabelText('Management key')).toBeNull();
});

test('with a PIN pad the PIN is typed on the reader, which is said in the place of the field', async () => {
  const card = begun({ isPinTypedAtReader: true });
  const core = coreWith(card, () => refused('token.pin-incorrect'));
  ask(core, card);
  expect(await screen.findByText('Type the PIN on the reader.')).toBeTruthy();
  expect(screen.queryByLabelText('Card PIN')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /the key/ }));
  expect(await screen.findByText('That PIN was wrong. Check it before you type it again.', { selector: 'div' })).toBeTruthy();
  expect(core.pins).toEqual(['']);
});
