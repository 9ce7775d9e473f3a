import { describe, expect, it, onTestFinished } from 'vitest';
import { openKeyring, type Keyring } from '../gnupg/keyring.ts';
import { practiceOfTwo, recoveryOf } from './support/escrow.ts';
import { secret } from './support/practice.ts';

const words = 'chosen for this file';

function newKeyring(): Keyring {
  const keyring = openKeyring();
  onTestFinished(() => keyring.close());
  return keyring;
}

/** Somebody with an OpenPGP key and nothing else, and a letter that gpg encrypted to it. */
async function withOpenPgpKey() {
  const practice = await practiceOfTwo();
  const { id } = await practice.client.openpgp.generate({ person: practice.person });
  const sender = newKeyring();
  const { bytes } = await practice.client.openpgp.export({ key: id });
  sender.take(bytes);
  const to = sender.records('--list-keys').find(([type]) => type === 'fpr')?.[9] ?? '';
  const { stdout: mail } = sender.gpg(['--trust-model', 'always', '--recipient', to, '--encrypt'], { input: 'an old letter' });
  const recover = async () => {
    const { request } = await practice.client.escrow.ask(recoveryOf(practice.person));
    await practice.ben.escrow.approve({ request });
    return practice.client.escrow.deliver({ request, password: secret(words) });
  };
  return { ...practice, id, mail, recover };
}

describe('the OpenPGP key of somebody who left', () => {
  it('is in the escrow alone where it opens mail, and gpg reads their old letter with what two officers recover, and signs nothing with it', async () => {
    const { client, person, id, mail, recover } = await withOpenPgpKey();
    await client.people.leave({ person });
    await expect(client.openpgp.exportSecret({ key: id, password: secret(words) })).rejects.toMatchObject({ code: 'not-found' });
    const { file, openPgp } = await recover();
    expect([file, openPgp.length]).toEqual([null, 1]);
    const keyring = newKeyring();
    keyring.take(openPgp[0]?.bytes ?? new Uint8Array());
    expect(keyring.records('--list-secret-keys').find(([type]) => type === 'sec')?.[14]).toBe('#');
    expect(keyring.gpg(['--decrypt'], { input: mail, password: words }).stdout.toString()).toBe('an old letter');
    expect(keyring.gpg(['--detach-sign'], { input: 'in their name', password: words }).succeeded).toBe(false);
    const { entries } = await client.audit.list({ actions: ['escrow.deliver'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', subject: { person, openPgp: [id], certificates: [] } });
  });

  it('can still be ended by an administrator', async () => {
    const { client, person, id } = await withOpenPgpKey();
    await client.people.leave({ person });
    const { bytes } = await client.openpgp.exportRevocation({ key: id });
    expect(Buffer.from(bytes).toString()).toContain('BEGIN PGP PUBLIC KEY BLOCK');
  });

  it('is opened by no other password, and not without another officer', async () => {
    const { client, person, mail, recover } = await withOpenPgpKey();
    const { request } = await client.escrow.ask(recoveryOf(person));
    await expect(client.escrow.deliver({ request })).rejects.toMatchObject({ code: 'escrow.not-approved' });
    const { openPgp } = await recover();
    const keyring = newKeyring();
    keyring.take(openPgp[0]?.bytes ?? new Uint8Array());
    expect(keyring.gpg(['--decrypt'], { input: mail, password: 'a guess' }).succeeded).toBe(false);
  });
});
