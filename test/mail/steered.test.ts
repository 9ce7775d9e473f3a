import { expect, it } from 'vitest';
import { programsWithoutUse } from '../../main/domain/mail-client/fitness.ts';
import { deskWithPractice } from '../cli/support/command-line.ts';
import { addPeople, enroll, newPractice } from '../services/support/practice.ts';

it('keys are made of a kind that every mail program of the practice can use, said before, and as asked where somebody asks', async () => {
  const practice = await newPractice();
  const { client } = practice;
  const [one = '', two = ''] = await addPeople(practice, 2);
  const kindOf = async (person: string) => {
    const { certificates } = await client.people.show({ person });
    return [...new Set(certificates.filter(({ isCurrent }) => isCurrent).map(({ keyAlgorithm }) => keyAlgorithm))];
  };
  await client.policies.set({ mailPrograms: ['thunderbird', 'outlook'] });
  expect(await client.enrollment.algorithm({})).toEqual({ wished: 'p256', algorithm: 'p256', because: [] });
  await enroll(practice, [one]);
  expect(await kindOf(one)).toEqual(['p256']);

  await client.policies.set({ mailPrograms: ['thunderbird', 'evolution', 'gmail'] });
  const because = ['Evolution', 'Gmail in Google Workspace'];
  expect(await client.enrollment.algorithm({})).toEqual({ wished: 'p256', algorithm: 'rsa-3072', because });
  await enroll(practice, [two]);
  expect(await kindOf(two)).toEqual(['rsa-3072']);
  await client.certificates.renew({ person: one });
  expect(await kindOf(one)).toEqual(['rsa-3072']);
  await client.certificates.renew({ person: one, algorithm: 'p256' });
  expect(await kindOf(one)).toEqual(['p256']);
  const { programs } = await client.mail.programs({ person: two });
  expect(programs.filter(({ obstacle }) => obstacle !== null)).toEqual([]);
});

it('the command line says what keys are made as before it makes them, and takes no program that there is not', async () => {
  const desk = await deskWithPractice();
  const wrong = await desk.run('policy', 'set', '--mail-programs', 'kmail,pine', '--json');
  expect([wrong.exit, JSON.parse(wrong.stdout)]).toMatchObject([2, { error: { code: 'input.invalid' } }]);
  expect(await desk.json('policy', 'set', '--mail-programs', 'kmail')).toMatchObject({ mailPrograms: ['kmail'] });
  const enrolled = await desk.run('enroll', '--csv', desk.put('staff.csv', 'name,email\nAda,ada@ridgeway.example\n'), '--json');
  expect(enrolled.stderr).toContain('Keys are made as rsa-3072, because KMail can do nothing with p256.');
  expect(await desk.json('policy', 'set', '--mail-programs', 'none')).toMatchObject({ mailPrograms: [] });
});

it.each([
  ['p256', ['thunderbird', 'apple', 'files'], []],
  ['ed25519', ['claws', 'thunderbird'], ['Claws Mail']],
  ['p384', ['outlook-older', 'neomutt'], ['Outlook on Windows older than Windows 10 1809', 'NeoMutt']],
  ['rsa-2048', ['outlook-older', 'neomutt', 'evolution'], []],
] as const)('of %s keys, %j leave %j without use', (algorithm, programs, without) => {
  expect(programsWithoutUse(algorithm, programs)).toEqual(without);
});
