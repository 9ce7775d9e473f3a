import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../main/contract/door.ts';
import type { LossPreview } from '../../main/contract/tokens.ts';
import type { ErrorCode } from '../../main/domain/errors.ts';
import { LoseCardDialog } from '../../renderer/features/cards/lose-card-dialog.tsx';
import { LostPanel } from '../../renderer/features/cards/lost-panel.tsx';
import { TakeBackDialog } from '../../renderer/features/cards/take-back-dialog.tsx';
import { WipeCardDialog } from '../../renderer/features/cards/wipe-card-dialog.tsx';
import { ReportLost } from '../../renderer/features/people/report-lost.tsx';
import type { PersonDetails } from '../../main/contract/people.ts';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { sampleCard, sampleDriver, signingCertificate } from './support/sample-cards.ts';

standInForLayout();

const { serialNumber: token } = sampleCard();
const nothing = () => undefined;
const refused = (code: ErrorCode): Reply => ({ ok: false, error: { code, message: '', hint: '', details: {}, traceId: '' } });

const preview: LossPreview = {
  token,
  personId: 'p1',
  personName: 'Dr. Adaeze Okafor',
  lostAt: null,
  revoking: [signingCertificate()],
  keeping: [],
  knownBy: null,
  publishUrl: null,
  owing: [],
  authorities: [],
  openPgp: [],
};
const done = { ...preview, revoked: ['c1'], lists: [{ authority: 'a1', number: 7, nextUpdate: '2026-12-01T00:00:00Z' }], auditIndex: 41 };

/** A core that answers these calls; what it was asked is kept. */
function coreWith(answers: Readonly<Record<string, Reply | unknown>>) {
  const asked: { name: string; input: unknown }[] = [];
  const core = stubCore((name, input) => {
    asked.push({ name, input });
    const answer = answers[name];
    return answer !== null && typeof answer === 'object' && 'ok' in answer ? (answer as Reply) : { ok: true, value: answer };
  });
  return { ...core, asked, commands: (name: string) => asked.filter((call) => call.name === name).map(({ input }) => input) };
}

const answers = {
  'tokens.previewLoss': preview,
  'certificates.previewRevocation': { certificates: [], personName: null, knownBy: null, publishUrl: null, mayHold: true },
  'certificates.list': { certificates: [] },
  'tokens.reportLost': done,
};

describe('a lost card', () => {
  test('is asked about with what stops, what its finder can do and the gentler way, and only then reported', async () => {
    const core = coreWith(answers);
    show(<LoseCardDialog token={token} onClose={nothing} />, core.api);
    expect(await screen.findByRole('dialog', { name: 'Dr. Adaeze Okafor’s card 4471 is gone' })).toBeTruthy();
    expect(screen.getByText(/^Signing mail: others are told/)).toBeTruthy();
    expect(screen.getByText(/^Signs nothing and opens no mail without its PIN/)).toBeTruthy();
    expect(await screen.findByText('Might it turn up?')).toBeTruthy();
    expect(core.commands('tokens.reportLost')).toEqual([]);
    fireEvent.change(screen.getByLabelText('Note for the audit log'), { target: { value: ' left on the bus ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Report card 4471 lost' }));
    expect(await screen.findByRole('dialog', { name: 'Card 4471 is reported lost' })).toBeTruthy();
    expect(screen.getByText('1 certificate is revoked.')).toBeTruthy();
    expect(screen.getByText(/^List 7 says so/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Put a key on a new card' })).toBeTruthy();
    expect(core.commands('tokens.reportLost')).toEqual([{ token, note: 'left on the bus' }]);
  });

  test('says before and after that no list can be made while a key is offline', async () => {
    const owing = ['Ridgeway Issuing 1'];
    const core = coreWith({ ...answers, 'tokens.previewLoss': { ...preview, owing }, 'tokens.reportLost': { ...done, lists: [], owing } });
    show(<LoseCardDialog token={token} onClose={nothing} />, core.api);
    expect(await screen.findByText(/^The key of Ridgeway Issuing 1 is offline/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Report card 4471 lost' }));
    await screen.findByRole('dialog', { name: 'Card 4471 is reported lost' });
    expect(screen.getByText(/^The key of Ridgeway Issuing 1 is offline/)).toBeTruthy();
    expect(screen.queryByText(/says so/)).toBeNull();
  });

  test('with nothing good on it is only marked, and one that is lost already is not asked about', async () => {
    const empty = show(
      <LoseCardDialog token={token} onClose={nothing} />,
      coreWith({ ...answers, 'tokens.previewLoss': { ...preview, revoking: [] } }).api,
    );
    expect(await screen.findByText(/^Nothing on it is good any more/)).toBeTruthy();
    expect(screen.queryByText('Might it turn up?')).toBeNull();
    empty.unmount();
    show(
      <LoseCardDialog token={token} onClose={nothing} />,
      coreWith({ ...answers, 'tokens.previewLoss': { ...preview, lostAt: '2026-11-20T12:00:00Z' } }).api,
    );
    expect(await screen.findByRole('dialog', { name: 'Card 4471 is reported lost already' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Report card/ })).toBeNull();
  });

  test('stays asked about where it was refused, with the reason', async () => {
    const core = coreWith({ ...answers, 'tokens.reportLost': refused('store.read-only') });
    show(<LoseCardDialog token={token} onClose={nothing} />, core.api);
    fireEvent.click(await screen.findByRole('button', { name: 'Report card 4471 lost' }));
    expect(await screen.findByRole('alert', { name: '' })).toBeTruthy();
    expect(screen.queryByRole('dialog', { name: 'Card 4471 is reported lost' })).toBeNull();
  });

  test('that was found is taken back from the list of those that are gone', async () => {
    const core = coreWith({ 'tokens.takeBack': { token, auditIndex: 42 } });
    let isClosed = false;
    show(
      <>
        <LostPanel
          lost={[{ token, personId: 'p1', personName: 'Dr. Adaeze Okafor', lostAt: '2026-11-20T12:00:00Z' }]}
          onTakeBack={nothing}
        />
        <TakeBackDialog token={token} onClose={() => void (isClosed = true)} />
      </>,
      core.api,
    );
    expect(await screen.findByText(/What was revoked stays revoked/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Take it back' }));
    await waitFor(() => expect(isClosed).toBe(true));
    expect(core.commands('tokens.takeBack')).toEqual([{ token }]);
  });
});

describe('what is lost', () => {
  const person = (change: Partial<PersonDetails>) =>
    ({
      id: 'p1',
      name: 'Dr. Adaeze Okafor',
      certificates: [signingCertificate()],
      cards: [{ serialNumber: token, lostAt: null, isInUse: true }],
      ...change,
    }) as PersonDetails;

  test('is the card alone where there are no keys elsewhere', async () => {
    show(<ReportLost person={person({})} onClose={nothing} />, coreWith(answers).api);
    expect(await screen.findByRole('dialog', { name: 'Dr. Adaeze Okafor’s card 4471 is gone' })).toBeTruthy();
  });

  test('is asked where it may be the card or a computer: only what belongs to it is revoked', async () => {
    const inVault = signingCertificate({ id: 'e1', purpose: 'encrypt', keyStore: 'vault' });
    const core = coreWith(answers);
    show(<ReportLost person={person({ certificates: [signingCertificate(), inVault] })} onClose={nothing} />, core.api);
    expect(await screen.findByRole('dialog', { name: 'What is lost?' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Card 4471/ })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /^A computer or a file/ }));
    await waitFor(() => expect(core.commands('certificates.previewRevocation')).toEqual([{ certificates: ['e1'] }]));
  });

  test('is no card that was reported already', async () => {
    const inVault = signingCertificate({ id: 'e1', keyStore: 'vault' });
    const core = coreWith(answers);
    const cards = [{ serialNumber: token, lostAt: '2026-11-20T12:00:00Z', isInUse: false }];
    show(<ReportLost person={person({ certificates: [inVault], cards })} onClose={nothing} />, core.api);
    await waitFor(() => expect(core.commands('certificates.previewRevocation')).toEqual([{ certificates: ['e1'] }]));
  });
});

describe('wiping a card', () => {
  const seen = (reply: Reply | unknown) =>
    coreWith({
      'tokens.list': { tokens: [sampleCard()], modules: [sampleDriver()], unfinished: [], lost: [], readers: [] },
      'tokens.wipe': reply,
    });

  async function typeCode(code: string): Promise<void> {
    fireEvent.input(await screen.findByLabelText('Unlock code'), { target: { value: code } });
    fireEvent.click(screen.getByRole('button', { name: 'Wipe card 4471' }));
  }

  test('says what goes and what stays, and is done by the unlock code', async () => {
    const core = seen({ token, auditIndex: 43 });
    show(<WipeCardDialog serialNumber={token} onClose={nothing} />, core.api);
    expect(await screen.findByText('Every key and certificate on the card')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Wipe card 4471' }));
    expect(await screen.findByText('Type the unlock code.')).toBeTruthy();
    await typeCode('73946105');
    expect(await screen.findByRole('dialog', { name: 'Card 4471 is wiped' })).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain('73946105');
  });

  test('with a wrong code wipes nothing and asks again', async () => {
    const core = seen(refused('token.unlock-code-incorrect'));
    show(<WipeCardDialog serialNumber={token} onClose={nothing} />, core.api);
    await typeCode('55667711');
    expect(await screen.findByText(/^That unlock code was wrong/, { selector: 'p' })).toBeTruthy();
    expect(core.commands('tokens.wipe')).toHaveLength(1);
  });
});
