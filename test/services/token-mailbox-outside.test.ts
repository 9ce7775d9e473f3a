import { expect, test } from 'vitest';
import { addPeople, newPractice, secret } from './support/practice.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn } from './support/soft-hsm.ts';

test('no key is made on a token for a mailbox that the issuing authority may not vouch for', async () => {
  const token = newSoftHsm().addToken('Ada');
  const { client, ...practice } = await newPractice({ tokenModules: [softHsmModule], tokenDeadlines: impatient });
  const [person = ''] = await addPeople({ client, ...practice }, 1);
  const [root] = (await client.authorities.list({})).authorities;
  const mailDomains = ['elsewhere.example'];
  await client.authorities.create({ name: 'Elsewhere', under: root?.id, algorithm: 'p256', mailDomains, use: true });
  await expect(client.tokens.enroll({ person, token, pin: secret(pin) })).rejects.toMatchObject({ code: 'input.mailbox-outside' });
  expect(objectsOn(token)).toEqual([]);
  const { entries } = await client.audit.list({ actions: ['token.enroll', 'token.begin'] });
  expect(entries).toMatchObject([{ action: 'token.enroll', outcome: 'refused', error: 'input.mailbox-outside' }]);
});
