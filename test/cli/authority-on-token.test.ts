import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm } from '../services/support/soft-hsm.ts';
import { deskWithPractice, staff, type Run } from './support/command-line.ts';

const errorOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string; hint: string } }).error;

interface Listed {
  readonly authorities: readonly {
    readonly id: string;
    readonly name: string;
    readonly keyToken: { readonly serialNumber: string } | null;
  }[];
}

async function deskWithCard() {
  const token = newSoftHsm().addToken('Authority');
  const desk = await deskWithPractice({ tokenModules: [softHsmModule] });
  const root = (await desk.json<Listed>('authority', 'list')).authorities[0]?.name ?? '';
  const pinFile = desk.put('pin', `${pin}\n`);
  const create = [
    'authority',
    'create',
    'Card CA',
    '--under',
    root,
    '--token',
    token,
    '--pin-file',
    pinFile,
    '--algorithm',
    'p256',
    '--use',
  ];
  const made = await desk.json<{ authority: string }>(...create);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  return { desk, token, pinFile, authority: made.authority };
}

test('an authority on a card issues and signs lists for whoever gives its PIN with the command, and openssl verifies both', async () => {
  const { desk, token, pinFile, authority } = await deskWithCard();
  expect((await desk.run('authority', 'list')).stdout).toContain(`key on card ${token}`);
  const open = ['--authority-pin-file', pinFile];
  expect(await desk.json('enroll', 'ada@ridgeway.example', ...open)).toMatchObject({ state: 'done', done: 1 });
  const { certificates } = await desk.json<{ certificates: { id: string }[] }>('certificate', 'list', '--person', 'ada@ridgeway.example');
  const [leaf, chain, list] = [desk.path('leaf.pem'), desk.path('chain.pem'), desk.path('list.crl')];
  await desk.json('certificate', 'export', certificates[0]?.id ?? '', '--format', 'pem', '--out', leaf);
  await desk.json('authority', 'export', authority, '--out', chain);
  await desk.json('authority', 'crl', authority, '--out', list, '--open-authority', 'Card CA', ...open);
  const verify = (...args: readonly string[]) => spawnSync('openssl', args, { encoding: 'utf8' }).status;
  expect(verify('verify', '-CAfile', chain, leaf)).toBe(0);
  expect(verify('crl', '-inform', 'DER', '-in', list, '-CAfile', chain, '-noout')).toBe(0);
});

test('without its PIN nothing is issued, with a wrong one neither, and both say what to do; the key that follows is in the vault only where that was said', async () => {
  const { desk, authority } = await deskWithCard();
  const closed = await desk.run('enroll', 'ada@ridgeway.example', '--json');
  expect([closed.exit, errorOf(closed).code]).toEqual([5, 'token.key-not-open']);
  expect(errorOf(closed).hint).toContain('--authority-pin-file');
  const wrong = await desk.run('enroll', 'ada@ridgeway.example', '--json', '--authority-pin-file', desk.put('wrong', '987123\n'));
  expect([wrong.exit, errorOf(wrong).code]).toEqual([5, 'token.pin-incorrect']);
  const { owed } = await desk.json<{ owed: string[] }>('authority', 'crl', '--due');
  expect(owed).toEqual([]);
  const unsaid = await desk.run('authority', 'rollover', authority, '--json');
  expect([unsaid.exit, errorOf(unsaid).code]).toEqual([2, 'input.next-key-in-vault']);
  await desk.json('authority', 'rollover', authority, '--in-vault');
  expect(await desk.json('enroll', 'ada@ridgeway.example')).toMatchObject({ state: 'done', done: 1 });
});
