import { describe, expect, it } from 'vitest';
import { verifyCms, type MessageVerdict } from '../../../main/domain/cms/verify-cms.ts';
import { MessageWorkshop, inOneWord, mutant, primitives } from './workshop.ts';

/** Made anew for each test that needs one: nothing is shared but what it costs. */
function workshopOf(...people: readonly (readonly [string, readonly string[]])[]): MessageWorkshop {
  const workshop = new MessageWorkshop();
  for (const [name, key] of people) workshop.person(name, key);
  workshop.put('text', 'Dear Ada,\r\nthe results are in.\r\n');
  return workshop;
}

const rsa = ['-newkey', 'rsa:2048'];
const p384 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'];
const sign = (workshop: MessageWorkshop, ...options: readonly string[]): Uint8Array => {
  workshop.run('openssl', 'cms', '-sign', '-binary', '-in', 'text', '-outform', 'DER', '-out', 'out.p7', ...options);
  return workshop.read('out.p7');
};
const codes = ({ layers }: MessageVerdict): string[] => layers.flatMap(({ findings }) => findings.map(({ code }) => code));

describe('a file that openssl signed', () => {
  it.each([
    ['RSA', rsa, []],
    ['RSA with PSS', rsa, ['-keyopt', 'rsa_padding_mode:pss']],
    ['RSA with PSS and SHA-512', rsa, ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:64']],
    ['ECDSA', p384, ['-md', 'sha384']],
    ['a key identifier', p384, ['-keyid']],
    ['no signed attributes', rsa, ['-noattr']],
    ['the signing certificate named', rsa, ['-cades']],
    ['indefinite lengths', rsa, ['-stream', '-indef']],
  ])('holds with %s: inside, beside, and never another content', (_, key, options) => {
    const workshop = workshopOf(['ada', key]);
    const question = workshop.question();
    const signer = ['-signer', 'ada.crt', '-inkey', 'ada.pem', ...options];
    const inside = verifyCms(sign(workshop, '-nodetach', ...signer), undefined, question, primitives);
    expect(inside).toMatchObject({
      valid: true,
      layers: [{ kind: 'signed-data', signed: true, status: 'valid', signer: { emails: ['ada@clinic.example'] } }],
    });
    const beside = sign(workshop, ...signer);
    expect(verifyCms(beside, workshop.read('text'), question, primitives).valid).toBe(true);
    const changed = verifyCms(beside, mutant(workshop.read('text'), 3), question, primitives);
    expect([changed.valid, codes(changed)]).toEqual([false, [options.includes('-noattr') ? 'cms.signature' : 'cms.digest']]);
    const isInside = options.includes('-stream');
    expect(codes(verifyCms(beside, undefined, question, primitives)).includes('cms.no-content')).toBe(!isInside);
  });

  it('twice holds only if both do', () => {
    const workshop = workshopOf(['ada', rsa], ['eve', p384]);
    const both = sign(workshop, '-nodetach', '-signer', 'ada.crt', '-inkey', 'ada.pem', '-signer', 'eve.crt', '-inkey', 'eve.pem');
    const verdict = verifyCms(both, undefined, workshop.question(), primitives);
    expect(verdict.layers[0]?.signers.map(({ valid }) => valid)).toEqual([true, true]);
    const signature = both.length - 20;
    const broken = verifyCms(mutant(both, signature), undefined, workshop.question(), primitives);
    expect([broken.valid, codes(broken)]).toEqual([false, ['cms.signature']]);
    expect(broken.layers[0]?.signers.filter(({ valid }) => valid)).toHaveLength(1);
  });

  it('with SHA-1 is refused unless that is allowed, and with MD5 always', () => {
    const workshop = workshopOf(['ada', rsa]);
    const signer = ['-nodetach', '-signer', 'ada.crt', '-inkey', 'ada.pem'];
    const old = sign(workshop, ...signer, '-md', 'sha1');
    expect(codes(verifyCms(old, undefined, workshop.question(), primitives))).toEqual(['cms.weak-algorithm']);
    expect(verifyCms(old, undefined, workshop.question({ allowSha1: true }), primitives).valid).toBe(true);
    const older = verifyCms(sign(workshop, ...signer, '-md', 'md5'), undefined, workshop.question({ allowSha1: true }), primitives);
    expect([older.valid, codes(older)]).toEqual([false, expect.arrayContaining(['cms.unsupported-algorithm'])]);
  });

  it('by somebody nobody vouches for is refused, and taken without a chain only when that is asked', () => {
    const workshop = workshopOf(['ada', rsa]);
    const file = sign(workshop, '-nodetach', '-signer', 'ada.crt', '-inkey', 'ada.pem');
    const other = new MessageWorkshop();
    // Another root of the same name.
    expect(codes(verifyCms(file, undefined, other.question(), primitives))).toEqual(['path.signature']);
    expect(codes(verifyCms(file, undefined, workshop.question({ trust: [] }), primitives))).toEqual(['path.unknown-issuer']);
    expect(verifyCms(file, undefined, workshop.question({ trust: undefined }), primitives).valid).toBe(true);
    const early = workshop.question({ time: new Date('2020-01-01T00:00:00Z') });
    expect(codes(verifyCms(file, undefined, early, primitives))).toContain('path.not-yet-valid');
  });

  it('without its certificate needs it from the pool', () => {
    const workshop = workshopOf(['ada', rsa]);
    const file = sign(workshop, '-nodetach', '-nocerts', '-signer', 'ada.crt', '-inkey', 'ada.pem');
    expect(codes(verifyCms(file, undefined, workshop.question(), primitives))).toEqual(['cms.no-certificate']);
    expect(verifyCms(file, undefined, workshop.question({ pool: [workshop.certificate('ada')] }), primitives).valid).toBe(true);
  });

  it('with a key that is for encryption is refused', () => {
    const workshop = new MessageWorkshop();
    workshop.person('ada', rsa, 'keyEncipherment');
    workshop.put('text', 'x');
    const file = sign(workshop, '-nodetach', '-signer', 'ada.crt', '-inkey', 'ada.pem');
    expect(codes(verifyCms(file, undefined, workshop.question(), primitives))).toEqual(['path.key-usage']);
  });
});

describe('more signers than any message has', () => {
  it('are refused, before their paths take long', () => {
    const workshop = workshopOf();
    const names = Array.from({ length: 9 }, (_, at) => `p${at}`);
    for (const name of names) workshop.person(name, ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const signers = (count: number): string[] =>
      names.slice(0, count).flatMap((name) => ['-signer', `${name}.crt`, '-inkey', `${name}.pem`]);
    const verdictOf = (count: number): string =>
      inOneWord(() => verifyCms(sign(workshop, '-nodetach', ...signers(count)), undefined, workshop.question(), primitives));
    expect([verdictOf(8), verdictOf(9)]).toEqual(['valid', 'input.too-large']);
  });
});

describe('other kinds of file', () => {
  it('certificates only are signed by nobody; encrypted ones cannot be seen into', () => {
    const workshop = workshopOf(['ada', rsa]);
    workshop.run('openssl', 'crl2pkcs7', '-nocrl', '-certfile', 'ada.crt', '-outform', 'DER', '-out', 'certs.p7');
    expect(verifyCms(workshop.read('certs.p7'), undefined, workshop.question(), primitives)).toMatchObject({
      valid: false,
      layers: [{ kind: 'certs-only', signed: false, status: 'unsigned' }],
    });
    workshop.run('openssl', 'cms', '-encrypt', '-in', 'text', '-outform', 'DER', '-out', 'enc.p7', 'ada.crt');
    expect(verifyCms(workshop.read('enc.p7'), undefined, workshop.question(), primitives)).toMatchObject({
      valid: false,
      layers: [{ kind: 'enveloped-data', status: 'encrypted' }],
    });
  });

  it('NSS: cmsutil signs, and it holds', () => {
    const workshop = workshopOf(['ada', rsa]);
    workshop.put('empty', '\n');
    workshop.run(
      'openssl',
      'pkcs12',
      '-export',
      '-inkey',
      'ada.pem',
      '-in',
      'ada.crt',
      '-name',
      'ada',
      '-out',
      'ada.p12',
      '-passout',
      'file:empty',
    );
    workshop.run('certutil', '-N', '-d', 'sql:.', '-f', 'empty');
    workshop.run('certutil', '-A', '-d', 'sql:.', '-n', 'root', '-t', 'CT,C,', '-i', 'root.crt');
    workshop.run('pk12util', '-i', 'ada.p12', '-d', 'sql:.', '-k', 'empty', '-w', 'empty');
    for (const detached of [[], ['-T']]) {
      workshop.run('cmsutil', '-S', '-d', 'sql:.', '-N', 'ada', '-H', 'SHA256', '-G', '-i', 'text', '-o', 'nss.p7', ...detached);
      const content = detached.length === 0 ? undefined : workshop.read('text');
      const verdict = verifyCms(workshop.read('nss.p7'), content, workshop.question(), primitives);
      expect([codes(verdict), verdict.valid, verdict.layers[0]?.signingTime]).toEqual([[], true, expect.stringMatching(/Z$/)]);
    }
  });
});

describe('a file that was changed', () => {
  const made = (): { workshop: MessageWorkshop; file: Uint8Array } => {
    const workshop = workshopOf(['ada', p384]);
    return { workshop, file: sign(workshop, '-nodetach', '-signer', 'ada.crt', '-inkey', 'ada.pem') };
  };

  it('anywhere is refused, or says the same as before', () => {
    const { workshop, file } = made();
    const question = workshop.question();
    const content = Buffer.from(file).indexOf(Buffer.from('Dear Ada'));
    const before = JSON.stringify(verifyCms(file, undefined, question, primitives));
    const wrong: number[] = [];
    for (let at = 0; at < file.length; at++) {
      const changed = mutant(file, at);
      const word = inOneWord(() => verifyCms(changed, undefined, question, primitives));
      expect(word, `octet ${at}`).toMatch(/^(valid|invalid|input\..*|unsupported)$/);
      if (word === 'valid') {
        const isSame = JSON.stringify(verifyCms(changed, undefined, question, primitives)) === before;
        const isContent = at >= content && at < content + 33;
        if (!isSame || isContent) wrong.push(at);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('where it says by what it is digested is refused as openssl refuses it, although nothing depends on it', () => {
    const workshop = new MessageWorkshop();
    workshop.person('ada', rsa);
    workshop.put('text', 'The appointment is on Tuesday.\r\n');
    const file = sign(workshop, '-nodetach', '-signer', 'ada.crt', '-inkey', 'ada.pem');
    const at = Buffer.from(file).indexOf(Buffer.from('310d300b0609', 'hex')) + 2;
    expect(file[at]).toBe(0x30);
    const changed = file.with(at, 0);
    expect(inOneWord(() => verifyCms(changed, undefined, workshop.question(), primitives))).toBe('input.malformed-der');
    workshop.put('changed', changed);
    expect(workshop.succeeds('openssl', 'cms', '-verify', '-inform', 'DER', '-in', 'changed', '-CAfile', 'root.crt', '-out', 'out')).toBe(
      false,
    );
  });

  it('or cut off anywhere is refused', () => {
    const { workshop, file } = made();
    for (let length = 0; length < file.length; length += 7)
      expect(inOneWord(() => verifyCms(file.subarray(0, length), undefined, workshop.question(), primitives))).toMatch(/^input\./);
  });
});
