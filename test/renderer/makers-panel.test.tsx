import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { FileContent } from '../../main/contract/client.ts';
import type { Reply } from '../../main/contract/door.ts';
import type { AttestationIssuer, BroughtIssuer } from '../../main/contract/tokens.ts';
import { MakersPanel } from '../../renderer/features/settings/makers-panel.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const issuer = (digit: string, subject: string, isBuiltIn: boolean): AttestationIssuer => ({
  sha256: digit.repeat(64),
  subject,
  notAfter: '2046-04-14T00:00:00Z',
  isBuiltIn,
});
const builtIn = issuer('a', 'CN=Yubico PIV Root CA Serial 263751', true);
const takenIn = issuer('b', 'CN=Another Maker Root', false);
const inFile: BroughtIssuer = {
  sha256: 'c'.repeat(64),
  subject: 'CN=New Maker Root,O=New Maker Ltd',
  notAfter: '2046-04-14T00:00:00Z',
  isKnown: false,
};

function coreWith(...refusals: readonly string[]) {
  const left = [...refusals];
  return stubCore((name): Reply => {
    if (name === 'tokens.readAttestationIssuers') return { ok: true, value: { issuers: [inFile] } };
    if (name === 'tokens.attestationIssuers') return { ok: true, value: { issuers: [builtIn, takenIn] } };
    const code = left.shift();
    if (code !== undefined) return { ok: false, error: { code, message: 'Not this one.', hint: '', details: {}, traceId: '' } } as Reply;
    return { ok: true, value: name === 'tokens.addAttestationIssuers' ? { added: [takenIn] } : { removed: takenIn.sha256 } };
  });
}

/** The file dialog, asked for by this button and answered with one file. */
function choose(button: HTMLElement, name: string, content: string): void {
  const made: HTMLInputElement[] = [];
  const asking = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    made.push(this);
  });
  fireEvent.click(button);
  asking.mockRestore();
  const [input] = made;
  if (input === undefined) throw new Error('no file was asked for');
  Object.defineProperty(input, 'files', { value: [new File([content], name)] });
  fireEvent(input, new Event('change'));
}

test('makers of cards are listed with their fingerprints, one is taken in once its own was shown and compared, and a refusal is told', async () => {
  const core = coreWith('input.invalid');
  show(<MakersPanel />, core.api);
  expect(await screen.findByText(builtIn.sha256)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Take in another maker' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Take in who certifies cards' }));
  choose(dialog.getByRole('button', { name: 'Choose the file' }), 'maker.pem', 'a certificate');
  expect(dialog.queryByRole('checkbox')).toBeNull();
  const brought = within(await dialog.findByRole('list', { name: 'What is in the file' }));
  expect([
    brought.getByText('New Maker Root'),
    brought.getByText(inFile.subject),
    brought.getByText(inFile.sha256),
    dialog.getByText('maker.pem'),
  ]).toHaveLength(4);
  const act = dialog.getByRole('button', { name: 'Take it in' });
  expect(act).toHaveProperty('disabled', true);
  expect(core.asked.map(({ name }) => name)).not.toContain('tokens.addAttestationIssuers');
  fireEvent.click(dialog.getByRole('checkbox', { name: /^I have compared the fingerprint/ }));
  fireEvent.click(act);
  expect(await dialog.findByRole('alert')).toBeTruthy();
  fireEvent.click(act);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const sent = core.asked.filter(({ name }) => name === 'tokens.addAttestationIssuers');
  expect(sent.map(({ input }) => (input as { file: FileContent }).file.name)).toEqual(['maker.pem', 'maker.pem']);
});

test('one that was taken in is removed after a question, one that comes with Keyward never', async () => {
  const core = coreWith();
  show(<MakersPanel />, core.api);
  const [remove, ...more] = await screen.findAllByRole('button', { name: /^Remove/ });
  expect([remove?.getAttribute('aria-label'), more]).toEqual(['Remove: Another Maker Root', []]);
  if (remove !== undefined) fireEvent.click(remove);
  const dialog = within(await screen.findByRole('dialog', { name: 'Remove this maker?' }));
  expect(core.asked.map(({ name }) => name)).not.toContain('tokens.removeAttestationIssuer');
  fireEvent.click(dialog.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(core.asked.find(({ name }) => name === 'tokens.removeAttestationIssuer')?.input).toEqual({ sha256: takenIn.sha256 });
});

test('of a file that cannot be read, or whose makers are known already, nothing can be taken in', async () => {
  const answers: Reply[] = [
    { ok: false, error: { code: 'input.invalid', message: '', hint: '', details: {}, traceId: '' } },
    { ok: true, value: { issuers: [{ ...inFile, isKnown: true }] } },
  ];
  const core = stubCore(
    (name) => (name === 'tokens.readAttestationIssuers' ? answers.shift() : undefined) ?? { ok: true, value: { issuers: [] } },
  );
  show(<MakersPanel />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Take in another maker' }));
  const dialog = within(await screen.findByRole('dialog'));
  choose(dialog.getByRole('button', { name: 'Choose the file' }), 'leaf.pem', 'no authority');
  expect(await dialog.findByRole('alert')).toBeTruthy();
  choose(dialog.getByRole('button', { name: 'Choose the file' }), 'maker.pem', 'a certificate');
  expect(await dialog.findByText(/^Known here already/)).toBeTruthy();
  expect([dialog.queryByRole('alert'), dialog.queryByRole('checkbox')]).toEqual([null, null]);
  expect(dialog.getByRole('button', { name: 'Take it in' })).toHaveProperty('disabled', true);
});
