import { describe, expect, it } from 'vitest';
import { openPractice, newPractice, secret, passphrase } from './support/practice.ts';
import { addOperator, passphraseOf } from './support/operators.ts';

const fresh = 'another passphrase altogether';
const change = (oldPassphrase: string = passphrase, newPassphrase: string = fresh) => ({
  oldPassphrase: secret(oldPassphrase),
  newPassphrase: secret(newPassphrase),
});

describe('changing one’s own passphrase', () => {
  it('makes the new one open and the old one not, after a restart too, and is in the log', async () => {
    const practice = await newPractice();
    await practice.client.account.changePassphrase(change());
    const { entries } = await practice.client.audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ action: 'account.change-passphrase', outcome: 'success', operator: 'admin', subject: {} });
    expect((await practice.client.workspace.status({})).signedIn).toMatchObject({ name: 'admin' });
    await practice.door.close();
    const again = await openPractice({ workspaceDirectory: practice.directory });
    await expect(again.client.session.signIn({ passphrase: secret() })).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    expect(await again.client.session.signIn({ passphrase: secret(fresh) })).toMatchObject({ name: 'admin' });
  });

  it('leaves the recovery code as it is', async () => {
    const { client, clientOf, recoveryCode } = await newPractice();
    await client.account.changePassphrase(change());
    const recovered = clientOf('other').session.recover({ recoveryCode: secret(recoveryCode), newPassphrase: secret('a third one') });
    expect(await recovered).toMatchObject({ name: 'admin' });
  });

  it('refuses a wrong old one, changes nothing, and counts it like a failed sign-in', async () => {
    const { client, clientOf } = await newPractice();
    for (let tries = 0; tries < 3; tries++)
      await expect(client.account.changePassphrase(change('wrong'))).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    await expect(client.account.changePassphrase(change())).rejects.toMatchObject({ code: 'session.too-soon' });
    await expect(clientOf('other').session.signIn({ passphrase: secret() })).rejects.toMatchObject({ code: 'session.too-soon' });
    const { entries } = await client.audit.list({ limit: 5 });
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'account.change-passphrase', outcome: 'refused', error: 'session.sign-in-failed' }),
    );
  });

  it('starts the count of failures anew when the old one was right', async () => {
    const { client } = await newPractice();
    for (let tries = 0; tries < 2; tries++) await client.account.changePassphrase(change('wrong')).catch(() => undefined);
    await client.account.changePassphrase(change());
    for (let tries = 0; tries < 3; tries++)
      await expect(client.account.changePassphrase(change('wrong'))).rejects.toMatchObject({ code: 'session.sign-in-failed' });
  });

  it('refuses the old one again, and one that cannot be used', async () => {
    const { client, clientOf } = await newPractice();
    await expect(client.account.changePassphrase(change(passphrase, passphrase))).rejects.toMatchObject({
      code: 'session.passphrase-unchanged',
    });
    await expect(client.account.changePassphrase(change(passphrase, ''))).rejects.toMatchObject({ code: 'input.empty' });
    expect(await clientOf('other').session.signIn({ passphrase: secret() })).toMatchObject({ name: 'admin' });
  });

  it('is for whoever is signed in and changes nobody else’s; their other sessions end', async () => {
    const practice = await newPractice();
    const { client: ana } = await addOperator(practice, 'Ana', 'staff');
    const elsewhere = practice.clientOf('elsewhere');
    await elsewhere.session.signIn({ operator: 'Ana', passphrase: secret(passphraseOf('Ana')) });
    await ana.account.changePassphrase(change(passphraseOf('Ana')));
    await expect(elsewhere.tokens.list({})).rejects.toMatchObject({ code: 'session.locked' });
    await ana.tokens.list({});
    expect((await practice.client.workspace.status({})).signedIn).toMatchObject({ name: 'admin' });
    await expect(practice.clientOf('nobody').account.changePassphrase(change())).rejects.toMatchObject({ code: 'session.locked' });
  });
});
