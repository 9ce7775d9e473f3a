import { expect, test } from 'vitest';
import { concatenate } from '../../../main/domain/asn1/der-writer.ts';
import { hexDecode } from '../../../main/domain/encoding/hex.ts';
import { readOpenPgpCard } from '../../../main/domain/openpgp/card-application.ts';
import { readCardSecret } from '../../../main/domain/openpgp/card-key.ts';

const octets = (hex: string): Uint8Array => hexDecode(hex) ?? new Uint8Array();
const tlv = (tag: string, value: Uint8Array): Uint8Array => concatenate([octets(tag), Uint8Array.of(0x81, value.length), value]);

const aid = 'd27600012401030400060123456700000';
const related = (number = aid.slice(0, 32), fingerprints = 'ab'.repeat(20) + '00'.repeat(40), status = '007f7f7f030003') =>
  tlv('6e', concatenate([tlv('4f', octets(number)), tlv('73', concatenate([tlv('c4', octets(status)), tlv('c5', octets(fingerprints))]))]));
const holder = (name: string) => tlv('65', tlv('5b', new TextEncoder().encode(name)));

test('an OpenPGP card is read by its number, its name as people say it, its counters and what is on it', () => {
  expect(readOpenPgpCard(related(), holder('Okafor<<Ngozi<Ada'))).toEqual({
    serialNumber: aid.slice(0, 32).toUpperCase(),
    number: '0006 01234567',
    maker: 6,
    holder: 'Ngozi Ada Okafor',
    tries: { pin: 3, resetCode: 0, adminPin: 3 },
    fingerprints: { sign: 'ab'.repeat(20), decrypt: null, authenticate: null },
  });
  expect(readOpenPgpCard(related(), new Uint8Array())?.holder).toBe('');
  expect(readOpenPgpCard(related(), holder('Evil\u001b[2J<<\n'))?.holder).toBe('Evil2J');
});

test('what is cut off, too short or something else is no OpenPGP card', () => {
  const wrong = [
    related().subarray(0, 40),
    related('d276'),
    related(undefined, undefined, '0003'),
    tlv('6e', tlv('4f', octets(aid.slice(0, 32)))),
    octets('ff'),
  ];
  for (const one of wrong) expect(readOpenPgpCard(one, new Uint8Array())).toBeUndefined();
});

test('a key of another kind, or of another version, is none that goes on a card', () => {
  const rsa = '0469000000010008ff0008030000080300080500080700080b0000';
  expect(readCardSecret(octets(rsa))).toMatchObject({ curve: null, modulus: octets('ff'), u: octets('0b') });
  const sealed = rsa.replace('000803000008', '000803fe0008');
  const cut = [rsa.slice(0, 18), rsa.slice(0, 40)];
  const others = ['', '0469000000110800', `056900000016092b06010401da470f01010740${'11'.repeat(32)}0001000101`];
  for (const body of [...others, ...cut, sealed])
    expect(() => readCardSecret(octets(body))).toThrow(expect.objectContaining({ code: expect.stringMatching(/^(token|input)\./) }));
});
