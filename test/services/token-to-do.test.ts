import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { addOperator } from './support/operators.ts';
import { addPeople, newPractice, secret } from './support/practice.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm } from './support/soft-hsm.ts';

const onTokens = async (client: Client) => (await client.reports.overview({})).todo.filter(({ kind }) => kind.startsWith('token'));

test('what is left on a card needs whoever may settle it: once for each card, by name where it is one key, and not once it is lost', async () => {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const practice = await newPractice({ tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService });
  const { client } = practice;
  const [person = ''] = await addPeople(practice, 1);
  const { client: auditor } = await addOperator(practice, 'auditor', 'auditor');
  expect(await onTokens(client)).toEqual([]);

  const authority = await client.offline.request({ name: 'Card CA', onToken: { token, pin: secret(pin) } });
  expect(await onTokens(client)).toEqual([]);
  await client.offline.withdraw({ request: authority.request });
  expect(await onTokens(client)).toMatchObject([{ kind: 'token-authority-key', token, name: 'Card CA', count: 1 }]);
  expect(await onTokens(auditor)).toEqual([]);

  const asked = await client.tokens.generate({ person, token, pin: secret(pin) });
  await client.requests.withdraw({ request: asked.request });
  expect(await onTokens(client)).toMatchObject([{ kind: 'token-unfinished', token, name: null, count: 2 }]);

  await client.tokens.reportLost({ token });
  expect(await onTokens(client)).toEqual([]);
  await client.tokens.takeBack({ token });
  await client.tokens.reconcile({ token, pin: secret(pin) });
  expect(await onTokens(client)).toEqual([]);
});
