import { Secret } from '../../main/contract/secret.ts';
import { expect, it } from 'vitest';
import { letter, practiceWithLeaver, readWith, recoveryOf } from './support/escrow.ts';
import { signInAs } from './support/operators.ts';
import { openPractice, secret, temporaryDirectory } from './support/practice.ts';

it('a leaver’s old mail is read on another computer, from a backup that was restored there, by two officers and by neither alone', async () => {
  const { client, person, mail } = await practiceWithLeaver();
  const key = Uint8Array.from((await client.backup.makeKey({})).key.reveal());
  const { path } = await client.backup.create({ folder: temporaryDirectory() });

  const away = await openPractice();
  await away.client.backup.restore({ path, key: new Secret(key) });
  await away.client.session.signIn({ operator: 'admin', passphrase: secret() });
  const { request } = await away.client.escrow.ask(recoveryOf(person));
  const deliver = () => away.client.escrow.deliver({ request });
  await expect(deliver()).rejects.toMatchObject({ code: 'escrow.not-approved' });
  await expect(away.client.escrow.approve({ request })).rejects.toMatchObject({ code: 'escrow.own-request' });

  const ben = await signInAs(away, 'Ben');
  await ben.escrow.approve({ request });
  expect(readWith(await deliver(), mail)).toBe(letter);
});
