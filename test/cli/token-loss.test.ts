import { expect, test } from 'vitest';
import { stoppedReaderService } from '../services/support/reader-service.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm, soPin } from '../services/support/soft-hsm.ts';
import { deskWithPractice, staff, type Run } from './support/command-line.ts';

async function deskWithCard() {
  const token = newSoftHsm().addToken('Ada');
  const desk = await deskWithPractice({ tokenModules: [softHsmModule], readerService: stoppedReaderService });
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  desk.put('pin', `${pin}\n`);
  desk.put('so-pin', `${soPin}\n`);
  const enroll = async () => desk.json('enroll', 'ada@ridgeway.example', '--store', `token:${token}`, '--pin-file', desk.path('pin'));
  await enroll();
  return { desk, token, enroll };
}

const errorOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string; hint: string } }).error;

test('a card is lost, found and wiped by one line each, which say what was done and what comes next', async () => {
  const { desk, token } = await deskWithCard();
  const preview = await desk.run('token', 'lost', 'ada@ridgeway.example', '--preview');
  expect(preview.stdout).toMatch(
    new RegExp(`^If ${token} of Ada Lovelace is reported lost:\n {2}revoked: \\S+ \\(sign, .*\n {2}goes on: `),
  );
  expect(preview.stdout).toContain('Nothing was changed.');

  const lost = await desk.run('token', 'lost', token, '--note', 'left on the bus');
  expect(lost.stdout).toMatch(/^Reported lost: \S+ of Ada Lovelace\.\nRevoked: \S+\nList \d+ says so/);
  expect(lost.stdout).toContain('signs nothing and opens no mail without its PIN');
  expect(lost.stdout).toMatch(/^Next: a new card \(enroll /m);
  expect((await desk.run('token', 'list')).stdout).toMatch(new RegExp(`^lost: ${token} of Ada Lovelace, since`, 'm'));

  const refused = await desk.run('token', 'wipe', token, '--so-pin-file', desk.path('so-pin'), '--json');
  expect([refused.exit, errorOf(refused).code, errorOf(refused).hint]).toEqual([5, 'token.lost', expect.stringContaining('token found')]);
  expect((await desk.run('token', 'found', token)).stdout).toContain('stays revoked');
  const wiped = await desk.run('token', 'wipe', token, '--so-pin-file', desk.path('so-pin'));
  expect([wiped.exit, wiped.stdout]).toEqual([0, expect.stringContaining(`Wiped: ${token}`)]);
  expect(await desk.json('token', 'show', token)).toMatchObject({ pin: 'not-set', personId: null });
});

test('what is not known, is lost already or is still in use leaves by its exit code', async () => {
  const { desk, token } = await deskWithCard();
  const runs = [
    await desk.run('token', 'lost', 'ffffffff', '--json'),
    await desk.run('token', 'found', token, '--json'),
    await desk.run('token', 'wipe', token, '--so-pin-file', desk.path('so-pin'), '--json'),
  ];
  await desk.json('token', 'lost', token);
  runs.push(await desk.run('token', 'lost', token, '--json'));
  expect(runs.map((run) => [run.exit, errorOf(run).code])).toEqual([
    [3, 'not-found'],
    [3, 'stale'],
    [5, 'token.in-use'],
    [3, 'conflict'],
  ]);
});

test('where the key that signs the list is offline, the card is lost all the same and the list is said to be owed', async () => {
  const { desk, token } = await deskWithCard();
  const [issuing, root] = ['Ridgeway Family Practice Issuing 1', 'Ridgeway Family Practice Root'];
  await desk.json('authority', 'create', 'Ridgeway Two', '--under', root, '--use');
  desk.put('password', 'horse battery staple correct\n');
  const files = ['--out', desk.path('stick-1.pem'), '--out', desk.path('stick-2.pem')];
  await desk.json('authority', 'take-offline', issuing, ...files, '--password-file', desk.path('password'));
  expect((await desk.run('token', 'lost', token, '--preview')).stdout).toContain(`no list can be made: the key of ${issuing} is offline`);
  expect(await desk.json('token', 'lost', token)).toMatchObject({ owing: [issuing], lists: [], revoked: [expect.any(String) as string] });
  expect(await desk.json('token', 'show', token)).toMatchObject({ certificates: [{ status: 'revoked' }] });
});
