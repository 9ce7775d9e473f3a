import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../../main/domain/mime/addresses.ts';
import { verifyMail } from '../../../main/domain/mime/verify-mail.ts';
import type { MessageVerdict } from '../../../main/domain/cms/verify-cms.ts';
import { MessageWorkshop, inOneWord, mutant, primitives } from '../cms/workshop.ts';
import { vectorBytes, vectorCertificate, vectorFiles } from '../reading/vectors.ts';

const codes = ({ layers }: MessageVerdict): string[] => layers.flatMap(({ findings }) => findings.map(({ code }) => code));
const kinds = ({ layers }: MessageVerdict): string[] => layers.map(({ kind, status }) => `${kind} ${status}`);
const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('the signed mails of PKITS', () => {
  const question = {
    trust: [vectorCertificate('pkits/certs/TrustAnchorRootCertificate.crt')],
    pool: [],
    crls: [],
    time: new Date('2026-01-01T00:00:00Z'),
    allowSha1: false,
    requireRevocation: false,
  };
  /** Refused by the suite although their names do not say so: no policy is left (4.8.4 to 4.8.9, 4.8.12), or a list is missing (4.4.1). */
  const refused = /SignedDifferentPoliciesTest(4|5|7|8|9|12)\.|MissingCRL|Invalid/;
  /** DSA, which nobody trusts any more. */
  const unsupported = /ValidDSA/;

  it('hold exactly where the suite says so', () => {
    const files = vectorFiles('pkits/smime', '.eml');
    expect(files).toHaveLength(224);
    const wrong = files.filter((path) => {
      const { valid } = verifyMail(vectorBytes(path), question, primitives);
      return valid !== !(refused.test(path) || unsupported.test(path));
    });
    expect(wrong).toEqual([]);
  });

  it('fail for their certificates and never for their signatures, which are all good', () => {
    const wrong = vectorFiles('pkits/smime', '.eml').filter(
      (path) => !/DSA/.test(path) && codes(verifyMail(vectorBytes(path), question, primitives)).some((code) => !code.startsWith('path.')),
    );
    expect(wrong).toEqual([]);
  });
});

/** A deadline instead of a stopwatch: work without end is what would miss it. */
const deadline = 10_000;

const text = 'Content-Type: text/plain\r\n\r\nDear Ada,\r\n  the results are in.  \r\n\r\n';

/** A workshop with Ada and Eve, and what `openssl cms` makes of a text as a mail. */
function mails(): {
  workshop: MessageWorkshop;
  sign: (content: string, ...options: readonly string[]) => string;
  from: (body: string, address?: string) => Uint8Array;
} {
  const workshop = new MessageWorkshop();
  for (const name of ['ada', 'eve']) workshop.person(name, ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  const sign = (content: string, ...options: readonly string[]): string => {
    workshop.put('in', content);
    const who = options.includes('-eve') ? 'eve' : 'ada';
    const rest = options.filter((option) => option !== '-eve');
    workshop.run(
      'openssl',
      'cms',
      '-sign',
      '-binary',
      '-in',
      'in',
      '-out',
      'out.eml',
      '-signer',
      `${who}.crt`,
      '-inkey',
      `${who}.pem`,
      '-crlfeol',
      ...rest,
    );
    return asText(workshop.read('out.eml'));
  };
  const from = (body: string, address = 'Ada <ada@clinic.example>'): Uint8Array => octets(`From: ${address}\r\nSubject: x\r\n${body}`);
  return { workshop, sign, from };
}

describe('a mail that openssl signed', () => {
  it('holds beside and around its content, with lines that end in CRLF or LF', () => {
    const { workshop, sign, from } = mails();
    const [beside, around] = [from(sign(text)), from(sign(text, '-nodetach'))];
    expect(kinds(verifyMail(beside, workshop.question(), primitives))).toEqual(['multipart-signed valid']);
    expect(kinds(verifyMail(around, workshop.question(), primitives))).toEqual(['signed-data valid']);
    const unix = octets(asText(beside).replaceAll('\r\n', '\n'));
    expect(verifyMail(unix, workshop.question(), primitives).valid).toBe(true);
  });

  it('does not hold for another sender, whatever the name in front of the address says', () => {
    const { workshop, sign, from } = mails();
    const signed = sign(text);
    const verdictOf = (address: string): string[] => codes(verifyMail(from(signed, address), workshop.question(), primitives));
    expect(verdictOf('"ada@clinic.example" <eve@clinic.example>')).toEqual(['mail.from']);
    expect(verdictOf('ada@clinic.example (Ada), eve@clinic.example')).toEqual(['mail.from']);
    expect(verdictOf('<eve@clinic.example> <ada@clinic.example>')).toEqual(['mail.from']);
    expect(verdictOf('ada@clinic.example\r\nFrom: eve@clinic.example')).toEqual(['mail.from']);
    expect(verdictOf('Ada@CLINIC.example')).toEqual([]);
    expect(codes(verifyMail(octets(signed), workshop.question(), primitives))).toEqual(['mail.from']);
  });

  it('does not hold where what is signed says that it is no mail, beside it or around it', () => {
    const { workshop, sign, from } = mails();
    for (const options of [[], ['-nodetach']]) {
      const receipt = from(sign(text, ...options, '-econtent_type', '1.2.840.113549.1.9.16.1.1'));
      const verdict = verifyMail(receipt, workshop.question(), primitives);
      expect([verdict.valid, codes(verdict)]).toEqual([false, ['cms.content-type']]);
    }
  });

  it('does not hold when its signature brings a content of its own', () => {
    const { workshop, sign, from } = mails();
    const [beside, around] = [sign(text), sign('Content-Type: text/plain\r\n\r\nPay Eve.\r\n', '-nodetach')];
    const body = (mail: string): string => mail.slice(mail.lastIndexOf('base64') + 6).trim();
    const boundary = /boundary="([^"]+)"/.exec(beside)?.[1] ?? '';
    const [start, end] = [beside.lastIndexOf('\r\n\r\nMI') + 4, beside.lastIndexOf(`--${boundary}--`)];
    expect(start).toBeGreaterThan(4);
    const swapped = `${beside.slice(0, start)}${body(around)}\r\n\r\n${beside.slice(end)}`;
    const verdict = verifyMail(from(swapped), workshop.question(), primitives);
    expect([verdict.valid, codes(verdict)]).toEqual([false, ['mail.structure', 'cms.digest']]);
  });

  it('is refused where its base64 goes on behind the padding, or does not end whole', () => {
    const { workshop, sign, from } = mails();
    const mail = asText(from(sign(text, '-nodetach'))).trimEnd();
    const held = (changed: string): string => inOneWord(() => verifyMail(Buffer.from(changed, 'latin1'), workshop.question(), primitives));
    const whole = mail.replace(/=*$/, '');
    const padding = '='.repeat((4 - (whole.slice(whole.lastIndexOf('\r\n\r\n')).replaceAll(/\s/g, '').length % 4)) % 4);
    expect(held(`${whole}${padding}\r\n`)).toBe('valid');
    expect(held(`${whole}\x00${padding}\r\n`)).toBe('valid');
    expect(held(`${whole}${padding}=\r\n`)).toBe('input.malformed-mail');
    expect(held(`${whole}AA==\r\nPay Eve\r\n`)).toBe('input.malformed-mail');
  });

  it('does not hold once its content was changed anywhere', () => {
    const { workshop, sign, from } = mails();
    const mail = from(sign(text));
    const start = asText(mail).indexOf('Content-Type: text/plain');
    const question = workshop.question();
    for (let at = start; at < start + text.length - 2; at++) {
      const word = inOneWord(() => verifyMail(mutant(mail, at), question, primitives));
      expect(word, `octet ${at}`).not.toBe('valid');
      expect(word).toMatch(/^(invalid|input\..*)$/);
    }
  });

  it('never crashes or changes its story, whatever octet is changed', () => {
    const { workshop, sign, from } = mails();
    const mail = from(sign(text));
    const question = workshop.question();
    const signer = JSON.stringify(verifyMail(mail, question, primitives).layers[0]?.signer);
    for (let at = 0; at < mail.length; at += 5) {
      const changed = mutant(mail, at, at >> 1);
      const word = inOneWord(() => verifyMail(changed, question, primitives));
      expect(word, `octet ${at}`).toMatch(/^(valid|invalid|input\..*)$/);
      const story = word === 'valid' ? JSON.stringify(verifyMail(changed, question, primitives).layers[0]?.signer) : signer;
      expect(story, `octet ${at}`).toBe(signer);
    }
  });
});

describe('layers', () => {
  it('in each other are told outermost first, each with its signer', () => {
    const { workshop, sign, from } = mails();
    const verdict = verifyMail(from(sign(sign(text, '-eve'))), workshop.question(), primitives);
    expect(kinds(verdict)).toEqual(['multipart-signed valid', 'multipart-signed valid']);
    expect(verdict.layers.map(({ signer }) => signer?.emails)).toEqual([['ada@clinic.example'], ['eve@clinic.example']]);
    const opaque = verifyMail(from(sign(sign(text, '-eve', '-nodetach'), '-nodetach')), workshop.question(), primitives);
    expect(kinds(opaque)).toEqual(['signed-data valid', 'signed-data valid']);
  });

  it('that are encrypted are named so: inside, the signature around holds; outside, nothing is known', () => {
    const { workshop, sign, from } = mails();
    const encrypt = (content: string): string => {
      workshop.put('in', content);
      workshop.run('openssl', 'cms', '-encrypt', '-binary', '-in', 'in', '-out', 'enc.eml', 'ada.crt');
      return asText(workshop.read('enc.eml'));
    };
    const inside = verifyMail(from(sign(encrypt(text))), workshop.question(), primitives);
    expect([inside.valid, kinds(inside)]).toEqual([true, ['multipart-signed valid', 'enveloped-data encrypted']]);
    const outside = verifyMail(from(encrypt(sign(text))), workshop.question(), primitives);
    expect([outside.valid, kinds(outside)]).toEqual([false, ['enveloped-data encrypted']]);
  });

  it('that sign a part only do not make the message valid', () => {
    const { workshop, sign, from } = mails();
    const footer = `--x\r\nContent-Type: text/plain\r\n\r\nBuy now!\r\n--x--\r\n`;
    const mixed = `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n${sign(text)}\r\n${footer}`;
    const verdict = verifyMail(from(mixed), workshop.question(), primitives);
    expect([verdict.valid, codes(verdict)]).toEqual([false, ['mail.partial']]);
    const covered = verifyMail(from(sign(mixed)), workshop.question(), primitives);
    expect([covered.valid, kinds(covered)]).toEqual([true, ['multipart-signed valid', 'multipart-signed valid']]);
  });

  it('are not what is attached, although it be signed', () => {
    const { workshop, sign, from } = mails();
    const attached = sign(text, '-eve', '-nodetach');
    expect(attached).toContain('Content-Disposition: attachment');
    const mixed = `Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nsee there\r\n--x\r\n${attached}\r\n--x--\r\n`;
    expect(verifyMail(from(mixed), workshop.question(), primitives)).toEqual({ valid: false, layers: [] });
    expect(kinds(verifyMail(from(sign(mixed)), workshop.question(), primitives))).toEqual(['multipart-signed valid']);
  });

  it('with a third part, without a last boundary, with two content types, or with something else for a signature are refused', () => {
    const { workshop, sign, from } = mails();
    const signed = sign(text);
    const boundary = /boundary="([^"]+)"/.exec(signed)?.[1] ?? '';
    const third = signed.replace(`--${boundary}--`, `--${boundary}\r\n\r\nmore\r\n--${boundary}--`);
    expect(codes(verifyMail(from(third), workshop.question(), primitives))).toEqual(['mail.structure']);
    const open = signed.replace(`--${boundary}--`, '');
    expect(inOneWord(() => verifyMail(from(open), workshop.question(), primitives))).toBe('input.malformed-mail');
    const twice = `Content-Type: text/plain\r\n${signed}`;
    expect(inOneWord(() => verifyMail(from(twice), workshop.question(), primitives))).toBe('input.malformed-mail');
    const other = signed.replace(/application\/(x-)?pkcs7-signature/g, 'application/pgp-signature');
    expect(verifyMail(from(other), workshop.question(), primitives)).toMatchObject({
      valid: false,
      layers: [{ kind: 'openpgp-signed', signed: false }],
    });
  });

  it('that nobody signed are none', () => {
    const { workshop, from } = mails();
    expect(verifyMail(from(text), workshop.question(), primitives)).toEqual({ valid: false, layers: [] });
    expect(inOneWord(() => verifyMail(octets('\u0000\u0001'), workshop.question(), primitives))).toMatch(/^input\./);
  });

  it('from ten thousand senders are from nobody', { timeout: deadline }, () => {
    const { workshop, sign } = mails();
    const senders = Array.from({ length: 10_000 }, () => 'ada@clinic.example').join(',\r\n ');
    expect(codes(verifyMail(octets(`From: ${senders}\r\n${sign(text)}`), workshop.question(), primitives))).toEqual(['mail.from']);
  });

  it('by the hundred, and parts without end, are refused', { timeout: deadline }, () => {
    const { workshop, from } = mails();
    const nested = Array.from({ length: 5000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('');
    const many = `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\n'.repeat(100_000)}--x--\r\n`;
    const fields = `${'X: y\r\n'.repeat(200_000)}\r\n`;
    for (const [body, code] of [
      [nested, 'input.malformed-mail'],
      [many, 'input.too-large'],
      [fields, 'input.too-large'],
    ] as const)
      expect(inOneWord(() => verifyMail(from(body), workshop.question(), primitives))).toBe(code);
  });
});

it('addresses are those in brackets or alone; what only looks like one is none', () => {
  expect(addressesIn('Ada <ada@x.example>, "eve@x.example" <bob@x.example>')).toEqual(['ada@x.example', 'bob@x.example']);
  expect(addressesIn('(eve@x.example) ada@x.example (and (more))')).toEqual(['ada@x.example']);
  expect(addressesIn('Team: ada@x.example, bob@x.example;')).toEqual(['ada@x.example', 'bob@x.example']);
  expect(addressesIn('"ada b"@x.example')).toEqual(['ada b@x.example']);
  expect(addressesIn('')).toEqual([]);
});
