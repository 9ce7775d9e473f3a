import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { TokenList } from '../../main/contract/tokens.ts';
import type { ErrorCode } from '../../main/domain/errors.ts';
import { CardsScreen } from '../../renderer/features/cards/cards-screen.tsx';
import { wordError } from '../../main/domain/locale/word-error.ts';
import { errorMessages } from '../../renderer/i18n/locale.ts';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { sampleCard, sampleDriver } from './support/sample-cards.ts';

standInForLayout();

const worded = (code: ErrorCode) => {
  const { text, hint } = wordError(code, {}, errorMessages);
  return { code, message: text, hint };
};
const reader = (name: string | null, code: ErrorCode | null) => ({
  reader: name,
  token: code === null ? sampleCard().serialNumber : null,
  error: code === null ? null : worded(code),
});

/** The page of cards over a core that sees this. */
const seeing = (seen: Partial<TokenList>) =>
  show(
    <CardsScreen />,
    stubCore((name) => ({
      ok: true,
      value:
        name === 'tokens.list'
          ? { tokens: [], modules: [sampleDriver()], unfinished: [], lost: [], readers: [], ...seen }
          : { practiceName: 'Ridgeway Family Practice' },
    })).api,
  );

test.each([
  ['token.service-stopped', /^This computer is not looking for cards/, /starts the service pcscd/],
  ['token.service-missing', /^This computer cannot look for cards/, /installs pcscd/],
  ['token.no-reader', /^No reader is plugged in/, /Plug in a reader/],
] as const)('%s is the first sentence of a page without a card, with what to do', async (code, title, hint) => {
  seeing({ readers: [reader(null, code)] });
  expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  expect(screen.getAllByText(hint)).toHaveLength(1);
});

test.each([
  ['token.card-mute', /^The card does not answer/],
  ['token.card-unknown', /^A card is in that no driver/],
  ['token.driver-missing', /^A card is in whose driver is missing/],
] as const)('%s is said of the reader it is in, and an empty one beside it is nobody’s fault', async (code, title) => {
  seeing({ readers: [reader('Omnikey', code), reader('Other', 'token.absent')] });
  expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  expect(screen.getByText('Omnikey')).toBeTruthy();
  expect(screen.getByText('No card is in it.')).toBeTruthy();
});

test('an empty reader asks for a card, and a driver that works no more goes before what the readers say', async () => {
  const first = seeing({ readers: [reader('Omnikey', 'token.absent')] });
  expect(await screen.findByRole('heading', { name: 'Put a card in' })).toBeTruthy();
  first.unmount();
  seeing({ modules: [sampleDriver({ state: 'crashed' })], readers: [reader('Omnikey', 'token.module-crashed')] });
  expect(await screen.findByRole('heading', { name: 'This computer cannot see cards.' })).toBeTruthy();
});

test('a card that is fine is found in its reader', async () => {
  seeing({ tokens: [sampleCard()], readers: [reader('HID Omnikey 3121', null)] });
  expect(await screen.findByText('Card 4471 is in it and is seen.')).toBeTruthy();
});
