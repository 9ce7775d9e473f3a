import { expect, test } from 'vitest';
import { hexDecode } from '../../../main/domain/encoding/hex.ts';
import { commandOctets, moreOctets, readAnswer } from '../../../main/domain/piv/card-command.ts';
import { resetPin, triesIn } from '../../../main/domain/piv/piv-command.ts';
import { guidOf, readSecretMetadata, readTlv } from '../../../main/domain/piv/piv-data.ts';

const octets = (hex: string): Uint8Array => hexDecode(hex) ?? new Uint8Array();

test('a card is known by the identifier in its CHUID, and by nothing where that is cut short or of another length', () => {
  const guid = '00112233445566778899aabbccddeeff';
  expect(guidOf(octets(`531c3002d4e73410${guid}3e00fe00`))).toBeUndefined();
  expect(guidOf(octets(`531a3002d4e73410${guid}3e00fe00`))).toBe(guid);
  expect(guidOf(octets('5306340400112233'))).toBeUndefined();
  expect(guidOf(octets(''))).toBeUndefined();
});

test.each(['53', '5f', '5380', '5383000001aa', '530501', '7f49820005aa'])('data that does not end where it says is refused: %s', (hex) => {
  expect(readTlv(octets(hex))).toBeUndefined();
});

test('a YubiKey tells tries and whether a secret is the one from the factory; what it leaves out is not guessed', () => {
  expect(readSecretMetadata(octets('0101ff05010106020302'))).toEqual({ left: 2, isFactory: true });
  expect(readSecretMetadata(octets('010103020200ff050100'))).toEqual({ left: null, isFactory: false });
  expect(readSecretMetadata(octets('0101ff'))).toEqual({ left: null, isFactory: null });
  expect(readSecretMetadata(octets('0105'))).toBeUndefined();
});

test('status words tell tries and how much more there is; a mute card tells nothing', () => {
  expect([0x63c3, 0x63c0, 0x6983, 0x9000, 0x6a82].map((status) => triesIn({ data: new Uint8Array(), status }))).toEqual([
    3,
    0,
    0,
    undefined,
    undefined,
  ]);
  expect([0x6100, 0x6110, 0x9000].map((status) => moreOctets({ data: new Uint8Array(), status }))).toEqual([256, 16, 0]);
  expect(readAnswer(octets('90'))).toEqual({ data: new Uint8Array(), status: 0 });
});

test('long commands are chained, and codes are filled up to eight octets', () => {
  const long = commandOctets({ instruction: 0xdb, p1: 0x3f, p2: 0xff, data: new Uint8Array(256) });
  expect(long.map((command) => [command[0], command[4], command.length])).toEqual([
    [0x10, 255, 260],
    [0, 1, 6],
  ]);
  const [reset] = commandOctets(resetPin(octets('3132333435363738'), octets('373330323834')));
  expect(Buffer.from(reset ?? []).toString('hex')).toBe('002c008010' + '3132333435363738' + '373330323834ffff');
});
