import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Secret } from '../../main/contract/client.ts';
import type { Reply } from '../../main/contract/door.ts';
import type { TokenSummary } from '../../main/contract/tokens.ts';
import type { ErrorCode } from '../../main/domain/errors.ts';
import { SetPinDialog } from '../../renderer/features/cards/set-pin-dialog.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { emptyCard, sampleCard, sampleDriver } from './support/sample-cards.ts';

standInForLayout();

const refused = (code: ErrorCode): Reply => ({ ok: false, error: { code, message: '', hint: '', details: {}, traceId: '' } });
const set: Reply = { ok: true, value: { token: '', auditIndex: 7 } };

/** A core with one card that answers what it is given one after the other; `card` is what it sees now. */
function coreWith(card: TokenSummary, ...answers: readonly (() => Promise<Reply> | Reply)[]) {
  const seen: { card: TokenSummary | undefined } = { card };
  const asked: { name: string; old: string; newPin: string; finalTry: boolean }[] = [];
  const text = (secret: Secret) => new TextDecoder().decode(secret.reveal());
  const core = stubCore(async (name, input) => {
    if (name === 'tokens.list') {
      return {
        ok: true,
        value: { tokens: seen.card === undefined ? [] : [seen.card], modules: [sampleDriver()], unfinished: [], lost: [], readers: [] },
      };
    }
    if (name !== 'tokens.changePin' && name !== 'tokens.unblock') return new Promise<Reply>(() => undefined);
    const { pin, unlockCode, newPin, finalTry } = input as Record<string, Secret> & { readonly finalTry: boolean };
    asked.push({ name, old: text((pin ?? unlockCode) as Secret), newPin: text(newPin as Secret), finalTry });
    return (await answers[asked.length - 1]?.()) ?? refused('internal');
  });
  return { ...core, seen, asked };
}

const ask = (core: ReturnType<typeof coreWith>, by: 'change' | 'unblock', onClose = () => undefined as void) =>
  show(<SetPinDialog serialNumber={core.seen.card?.serialNumber ?? ''} by={by} onClose={onClose} />, core.api);

async function type(old: string, fresh: string, again: string, labels = ['PIN now', 'New PIN', 'New PIN once more']): Promise<void> {
  await screen.findByLabelText(labels[0] ?? '');
  [old, fresh, again].forEach((value, at) => {
    if (value !== '') fireEvent.input(screen.getByLabelText(labels[at] ?? ''), { target: { value } });
  });
  const form = screen.getByLabelText(labels[0] ?? '').closest('form');
  if (form !== null) fireEvent.submit(form);
}

const codeLabels = ['Unlock code', 'New PIN', 'New PIN once more'];
const values = () => [...document.querySelectorAll('input')].map(({ value }) => value).join('');

test('a PIN is changed: whose card, the PIN now, the new one twice, and what was done', async () => {
  const core = coreWith(sampleCard(), () => set);
  ask(core, 'change');
  expect(await screen.findByRole('dialog', { name: 'New PIN for Dr. Adaeze Okafor’s card' })).toBeTruthy();
  expect(screen.getByText('6 to 8 characters. Not one figure repeated, not figures in a row.')).toBeTruthy();
  expect(screen.getByText('A wrong PIN uses one try;')).toBeTruthy();
  await type('409611', '593047', '593047');
  expect(await screen.findByRole('dialog', { name: 'The PIN of card 4471 is changed' })).toBeTruthy();
  expect(core.asked).toEqual([{ name: 'tokens.changePin', old: '409611', newPin: '593047', finalTry: false }]);
});

test('a new PIN that is too short, easily guessed, or not the same twice never reaches the card, and the PIN now stays typed', async () => {
  const core = coreWith(sampleCard(), () => set);
  ask(core, 'change');
  await type('', '593047', '593047');
  expect(await screen.findByText('Type the PIN the card has now.')).toBeTruthy();
  await type('409611', '5930', '5930');
  expect(await screen.findByText('This card wants 6 to 8 characters.')).toBeTruthy();
  await type('', '123456', '123456');
  expect(await screen.findByText(/^Cards leave the factory with such a PIN/)).toBeTruthy();
  await type('', '593047', '593048');
  expect(await screen.findByText(/^The two are not the same/)).toBeTruthy();
  expect(core.asked).toEqual([]);
  await type('', '593047', '593047');
  await screen.findByRole('dialog', { name: 'The PIN of card 4471 is changed' });
  expect(core.asked).toHaveLength(1);
});

test('a wrong PIN is said and never sent again by itself; before the last try one is asked, and a locked card takes none', async () => {
  const core = coreWith(
    sampleCard(),
    () => {
      core.seen.card = sampleCard({ pin: 'final-try' });
      return refused('token.pin-incorrect');
    },
    () => {
      core.seen.card = sampleCard({ pin: 'locked' });
      return refused('token.pin-locked');
    },
  );
  ask(core, 'change');
  await type('409612', '593047', '593047');
  expect(await screen.findByRole('dialog', { name: 'That PIN was wrong. One try is left.' })).toBeTruthy();
  expect(values()).toBe('');
  fireEvent.click(screen.getByRole('button', { name: /I am sure now/ }));
  await type('409613', '593047', '593047');
  expect(await screen.findByRole('dialog', { name: 'Card 4471 is locked' })).toBeTruthy();
  expect(core.asked.map(({ finalTry }) => finalTry)).toEqual([false, true]);
  expect(screen.queryByLabelText('PIN now')).toBeNull();
});

test('a locked card is unlocked by its code; a wrong code and its last try are said as what they are', async () => {
  const core = coreWith(
    sampleCard({ pin: 'locked' }),
    () => {
      core.seen.card = sampleCard({ pin: 'locked', unlockCode: 'final-try' });
      return refused('token.unlock-code-incorrect');
    },
    () => set,
  );
  ask(core, 'unblock');
  expect(await screen.findByRole('dialog', { name: 'Unlock Dr. Adaeze Okafor’s card' })).toBeTruthy();
  expect(screen.getByText('After the last one nobody can unlock this card any more.')).toBeTruthy();
  await type('11111111', '593047', '593047', codeLabels);
  expect(await screen.findByRole('dialog', { name: 'That unlock code was wrong. One try is left.' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /I am sure now/ }));
  await type('73946105', '593047', '593047', codeLabels);
  expect(await screen.findByRole('dialog', { name: 'Card 4471 is unlocked' })).toBeTruthy();
  expect(core.asked.at(-1)).toEqual({ name: 'tokens.unblock', old: '73946105', newPin: '593047', finalTry: true });
});

test('a card without a PIN gets its first one by the code, and one whose code is locked takes nothing', async () => {
  const first = show(
    <SetPinDialog serialNumber={emptyCard().serialNumber} by="unblock" onClose={() => undefined} />,
    coreWith(emptyCard({ pin: 'not-set' })).api,
  );
  expect(await screen.findByRole('dialog', { name: 'Set the PIN of card 0812' })).toBeTruthy();
  first.unmount();
  ask(coreWith(sampleCard({ pin: 'locked', unlockCode: 'locked' })), 'unblock');
  expect(await screen.findByText('Its unlock code was wrong too often.')).toBeTruthy();
  expect(screen.queryByLabelText('Unlock code')).toBeNull();
});

test('while the card works nothing that was typed is on the page, and the dialog can be closed', async () => {
  const core = coreWith(sampleCard(), () => new Promise<Reply>(() => undefined));
  let isClosed = false;
  ask(core, 'change', () => void (isClosed = true));
  await type('409611', '593047', '593047');
  expect(await screen.findByText('The card sets the new PIN.', { selector: 'p' })).toBeTruthy();
  expect(document.documentElement.outerHTML + values()).not.toMatch(/409611|593047/);
  fireEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
  await waitFor(() => expect(isClosed).toBe(true));
});

test('what a driver cannot do is said, and a card pulled out meanwhile too', async () => {
  const core = coreWith(sampleCard(), () => refused('token.unsupported'));
  ask(core, 'change');
  await type('409611', '593047', '593047');
  expect(await screen.findByText('The driver of this card cannot do this.')).toBeTruthy();
  core.seen.card = undefined;
  core.push('tokens.changed', { tokens: [] });
  expect(await screen.findByRole('dialog', { name: 'Card 4471 is out' })).toBeTruthy();
});

test('with a PIN pad nothing is typed here: both PINs are asked for on the reader', async () => {
  const core = coreWith(sampleCard({ isPinTypedAtReader: true }), () => set);
  ask(core, 'change');
  expect(await screen.findByText('Type both PINs on the reader.')).toBeTruthy();
  expect(screen.queryByLabelText('New PIN')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Change the PIN' }));
  expect(await screen.findByRole('dialog', { name: 'The PIN of card 4471 is changed' })).toBeTruthy();
  expect(core.asked).toEqual([{ name: 'tokens.changePin', old: '', newPin: '', finalTry: false }]);
});
