import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../main/contract/door.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { AppError } from '../../main/domain/errors.ts';
import { actsFor } from '../../renderer/features/authorities/authority-act.ts';
import { importFault, severalIn } from '../../renderer/features/authorities/import-words.ts';
import { keyFileFault } from '../../renderer/features/authorities/key-file-words.ts';
import { NextKeyDialog } from '../../renderer/features/authorities/next-key-dialog.tsx';
import { TakeOfflineDialog } from '../../renderer/features/authorities/take-offline-dialog.tsx';
import { ocspDraft, ocspOrder, readAddress } from '../../renderer/features/authorities/ocsp-draft.ts';
import { answeredBeside, saveWithAnswers } from '../../renderer/features/authorities/publish-answers.ts';
import { AcceptAuthorityDialog } from '../../renderer/features/authorities/accept-authority-dialog.tsx';
import { RequestAuthorityDialog } from '../../renderer/features/authorities/request-authority-dialog.tsx';
import type { TokenSummary } from '../../main/contract/tokens.ts';
import { algorithmsOn, cardsForKeys } from '../../renderer/features/authorities/new-authority.ts';
import { KeyOnToken } from '../../renderer/features/authorities/key-on-token.tsx';
import { OpenKeyDialog } from '../../renderer/features/authorities/open-key-dialog.tsx';
import type { Api } from '../../renderer/api.ts';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { authority } from './support/sample-authorities.ts';
import { sampleCard } from './support/sample-cards.ts';

standInForLayout();

describe('what can be done with an authority', () => {
  const root = authority('Root');
  const issuing = authority('Issuing', 'Root');

  test('is a new key, to take it offline and to sign another’s request, for a root', () => {
    expect(actsFor(root, [root, issuing])).toEqual(['next-key', 'take-offline', 'certify', 'ocsp']);
  });

  test('never takes offline a key that is needed every day', () => {
    expect(actsFor(issuing, [root, issuing])).toEqual(['next-key', 'ocsp']);
  });

  test('brings back what is offline, or takes in its list', () => {
    expect(actsFor(authority('Root', null, { keyStore: 'offline' }), [])).toEqual(['next-key', 'bring-back', 'add-list', 'ocsp']);
  });

  test('gives no second key to one that was followed, and none to one that is revoked', () => {
    expect(actsFor(root, [root, authority('Root (2)', null, { replaces: 'Root' })])).toEqual(['take-offline']);
    expect(actsFor(authority('Gone', 'Root', { revokedAt: '2026-11-01T00:00:00Z', issuesToPeople: false }), [])).toEqual(['take-offline']);
  });
});

describe('a key file that is refused', () => {
  test.each([
    ['a wrong password', new AppError('input.wrong-password', ''), { password: expect.stringContaining('does not open') }],
    [
      'another key',
      new AppError('input.invalid', '', { field: 'key', reason: 'mismatch' }),
      { file: expect.stringContaining('not that of Root') },
    ],
    ['no key', new AppError('input.invalid', '', { field: 'key' }), { file: expect.stringContaining('There is no key') }],
  ])('is said beside the field: %s', (_, error, fault) => expect(keyFileFault(error, 'Root')).toEqual(fault));

  test('for anything else says nothing there', () => {
    expect(keyFileFault(new AppError('conflict', ''), 'Root')).toBeUndefined();
    expect(keyFileFault(undefined, 'Root')).toBeUndefined();
  });
});

describe('an authority that is not taken in', () => {
  const aboutKey = (reason?: string) => new AppError('input.invalid', '', { field: 'key', ...(reason === undefined ? {} : { reason }) });

  test.each([
    ['a wrong password', new AppError('input.wrong-password', ''), { password: expect.stringContaining('does not open') }],
    ['a key that is missing', aboutKey('missing'), { key: expect.stringContaining('Choose the file it is in') }],
    ['the key of another', aboutKey('mismatch'), { key: expect.stringContaining('not that of the certificate') }],
    ['no key', aboutKey(), { key: expect.stringContaining('no key in this file') }],
    ['nobody above it', new AppError('path.unknown-issuer', ''), { above: expect.stringContaining('choose its certificate') }],
    ['anything else', new AppError('input.invalid', '', { field: 'certificate' }), undefined],
  ])('has it said beside the field: %s', (_, error, fault) => expect(importFault(error)).toEqual(fault));

  test('names those in its file where there are several', () => {
    expect(severalIn(new AppError('input.several-authorities', '', { names: ['Root', 'Issuing'] }))).toEqual(['Root', 'Issuing']);
    expect(severalIn(new AppError('conflict', ''))).toEqual([]);
  });
});

describe('the next key', () => {
  const keys = [authority('Root'), authority('Root (2)', null, { replaces: 'Root' })];

  test('of a root is signed by itself, and both vouch for each other', () => {
    show(<NextKeyDialog authority={keys[1] ?? authority('')} all={keys} onClose={() => undefined} />);
    expect(screen.getByText(/which it signs itself/)).toBeTruthy();
    expect(screen.getByText(/vouch for each other/)).toBeTruthy();
    expect(screen.queryByText(/Certificates for people/)).toBeNull();
  });

  test('of one that issues is signed by the newest key above it, is of the kind it had, and tells of people', async () => {
    const core = stubCore((): Reply => ({ ok: true, value: { name: 'Issuing (2)', notAfter: '2036-01-01T00:00:00Z' } }));
    const issuing = authority('Issuing', 'Root');
    show(<NextKeyDialog authority={issuing} all={[...keys, issuing]} onClose={() => undefined} />, core.api);
    expect(screen.getByText(/signed by Root \(2\)/)).toBeTruthy();
    expect(screen.getByText(/Certificates for people/)).toBeTruthy();
    expect(screen.queryByText(/vouch for each other/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Make the new key' }));
    expect(await screen.findByText(/has taken over/)).toBeTruthy();
    expect(screen.queryByText(/everybody who has added the old one/)).toBeNull();
    expect(core.asked).toEqual([{ name: 'authorities.rollover', input: { authority: 'Issuing', algorithm: 'p256' } }]);
  });
});

describe('taking a key offline', () => {
  const begin = () => {
    const password = new Secret(new TextEncoder().encode('made-for-you'));
    const core = stubCore((name, input) => {
      const own = typeof input === 'object' && input !== null && 'password' in input;
      if (name === 'offline.exportKey')
        return { ok: true, value: { file: new FileContent('root.key.pem', Uint8Array.of(1)), password: own ? null : password } };
      return { ok: true, value: { path: '/media/stick/root.key.pem' } };
    });
    const { unmount } = show(<TakeOfflineDialog authority={authority('Root')} all={[]} onClose={() => undefined} />, core.api);
    return { core, password, unmount };
  };
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const dialog = () => within(screen.getByRole('dialog'));

  test('shows the password that was made while the file is saved, and not after', async () => {
    const { core } = begin();
    press('Make the encrypted file');
    expect(await screen.findByText('made-for-you')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Next: show that it opens' })).toHaveProperty('disabled', true);
    press('Save the file');
    expect(await screen.findByText('Saved: /media/stick/root.key.pem')).toBeTruthy();
    press('Next: show that it opens');
    expect(screen.queryByText('made-for-you')).toBeNull();
    expect(dialog().getByRole('button', { name: 'Take the key offline' })).toHaveProperty('disabled', true);
    expect(core.asked.map(({ name }) => name)).toEqual(['offline.exportKey', 'shell.saveFiles']);
  });

  test('makes no file with a password that was typed two ways', async () => {
    const { core } = begin();
    fireEvent.click(screen.getByText('Choose one myself'));
    fireEvent.input(screen.getByLabelText('Password of the file'), { target: { value: 'harbour lantern mosaic' } });
    fireEvent.input(screen.getByLabelText('The same again'), { target: { value: 'harbour lantern mosaik' } });
    press('Make the encrypted file');
    await waitFor(() => expect(screen.getByText(/The two were not the same/)).toBeTruthy());
    expect(core.asked).toEqual([]);
  });

  test('shows no password where the person chose it, and keeps nothing of it in the page', async () => {
    begin();
    fireEvent.click(screen.getByText('Choose one myself'));
    for (const label of ['Password of the file', 'The same again'])
      fireEvent.input(screen.getByLabelText(label), { target: { value: 'harbour lantern mosaic' } });
    press('Make the encrypted file');
    expect(await screen.findByText('The file is not saved yet.')).toBeTruthy();
    expect(document.body.innerHTML).not.toContain('harbour');
    expect(screen.queryByRole('group', { name: 'Password of the file' })).toBeNull();
  });

  test('wipes the password when the dialog is left', async () => {
    const { password } = begin();
    press('Make the encrypted file');
    await screen.findByText('made-for-you');
    press('Leave the key here');
    expect([...password.reveal()].every((octet) => octet === 0)).toBe(true);
  });
});

describe('where OCSP is answered', () => {
  const publishUrl = 'http://pki.example';
  const here = `${publishUrl}/ocsp`;

  test('is beside the lists where nothing else is said', () => {
    expect(ocspDraft({ publishUrl, ocspUrl: null })).toEqual({ isOn: false, address: here });
    expect(ocspDraft({ publishUrl, ocspUrl: 'http://other.example' })).toEqual({ isOn: true, address: 'http://other.example' });
  });

  test.each([
    ['turning on', { isOn: true, address: `${here}/` }, null, here],
    ['turning off', { isOn: false, address: here }, here, null],
    ['another address', { isOn: true, address: 'http://ocsp.example' }, here, 'http://ocsp.example'],
    ['nothing new', { isOn: true, address: here }, here, undefined],
    ['off as it was', { isOn: false, address: here }, null, undefined],
    ['an address that is none', { isOn: true, address: 'pki' }, null, undefined],
  ])('asks for what was chosen: %s', (_, draft, now, order) => expect(ocspOrder(draft, now)).toBe(order));

  test('has its faults said in words', () => {
    expect(readAddress('https://pki.example')).toEqual({ fault: 'not-http' });
    expect(readAddress('http://')).toEqual({ fault: 'wrong' });
  });

  test('is published by those who answer beside their lists and have not ended', () => {
    const beside = { publishUrl, ocspUrl: here, notAfter: '2030-01-01T00:00:00Z' };
    const others = [
      { ...beside, ocspUrl: 'http://other.example' },
      { ...beside, ocspUrl: null },
      { ...beside, publishUrl: null },
      { ...beside, notAfter: '2026-01-01T00:00:00Z' },
    ];
    expect(answeredBeside([...others, beside], new Date('2026-11-23T12:00:00Z'))).toEqual([beside]);
  });
});

describe('publishing answers', () => {
  const order = { title: 'Save', files: [new FileContent('root.crl', Uint8Array.of(1))], authorities: ['gone', 'root'] };
  const answering = (folder: { readonly id: string; readonly path: string } | null) => {
    const saved: string[] = [];
    const core = stubCore((name, input): Reply => {
      if (name === 'shell.chooseFolder') return { ok: true, value: { folder } };
      if (name === 'shell.saveInFolder') {
        saved.push(...(input as { files: readonly FileContent[] }).files.map((file) => file.name));
        return { ok: true, value: {} };
      }
      const { authority: id, after } = input as { readonly authority: string; readonly after?: string };
      if (id === 'gone') return { ok: false, error: { code: 'input.key-offline', message: '', hint: '', details: {}, traceId: '' } };
      const [name1, next] = after === undefined ? ['MFUw/a/', 'ff'] : ['MFUw//b', null];
      const files = [new FileContent(name1, Uint8Array.of(2))];
      return { ok: true, value: { files, certificates: 1, next, nextUpdate: '2026-11-27T00:00:00Z', ocspUrl: null } };
    });
    return { core, saved };
  };

  test('saves lists and every page of answers where a web server looks, and says whose could not be made', async () => {
    const { core, saved } = answering({ id: 'f', path: '/srv' });
    const counts: number[] = [];
    const done = await saveWithAnswers(core.api, order, (count) => counts.push(count));
    expect(saved).toEqual(['root.crl', 'ocsp/MFUw/a/index.html', 'ocsp/MFUw/b']);
    expect(counts).toEqual([1, 2]);
    expect(done).toMatchObject({ certificates: 2, until: '2026-11-27T00:00:00Z', failure: { code: 'input.key-offline' } });
  });

  test('signs nothing when no folder is chosen', async () => {
    const { core } = answering(null);
    expect(await saveWithAnswers(core.api, order, () => undefined)).toBeUndefined();
    expect(core.asked.map(({ name }) => name)).toEqual(['shell.chooseFolder']);
  });
});

describe('an authority whose key is on a card', () => {
  const card = sampleCard({
    serialNumber: '00a9f3d20812',
    personId: null,
    personName: null,
    certificates: [],
    algorithms: ['p256', 'p384'],
  });
  const onCard = (isOpen: boolean) =>
    authority('Card CA', 'Root', { keyStore: 'token', keyToken: { serialNumber: card.serialNumber, isOpen } });
  /** A core that sees these cards, and opens the key. */
  const core = (...tokens: readonly TokenSummary[]) =>
    stubCore((name): Reply => {
      if (name === 'tokens.list') return { ok: true, value: { tokens, modules: [], unfinished: [], lost: [], readers: [] } };
      return { ok: true, value: { authority: 'Card CA', name: 'Card CA', token: card.serialNumber } };
    });
  const ask = (api: Api, onClose = () => undefined) => show(<OpenKeyDialog authority={onCard(false)} all={[]} onClose={onClose} />, api);

  test('is opened with the card’s PIN, which leaves its field once', async () => {
    const { api, asked } = core(card);
    ask(api);
    const field = await screen.findByLabelText<HTMLInputElement>('PIN', { exact: false });
    fireEvent.input(field, { target: { value: '482915' } });
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    await waitFor(() => expect(asked.filter(({ name }) => name === 'authorities.openKey')).toHaveLength(1));
    const { input } = asked.find(({ name }) => name === 'authorities.openKey') ?? {};
    expect(input).toEqual({ authority: 'Card CA', pin: expect.any(Secret) as Secret, finalTry: false });
    expect(field.value).toBe('');
  });

  test('asks for no PIN while its card is out', async () => {
    ask(core().api);
    expect(await screen.findByText(/Put card 0812 in/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open' }).disabled).toBe(true);
  });

  test('warns before the last try of its PIN', async () => {
    ask(core({ ...card, pin: 'final-try' }).api);
    expect(await screen.findByText(/on card 0812/)).toBeTruthy();
    expect(screen.queryByLabelText('PIN', { exact: false })).toBeNull();
  });

  test('shows where its key is, and whether it is open', () => {
    show(<KeyOnToken authority={onCard(false)} onAct={() => undefined} />);
    expect(screen.getByText(/on card 0812 and not open/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open the key of Card CA' })).toBeTruthy();
    show(<KeyOnToken authority={onCard(true)} onAct={() => undefined} />);
    expect(screen.getByText(/is open until you sign out/)).toBeTruthy();
  });

  test('is requested elsewhere with its key on the card that was chosen, by its PIN', async () => {
    const { api, asked } = core(card);
    show(<RequestAuthorityDialog onClose={() => undefined} />, api);
    fireEvent.change(await screen.findByLabelText('Name', { exact: false }), { target: { value: 'Clinic' } });
    fireEvent.click(await screen.findByRole('combobox', { name: 'Where its key is made' }));
    fireEvent.click(screen.getByRole('option', { name: 'On card 0812', hidden: true }));
    fireEvent.click(screen.getByRole('button', { name: 'Make the request' }));
    expect(await screen.findByText('Type the PIN.')).toBeTruthy();
    fireEvent.input(screen.getByLabelText('Card PIN'), { target: { value: '482915' } });
    fireEvent.click(screen.getByRole('button', { name: 'Make the request' }));
    await waitFor(() => expect(asked.filter(({ name }) => name === 'offline.request')).toHaveLength(1));
    const onToken = { token: card.serialNumber, pin: expect.any(Secret) as Secret, finalTry: false };
    expect(asked.find(({ name }) => name === 'offline.request')?.input).toEqual({ name: 'Clinic', algorithm: 'p384', onToken });
  });

  test('is taken in with the PIN of the card its key waits on, which is chosen where nothing else waits', async () => {
    const request = { request: 'r1', name: 'Clinic', algorithm: 'p256', createdAt: '2026-11-01T00:00:00Z', keyToken: card.serialNumber };
    const { api } = stubCore((name): Reply => {
      if (name === 'tokens.list')
        return { ok: true, value: { tokens: [card, sampleCard()], modules: [], unfinished: [], lost: [], readers: [] } };
      return { ok: true, value: { requests: [request] } };
    });
    show(<AcceptAuthorityDialog onClose={() => undefined} />, api);
    const place = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Where its key is' });
    expect(place.value).toBe('On card 0812');
    expect(screen.getByLabelText('Card PIN')).toBeTruthy();
    fireEvent.click(place);
    expect(screen.queryByRole('option', { name: 'On card 4471', hidden: true })).toBeNull();
    fireEvent.click(screen.getByRole('option', { name: 'In the vault', hidden: true }));
    expect(screen.queryByLabelText('Card PIN')).toBeNull();
  });

  test('is made only of a kind that the card makes, and on a card of nobody', () => {
    expect(algorithmsOn(card)).toEqual(['p384', 'p256']);
    expect(
      cardsForKeys([
        card,
        { ...card, personId: 'ada' },
        { ...card, lostAt: '2026-01-01T00:00:00Z' },
        { ...card, algorithms: ['rsa-2048'] },
      ]),
    ).toEqual([card]);
  });
});
