import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { utf8Decode, utf8Encode } from '../../../main/domain/encoding/utf8.ts';
import { addressesIn } from '../../../main/domain/mime/addresses.ts';
import { readableHeader } from '../../../main/domain/mime/encoded-words.ts';
import { firstOf, readEntity } from '../../../main/domain/mime/entity.ts';
import { readableMail } from '../../../main/domain/mime/readable-mail.ts';
import { textEntity, writeHead, type MailHead } from '../../../main/domain/mime/write-mail.ts';
import { codesIn, testCode } from '../../../main/domain/mail-client/test-message.ts';

const head: MailHead = {
  from: { name: 'Praxis Dr. Müller', address: 'schlüssel@bücher.example' },
  to: { name: 'O\'Brien, "Pat" <x@y.example>', address: 'pat@ridgeway.example' },
  subject: 'Prüfung Ihrer Schlüssel für das Postfach, das Sie täglich benutzen',
  date: new Date('2026-11-08T04:05:06.789Z'),
  id: 'one',
};

describe('the header of a mail', () => {
  it('says who, when and what in any script, in lines that every mail system takes', () => {
    const text = writeHead(head);
    const { headers } = readEntity(utf8Encode(`${text}\r\n`));
    const value = (name: string) => firstOf(headers, name) ?? '';
    expect(value('date')).toBe('Sun, 8 Nov 2026 04:05:06 +0000');
    expect(value('message-id')).toBe('<one@xn--bcher-kva.example>');
    expect(readableHeader(value('subject'))).toBe(head.subject);
    expect(addressesIn(utf8Decode(Uint8Array.from(value('from'), (c) => c.charCodeAt(0))) ?? '')).toEqual([
      'schlüssel@xn--bcher-kva.example',
    ]);
    expect(addressesIn(value('to'))).toEqual(['pat@ridgeway.example']);
    for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  it('is the header that was asked for, whatever a name or a subject holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'binary-ascii', maxLength: 80 }), (name, subject) => {
        const { headers, body } = readEntity(utf8Encode(`${writeHead({ ...head, subject, to: { ...head.to, name } })}\r\nbody`));
        expect(headers.map((field) => field.name)).toEqual(['date', 'from', 'to', 'subject', 'message-id', 'mime-version']);
        expect(addressesIn(firstOf(headers, 'to') ?? '')).toEqual(['pat@ridgeway.example']);
        expect(Buffer.from([...body.pieces()][0] ?? []).toString()).toBe('body');
      }),
    );
  });
});

describe('the text of a mail', () => {
  it('comes back as it was, in ASCII and beyond', () => {
    for (const text of ['One\r\ntwo\r\n', 'Grüße aus 東京\r\n']) {
      const octets = textEntity(text);
      expect(readableMail(octets).text).toBe(text.replaceAll('\r\n', '\n'));
      expect(Math.max(...octets)).toBeLessThan(0x80);
    }
  });
});

describe('codes of test messages', () => {
  it('are found between other words, each once, and nothing else is', () => {
    const [one, two] = [testCode(new Uint8Array(16).fill(7)), testCode(new Uint8Array(16).fill(255))];
    expect(one).toMatch(/^KEYWARD-[A-Z2-7]{26}$/);
    expect(codesIn(`> ${one}\n<b>${two}</b> ${one}.`)).toEqual([one, two]);
    expect(codesIn(`${one}A x${two} ${one.slice(0, -1)} ${one.toLowerCase()}`)).toEqual([]);
  });
});
