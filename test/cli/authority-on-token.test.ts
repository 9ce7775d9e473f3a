import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm, objectsOn } from '../services/support/soft-hsm.ts';
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

describe('an authority whose key is on a card, under somebody else’s root', () => {
  /** A root of openssl, which signs requests as they are brought, and others of its own. */
  async function deskWithRequest() {
    const hsm = newSoftHsm();
    const [token, other] = [hsm.addToken('Authority'), hsm.addToken('Other')];
    const desk = await deskWithPractice({ tokenModules: [softHsmModule] });
    const openssl = (...args: readonly string[]) =>
      execFileSync('openssl', args, { cwd: desk.path('.'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const isAuthority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
    const newKey = (name: string) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    openssl(
      'req',
      '-x509',
      ...newKey('root'),
      '-subj',
      '/CN=Outer Root',
      '-days',
      '3000',
      '-out',
      'root.pem',
      '-addext',
      isAuthority[0] ?? '',
      '-addext',
      isAuthority[1] ?? '',
    );
    openssl('req', '-new', ...newKey('another'), '-subj', '/CN=Another', '-out', 'another.csr');
    desk.put(
      'ext',
      ['basicConstraints=critical,CA:TRUE,pathlen:0', isAuthority[1], 'subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid'].join(
        '\n',
      ),
    );
    const sign = (request: string, out: string) =>
      openssl('x509', '-req', '-in', request, '-CA', 'root.pem', '-CAkey', 'root.key', '-days', '1000', '-extfile', 'ext', '-out', out);
    const card = ['--token', token, '--pin-file', desk.put('pin', `${pin}\n`)];
    await desk.json('authority', 'request', 'Card CA', '--algorithm', 'p256', ...card, '--out', desk.path('card.csr'));
    const accept = (answer: string, ...more: readonly string[]) =>
      desk.run('authority', 'accept', desk.path(answer), '--chain', desk.path('root.pem'), '--json', ...more);
    return { desk, token, other, openssl, sign, card, accept };
  }

  const listed = async ({ desk }: Pick<Awaited<ReturnType<typeof deskWithRequest>>, 'desk'>) =>
    desk.json<{ unfinished: readonly { authority: string | null; token: string }[] }>('token', 'list');

  test('its request is signed on the card, its certificate is taken in by its key and put beside it, and openssl verifies what it issues', async () => {
    const made = await deskWithRequest();
    const { desk, token, other, openssl, sign, card, accept } = made;
    expect(openssl('req', '-in', 'card.csr', '-noout', '-verify', '-text')).toMatch(/CA:TRUE/);
    expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, certificates: [] }]);
    expect(await desk.json('authority', 'requests')).toMatchObject({ requests: [{ name: 'Card CA', keyToken: token }] });
    expect(await listed(made)).toMatchObject({ unfinished: [] });
    sign('card.csr', 'card.pem');
    sign('another.csr', 'another.pem');
    const refusals = [
      await accept('another.pem', ...card),
      await accept('card.pem'),
      await accept('card.pem', '--token', other, '--pin-file', desk.path('pin')),
      await accept('card.pem', '--token', token, '--pin-file', desk.put('wrong', '987123\n')),
    ];
    expect(refusals.map((run) => [run.exit, errorOf(run).code])).toEqual([
      [2, 'input.no-request'],
      [5, 'token.login-required'],
      [3, 'conflict'],
      [5, 'token.pin-incorrect'],
    ]);
    expect(objectsOn(token)).toMatchObject([{ certificates: [] }]);
    const taken = await accept('card.pem', ...card, '--use');
    expect([taken.exit, JSON.parse(taken.stdout)]).toMatchObject([0, { name: 'Card CA', isUsed: true }]);
    expect(objectsOn(token)[0]?.certificates).toEqual([new X509Certificate(readFileSync(desk.path('card.pem'))).raw]);
    await desk.json('people', 'import', desk.put('staff.csv', staff));
    await desk.json('enroll', 'ada@ridgeway.example', '--authority-pin-file', desk.path('pin'));
    const { certificates } = await desk.json<{ certificates: { id: string }[] }>('certificate', 'list', '--person', 'ada@ridgeway.example');
    await desk.json('certificate', 'export', certificates[0]?.id ?? '', '--format', 'pem', '--out', desk.path('leaf.pem'));
    expect(openssl('verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'card.pem', 'leaf.pem')).toBe('leaf.pem: OK\n');
  });

  test('given up, its key is taken off the card when that is looked through, and until then it is listed as unfinished', async () => {
    const made = await deskWithRequest();
    const { desk, token, sign, card, accept } = made;
    const { requests } = await desk.json<{ requests: { request: string }[] }>('authority', 'requests');
    await desk.json('authority', 'withdraw-request', requests[0]?.request ?? '');
    sign('card.csr', 'card.pem');
    const late = await accept('card.pem', ...card);
    expect([late.exit, errorOf(late).code]).toEqual([2, 'input.no-request']);
    expect(await listed(made)).toMatchObject({ unfinished: [{ token, authority: 'Card CA' }] });
    expect((await desk.run('token', 'list')).stdout).toContain('for the authority Card CA: nothing needs this key');
    expect(await desk.json('token', 'reconcile', ...card.slice(1))).toMatchObject({ abandoned: 1 });
    expect(objectsOn(token)).toEqual([]);
    expect(await listed(made)).toMatchObject({ unfinished: [] });
  });
});
