import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ocspPath } from '../../main/domain/x509/ocsp/response-path.ts';
import { deskWithPractice, newDesk, staff, type Desk } from './support/command-line.ts';

interface Certificates {
  readonly certificates: readonly {
    readonly id: string;
    readonly serialNumber: string;
    readonly sha256: string;
    readonly purpose: string;
  }[];
}

const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const ocsptool = (...args: readonly string[]) => execFileSync('ocsptool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const issuingName = 'Ridgeway Family Practice Issuing 1';

/** Two people enrolled; the chain and one certificate as files. */
async function deskWithPeople(desk: Desk) {
  await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
  const { authorities } = await desk.json<{ authorities: readonly { id: string; name: string; parentId: string | null }[] }>(
    'authority',
    'list',
  );
  for (const { id, parentId } of authorities)
    await desk.json('authority', 'export', id, '--format', 'pem', '--out', desk.path(parentId === null ? 'root.pem' : 'issuing.pem'));
  const issuing = authorities.find(({ parentId }) => parentId !== null)?.id ?? '';
  const { certificates } = await desk.json<Certificates>('certificate', 'list', '--search', 'ada');
  const [first, second] = certificates;
  if (first === undefined || second === undefined) throw new Error('nobody enrolled');
  await desk.json('certificate', 'export', first.id, '--format', 'pem', '--out', desk.path('leaf.pem'));
  return { issuing, first, second };
}

/** What openssl makes of a response about `leaf.pem`; it exits with an error where it does not verify. */
const judge = (desk: Desk, response: string) =>
  openssl(
    'ocsp',
    '-respin',
    response,
    '-issuer',
    desk.path('issuing.pem'),
    '-cert',
    desk.path('leaf.pem'),
    '-CAfile',
    desk.path('root.pem'),
    '-verify_other',
    desk.path('issuing.pem'),
    '-no_nonce',
  );

/** A request by openssl as a web server gets it by GET. */
function requestPath(desk: Desk, digest: 'sha1' | 'sha256'): string {
  openssl(
    'ocsp',
    `-${digest}`,
    '-issuer',
    desk.path('issuing.pem'),
    '-cert',
    desk.path('leaf.pem'),
    '-no_nonce',
    '-reqout',
    desk.path('get.der'),
  );
  return ocspPath(readFileSync(desk.path('get.der')).toString('base64'));
}

const filesBelow = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

describe('the path of a response', () => {
  it.each([
    ['MFUw+z/a=', 'MFUw+z/a='],
    ['MFUw//z', 'MFUw/z'],
    ['MFUwz/', 'MFUwz/index.html'],
  ])('that is asked for as %s is %s', (request, path) => expect(ocspPath(request)).toBe(path));

  it('is found there by a web server', async () => {
    const desk = newDesk();
    const names = ['MFUw+z/a', 'MFUw/b//z', 'MFUwz/'];
    for (const name of names) {
      mkdirSync(dirname(desk.path(ocspPath(name))), { recursive: true });
      desk.put(ocspPath(name), `response to ${name}`);
    }
    const server = spawn('python3', ['-u', '-m', 'http.server', '--bind', '127.0.0.1', '0'], { cwd: desk.directory });
    onTestFinished(() => void server.kill());
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const [, port] = /port (\d+)/.exec(line.toString()) ?? [];
    for (const name of names) {
      const reply = await fetch(`http://127.0.0.1:${port}/${name.split('/').map(encodeURIComponent).join('/')}`);
      expect(await reply.text()).toBe(`response to ${name}`);
    }
  });
});

describe('OCSP responses signed before anybody asks', () => {
  it('lie where openssl asks for them, with SHA-1 and SHA-256, and hold for openssl and GnuTLS', async () => {
    const desk = await deskWithPractice();
    const { issuing } = await deskWithPeople(desk);
    const made = await desk.json<{ responses: number }>('authority', 'ocsp', issuing, '--out', desk.path('ocsp'));
    expect(made).toMatchObject({ certificates: 4, responses: 8, ocspUrl: null });
    expect(filesBelow(desk.path('ocsp'))).toBe(8);
    for (const digest of ['sha1', 'sha256'] as const) {
      const response = join(desk.path('ocsp'), requestPath(desk, digest));
      const judged = openssl(
        'ocsp',
        `-${digest}`,
        '-respin',
        response,
        '-issuer',
        desk.path('issuing.pem'),
        '-cert',
        desk.path('leaf.pem'),
        '-CAfile',
        desk.path('root.pem'),
        '-verify_other',
        desk.path('issuing.pem'),
        '-no_nonce',
      );
      expect(judged).toMatch(/leaf\.pem: good/);
    }
    const response = join(desk.path('ocsp'), requestPath(desk, 'sha1'));
    expect(ocsptool('--verify-response', '--load-response', response, '--load-trust', desk.path('issuing.pem'))).toMatch(
      /Success|Verified/i,
    );
  });

  it('say revoked, on hold and good again as it happens', async () => {
    const desk = await deskWithPractice();
    const { issuing, first } = await deskWithPeople(desk);
    const response = join(desk.path('ocsp'), requestPath(desk, 'sha1'));
    const sign = () => desk.json('authority', 'ocsp', issuing, '--out', desk.path('ocsp'));
    await desk.json('certificate', 'suspend', first.id);
    await sign();
    expect(judge(desk, response)).toMatch(/leaf\.pem: revoked\n[\s\S]*Reason: certificateHold/);
    await desk.json('certificate', 'resume', first.id);
    await sign();
    expect(judge(desk, response)).toMatch(/leaf\.pem: good/);
    await desk.json('certificate', 'revoke', first.id, '--reason', 'keyCompromise');
    await sign();
    expect(judge(desk, response)).toMatch(/leaf\.pem: revoked\n[\s\S]*Reason: keyCompromise/);
  });

  it('come with authority publish once the certificates look for them beside the lists', async () => {
    const desk = await deskWithPractice();
    const address = ['authority', 'ocsp-address', issuingName];
    await desk.json(...address, '--url', 'http://pki.ridgeway.example/ocsp');
    await deskWithPeople(desk);
    expect(openssl('x509', '-in', desk.path('leaf.pem'), '-noout', '-ocsp_uri')).toBe('http://pki.ridgeway.example/ocsp\n');
    expect(await desk.json('authority', 'publish', '--out', desk.path('out'))).toMatchObject({ ocspResponses: 8 });
    expect(judge(desk, join(desk.path('out'), 'ocsp', requestPath(desk, 'sha1')))).toMatch(/leaf\.pem: good/);
    await desk.json(...address, '--none');
    expect(await desk.json('authority', 'publish', '--out', desk.path('later'))).toMatchObject({ ocspResponses: 0 });
  });
});

describe('one OCSP request', () => {
  it('by openssl is answered with its nonce, also for what was never issued, which is not good', async () => {
    const desk = await deskWithPractice();
    const { issuing, second } = await deskWithPeople(desk);
    await desk.json('certificate', 'revoke', second.id, '--reason', 'superseded');
    const serials = ['-serial', `0x${second.serialNumber}`, '-serial', '0x0badcafe'];
    openssl('ocsp', '-issuer', desk.path('issuing.pem'), '-cert', desk.path('leaf.pem'), ...serials, '-reqout', desk.path('request.der'));
    const answered = await desk.json(
      'authority',
      'ocsp',
      issuing,
      '--request',
      desk.path('request.der'),
      '--out',
      desk.path('response.der'),
    );
    expect(answered).toMatchObject({ answers: [{ status: 'good' }, { status: 'revoked' }, { status: 'unknown' }] });
    const judged = openssl(
      'ocsp',
      '-respin',
      desk.path('response.der'),
      '-reqin',
      desk.path('request.der'),
      '-issuer',
      desk.path('issuing.pem'),
      '-CAfile',
      desk.path('root.pem'),
      '-verify_other',
      desk.path('issuing.pem'),
      '-resp_text',
    );
    expect(judged).toMatch(/OCSP Nonce/);
    expect(judged).not.toMatch(/nonce (not found|match)|WARNING/i);
  });

  it.each([
    ['that is none', (desk: Desk) => desk.put('request.der', 'nothing'), 2, /^input\./],
    [
      'about another issuer',
      (desk: Desk) => {
        openssl('ocsp', '-issuer', desk.path('root.pem'), '-cert', desk.path('issuing.pem'), '-reqout', desk.path('request.der'));
        return desk.path('request.der');
      },
      3,
      /^not-found$/,
    ],
  ])('%s is refused with a code and a hint, and nothing is written', async (_, request, exit, code) => {
    const desk = await deskWithPractice();
    const { issuing } = await deskWithPeople(desk);
    const run = await desk.run('authority', 'ocsp', issuing, '--request', request(desk), '--out', desk.path('response.der'), '--json');
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([
      exit,
      { error: { code: expect.stringMatching(code), hint: expect.stringMatching(/\w/) } },
    ]);
    expect(readdirSync(desk.directory)).not.toContain('response.der');
  });

  it('is refused an address when the authority publishes nothing, or one that is not http', async () => {
    const desk = newDesk();
    await desk.json('init', '--name', 'Ridgeway', '--root-algorithm', 'p256', '--recovery-code-file', desk.path('code'));
    for (const url of ['http://pki.example/ocsp', 'https://pki.example/ocsp'])
      expect((await desk.run('authority', 'ocsp-address', 'Ridgeway Issuing 1', '--url', url)).exit).toBe(2);
    expect((await desk.run('authority', 'ocsp-address', 'Ridgeway Issuing 1')).exit).toBe(2);
  });
});
