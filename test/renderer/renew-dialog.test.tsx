import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { CertificateSummary } from '../../main/contract/certificates.ts';
import type { PersonDetails } from '../../main/contract/people.ts';
import { PersonActions } from '../../renderer/features/people/person-actions.tsx';
import { personState } from '../../renderer/features/people/person-state.ts';
import { RenewDialog } from '../../renderer/features/people/renew-dialog.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { signingCertificate } from './support/sample-cards.ts';

standInForLayout();

const now = new Date('2026-11-23T09:22:30');
const soon = '2026-12-05T12:00:00Z';

const opening = (change: Partial<CertificateSummary> = {}) =>
  signingCertificate({ id: 'c2', purpose: 'encrypt', keyStore: 'vault', profile: 'smime-mailbox-multipurpose-encrypt', ...change });

const okafor = (...certificates: readonly CertificateSummary[]): PersonDetails => ({
  id: 'p1',
  name: 'Dr. Adaeze Okafor',
  language: 'en',
  department: null,
  role: null,
  staffNumber: null,
  status: 'active',
  mailboxes: ['a.okafor@ridgeway.example'],
  standing: 'covered',
  endsAt: certificates.map(({ notAfter }) => notAfter).sort()[0] ?? null,
  givenName: null,
  surname: null,
  createdAt: '2026-01-01T00:00:00Z',
  leftAt: null,
  certificates,
  openPgp: [],
  cards: [],
  history: [],
  mailSetups: [],
  mailTests: [],
});

const ask = (person: PersonDetails) => {
  const core = stubCore(() => ({ ok: true, value: { certificates: ['c3'], kept: ['c2'], onToken: ['c1'] } }));
  show(<RenewDialog person={person} onClose={() => undefined} onHandOver={() => undefined} />, core.api);
  return core;
};

test('what ends in the vault is renewed while the card is good, and the card is said to stay as it is', async () => {
  const core = ask(okafor(signingCertificate(), opening({ notAfter: soon })));
  expect(screen.getByText(/The signing key on the card is good until .* and stays as it is\./)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Renew now' }));
  expect(await screen.findByRole('button', { name: 'Hand over' })).toBeTruthy();
  expect(core.asked).toEqual([{ name: 'certificates.renew', input: { person: 'p1' } }]);
});

test('what a rule stops is renewed all the same once there is a reason', async () => {
  const stopped = { code: 'path.lint', message: '', hint: '', details: { rule: 'subject-attributes' }, traceId: '' } as const;
  const core = stubCore((_, input) =>
    'override' in (input as object) ? { ok: true, value: { certificates: ['c3'], kept: [], onToken: [] } } : { ok: false, error: stopped },
  );
  show(<RenewDialog person={okafor(opening({ notAfter: soon }))} onClose={() => undefined} onHandOver={() => undefined} />, core.api);
  fireEvent.click(screen.getByRole('button', { name: 'Renew now' }));
  fireEvent.change(await screen.findByLabelText(/Why they are issued/), { target: { value: 'Agreed.' } });
  fireEvent.click(screen.getByRole('button', { name: 'Renew all the same' }));
  expect(await screen.findByRole('button', { name: 'Hand over' })).toBeTruthy();
  expect(core.asked.map(({ input }) => input)).toEqual([{ person: 'p1' }, { person: 'p1', override: 'Agreed.' }]);
});

test.each([
  ['a card that is due', [signingCertificate({ notAfter: soon }), opening()]],
  ['a card that is due with what is in the vault', [signingCertificate({ notAfter: soon }), opening({ notAfter: soon })]],
  ['a card and nothing besides', [signingCertificate()]],
])('%s leads to the cards', (_, certificates) => {
  ask(okafor(...certificates));
  expect(screen.getByRole('button', { name: 'Open cards and readers' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Renew now' })).toBeNull();
});

test('who has no card reads nothing about one', () => {
  ask(okafor(opening({ id: 'c1', purpose: 'sign' }), opening()));
  expect(screen.getByRole('button', { name: 'Renew now' })).toBeTruthy();
  expect(screen.queryByText(/card/)).toBeNull();
});

test('the page offers to renew where something can be renewed now, and not for a card alone that is good', () => {
  const offered = (person: PersonDetails) => {
    const { next } = personState(person, now);
    const { unmount } = show(
      <PersonActions person={person} next={next} isIssuing={false} onIssue={() => undefined} onAct={() => undefined} />,
    );
    const found = screen.queryByRole('button', { name: 'Renew' }) !== null;
    unmount();
    return found;
  };
  expect(offered(okafor(signingCertificate(), opening({ notAfter: soon })))).toBe(true);
  expect(offered(okafor(signingCertificate(), opening()))).toBe(true);
  expect(offered(okafor(signingCertificate({ notAfter: soon }), opening()))).toBe(true);
  expect(offered(okafor(signingCertificate()))).toBe(false);
});
