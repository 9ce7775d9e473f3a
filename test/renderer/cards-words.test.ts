import { describe, expect, test } from 'vitest';
import type { TokenSummary } from '../../main/contract/tokens.ts';
import { beneficiaryOf, cardEnding, ownerOf } from '../../renderer/features/cards/card-names.ts';
import { cardNews } from '../../renderer/features/cards/card-news.ts';
import { cardState, mainCertificate } from '../../renderer/features/cards/card-state.ts';
import { sightOf } from '../../renderer/features/cards/driver-words.ts';
import { keptKeys, keysInUse, keysToHandOver } from '../../renderer/features/people/hand-over-keys.ts';
import { formatDay } from '../../renderer/i18n/dates.ts';
import { t } from '../../renderer/i18n/translate.ts';
import { emptyCard, sampleCard, sampleDriver, signingCertificate } from './support/sample-cards.ts';

const now = new Date('2026-11-23T12:00:00Z');

/** State, next step and the whole sentence, as the page shows them. */
function shown(card: TokenSummary) {
  const { state, next, title, text, values } = cardState(card, now);
  return { state, next, words: `${t(title, { name: card.personName ?? '' })} ${t(text, values)}` };
}

describe('what a card has to say', () => {
  test('is quiet where all is fine: whose it is, that it works, until when', () => {
    const { state, next, words } = shown(sampleCard());
    expect([state, next]).toEqual(['fine', 'nothing']);
    expect(words).toBe(
      `This is Dr. Adaeze Okafor’s card. It works. Its signing certificate is good until ${formatDay('2028-03-14', now)}.`,
    );
  });

  test('is the one thing to do, before the certificate ends and after', () => {
    const soon = shown(sampleCard({ certificates: [signingCertificate({ notAfter: '2026-12-05T12:00:00Z' })] }));
    expect([soon.state, soon.next]).toEqual(['soon', 'renew']);
    expect(soon.words).toContain('in 12 days');
    const over = shown(sampleCard({ certificates: [signingCertificate({ status: 'expired', notAfter: '2026-11-20T12:00:00Z' })] }));
    expect([over.state, over.next]).toEqual(['stopped', 'renew']);
  });

  test('is that it is empty, or that it can never be used', () => {
    expect(shown(emptyCard())).toMatchObject({ state: 'waiting', next: 'enrol' });
    expect(shown(emptyCard({ algorithms: [] }))).toMatchObject({ state: 'unknown', next: 'nothing' });
  });

  test('is that what is on it is revoked, whatever came before', () => {
    const revoked = signingCertificate({ status: 'revoked', revokedAt: '2026-11-22T12:00:00Z' });
    const earlier = signingCertificate({ id: 'c0', isCurrent: false, notBefore: '2024-01-01T00:00:00Z' });
    expect(shown(sampleCard({ certificates: [revoked, earlier] }))).toMatchObject({ state: 'stopped', next: 'enrol-new' });
  });

  test('is what bars everything else before what is on it', () => {
    expect(shown(sampleCard({ lostAt: '2026-11-20T12:00:00Z', pin: 'locked' }))).toMatchObject({ state: 'stopped', next: 'take-back' });
    expect(shown(sampleCard({ pin: 'locked', unfinished: true, isEnrolmentBegun: true }))).toMatchObject({
      state: 'stopped',
      next: 'unblock',
    });
    expect(shown(sampleCard({ pin: 'locked', unlockCode: 'locked' }))).toMatchObject({ state: 'stopped', next: 'nothing' });
    expect(shown(emptyCard({ pin: 'not-set' }))).toMatchObject({ state: 'waiting', next: 'give-pin' });
    expect(shown(emptyCard({ unfinished: true, isEnrolmentBegun: true }))).toMatchObject({ state: 'soon', next: 'finish' });
    expect(shown(sampleCard({ unfinished: true }))).toMatchObject({ state: 'soon', next: 'settle' });
  });

  test('names no number of tries, which PKCS #11 does not tell, but the last one', () => {
    const low = shown(sampleCard({ pin: 'count-low' }));
    expect([low.state, low.words]).toEqual(['soon', expect.stringContaining('few tries are left')]);
    expect(shown(sampleCard({ pin: 'final-try' })).words).toContain('One try is left');
    expect(`${low.words}`.replaceAll(/card|PIN/g, '')).not.toMatch(/\d/);
  });

  test('leaves no place of a sentence unfilled', () => {
    const cards = (['fine', 'count-low', 'final-try', 'locked', 'not-set'] as const).flatMap((pin) => [
      sampleCard({ pin }),
      sampleCard({ pin, unfinished: true, isEnrolmentBegun: true }),
      emptyCard({ pin }),
    ]);
    for (const card of cards) expect(shown(card).words).not.toMatch(/card-state\.|[{}]/);
  });
});

test('the certificate in use speaks for the card, else the newest', () => {
  const old = signingCertificate({ id: 'old', isCurrent: false, notBefore: '2024-01-01T00:00:00Z' });
  const current = signingCertificate({ id: 'current' });
  expect(mainCertificate([old, current])?.id).toBe('current');
  expect(mainCertificate([old, { ...current, isCurrent: false }])?.id).toBe('current');
  expect(mainCertificate([])).toBeUndefined();
});

test('a card is called by the last four characters of its number, and belongs to whoever is recorded', () => {
  expect(cardEnding({ serialNumber: '00a9f3d2ab7c' })).toBe('AB7C');
  expect(ownerOf(sampleCard())).toEqual({ id: 'p1', name: 'Dr. Adaeze Okafor' });
  expect(ownerOf(emptyCard())).toBeNull();
});

test('what was begun on a card is finished for whom it was begun, whoever’s card it was', () => {
  const begun = { token: sampleCard().serialNumber, personId: 'p2', personName: 'Amina Haddad' };
  expect(beneficiaryOf(sampleCard(), [begun])).toEqual({ id: 'p2', name: 'Amina Haddad' });
  expect(beneficiaryOf(sampleCard(), [{ ...begun, token: 'another' }])).toEqual({ id: 'p1', name: 'Dr. Adaeze Okafor' });
  expect(beneficiaryOf(emptyCard(), [])).toBeNull();
});

describe('what can be handed over as a file', () => {
  const onCard = signingCertificate();
  const inVault = signingCertificate({ id: 'e1', purpose: 'encrypt', keyStore: 'vault' });

  test('is what is in the vault, never what is on a card', () => {
    expect(keysToHandOver([onCard, inVault]).map(({ id }) => id)).toEqual(['e1']);
    expect(keptKeys([{ ...onCard, purpose: 'dual', isCurrent: false }])).toEqual([]);
  });

  test('does not change what is revoked when a card is lost', () => {
    expect(keysInUse([onCard, inVault]).map(({ id }) => id)).toEqual(['c1', 'e1']);
  });
});

describe('whether cards can be seen', () => {
  test('is ready while one driver works', () => expect(sightOf([{ state: 'hung' }, { state: 'working' }])).toBe('ready'));
  test('is blind where those that are there do not work', () =>
    expect(sightOf([{ state: 'missing' }, { state: 'crashed' }])).toBe('blind'));
  test('is impossible where no driver is installed', () => {
    expect(sightOf([])).toBe('none');
    expect(sightOf([{ state: 'missing' }])).toBe('none');
  });
});

describe('what is said of cards that come and go', () => {
  const drivers = [sampleDriver()];

  test('names the card and whose it is', () => {
    expect(cardNews([], [sampleCard()], drivers)).toEqual(['Dr. Adaeze Okafor’s card 4471 is in the reader.']);
    expect(cardNews([emptyCard()], [], drivers)).toEqual(['Card 0812 was taken out.']);
  });

  test('says of a lost card that it is back, whoever’s it is', () => {
    expect(cardNews([], [sampleCard({ lostAt: '2026-11-20T12:00:00Z' })], drivers)).toEqual([
      'Card 4471 is in the reader. It was reported lost and is refused for use.',
    ]);
  });

  test('is nothing while the same cards are in', () => {
    expect(cardNews([sampleCard()], [sampleCard({ pin: 'count-low' })], drivers)).toEqual([]);
  });

  test('does not call a card taken out that its failed driver no longer shows', () => {
    const failed = [sampleDriver({ state: 'crashed' }), sampleDriver({ name: 'YubiKey' })];
    expect(cardNews([emptyCard()], [], failed)).toEqual(['Card 0812 cannot be seen: its driver does not work.']);
    expect(cardNews([emptyCard({ module: 'YubiKey' })], [], failed)).toEqual(['Card 0812 was taken out.']);
  });

  test('tells an exchange in its order', () => {
    expect(cardNews([sampleCard()], [emptyCard()], drivers)).toEqual([
      'Card 4471 was taken out.',
      'Card 0812 is in the reader. Nobody’s key is on it.',
    ]);
  });
});
