import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../main/contract/door.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { AppError } from '../../main/domain/errors.ts';
import { actsFor } from '../../renderer/features/authorities/authority-act.ts';
import { keyFileFault } from '../../renderer/features/authorities/key-file-words.ts';
import { NextKeyDialog } from '../../renderer/features/authorities/next-key-dialog.tsx';
import { TakeOfflineDialog } from '../../renderer/features/authorities/take-offline-dialog.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { authority } from './support/sample-authorities.ts';

standInForLayout();

describe('what can be done with an authority', () => {
  const root = authority('Root');
  const issuing = authority('Issuing', 'Root');

  test('is a new key and to take it offline, for a root', () => {
    expect(actsFor(root, [root, issuing])).toEqual(['next-key', 'take-offline']);
  });

  test('never takes offline a key that is needed every day', () => {
    expect(actsFor(issuing, [root, issuing])).toEqual(['next-key']);
  });

  test('brings back what is offline, or takes in its list', () => {
    expect(actsFor(authority('Root', null, { keyStore: 'offline' }), [])).toEqual(['next-key', 'bring-back', 'add-list']);
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
    expect(screen.queryByRole('button', { name: 'Copy: Password of the file' })).toBeNull();
  });

  test('wipes the password when the dialog is left', async () => {
    const { password } = begin();
    press('Make the encrypted file');
    await screen.findByText('made-for-you');
    press('Leave the key here');
    expect([...password.reveal()].every((octet) => octet === 0)).toBe(true);
  });
});
