import { afterAll, describe, expect, it } from 'vitest';
import { encodePem } from '../../main/domain/encoding/pem.ts';
import { answerByOpenssl, newAuthority, newResponder } from '../domain/ocsp/openssl-responder.ts';
import { issue } from '../domain/path-validation/authority.ts';
import { OpensslWorkshop } from '../domain/reading/openssl.ts';
import { newDesk, type Desk } from './support/command-line.ts';

const workshop = new OpensslWorkshop();
afterAll(() => workshop.close());

const authority = newAuthority('Authority');
const target = issue({ issuer: authority });
/** After what is made here. */
const time = ['--time', new Date(Date.now() + 3_600_000).toISOString()];

const responseOf = (status: 'V' | 'R' | undefined) =>
  answerByOpenssl(workshop, { status, responder: newResponder(authority), issuer: authority, target });

function deskWith(status: 'V' | 'R' | undefined): { desk: Desk; check: string[]; chain: string[] } {
  const desk = newDesk();
  const response = desk.put('response.der', responseOf(status));
  const issuer = desk.put('issuer.pem', encodePem('CERTIFICATE', authority.certificate.der));
  const certificate = desk.put('target.der', target.certificate.der);
  return {
    desk,
    check: ['ocsp', 'check', '--response', response, '--issuer', issuer, '--certificate', certificate, ...time],
    chain: ['verify-chain', '--trust', issuer, '--ocsp', response, '--require-revocation', ...time, certificate],
  };
}

describe('an OCSP response on the command line', () => {
  it.each([
    ['V', 0, { valid: true, status: 'good', findings: [] }],
    ['R', 1, { valid: false, status: 'revoked', reason: 'keyCompromise', findings: [{ code: 'path.revoked' }] }],
    [undefined, 1, { valid: false, status: 'unknown', findings: [{ code: 'path.revocation-unknown' }] }],
  ] as const)('of status %s makes ocsp check and verify-chain end with %i', async (status, exit, json) => {
    const { desk, check, chain } = deskWith(status);
    const [checked, verified] = [await desk.run(...check, '--json'), await desk.run(...chain, '--json')];
    expect([checked.exit, verified.exit]).toEqual([exit, exit]);
    expect(JSON.parse(checked.stdout)).toMatchObject(json);
    expect((JSON.parse(verified.stdout) as { findings: unknown }).findings).toMatchObject(json.findings);
  });

  it('is answered a line at a time', async () => {
    const { desk } = deskWith('V');
    const base64 = (octets: Uint8Array) => ({ base64: Buffer.from(octets).toString('base64') });
    const issuer = base64(authority.certificate.der);
    const request = { command: 'ocsp check', issuer, certificate: base64(target.certificate.der), time: time[1] };
    const lines = [
      { id: 1, ...request, response: base64(responseOf('V')) },
      { id: 2, ...request, response: base64(Uint8Array.of(0x30, 0)) },
    ];
    const { stdout } = await desk.runWith(lines.map((line) => JSON.stringify(line)).join('\n'), '--jsonl');
    const answers = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(answers).toMatchObject([
      { id: 1, exit: 0, result: { valid: true } },
      { id: 2, exit: 2, error: { code: 'input.malformed-der' } },
    ]);
  });

  it('is refused when it is none, with a code and a hint', async () => {
    const { desk, check } = deskWith('V');
    desk.put('response.der', 'not a response');
    const { exit, stdout } = await desk.run(...check, '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([
      2,
      { error: { code: expect.stringMatching(/^input\./), hint: expect.stringMatching(/\w/) } },
    ]);
  });
});
