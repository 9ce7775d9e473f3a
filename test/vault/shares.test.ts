import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSheet, parseSheet } from '../../main/domain/vault/escrow-sheet.ts';
import { cheapVault as vault, octets, openCompartmentNamed, present, refusalCode } from './support.ts';

const escrow = () => openCompartmentNamed('escrow');
const officer = async (id: string) => (await vault.createOperator(id, octets(`the passphrase of ${id}`))).unlocked;
const named = ({ operatorId: id, publicKey }: { operatorId: string; publicKey: Uint8Array }) => ({ id, publicKey });

describe('a compartment shared among three officers', () => {
  test('is opened by any two of them, and by no one', async () => {
    const open = await escrow();
    const officers = await Promise.all(['a', 'b', 'c'].map(officer));
    const records = await open.shareAmong(officers.map(named));
    const sealingKey = await vault.createSealingKey(open.record);
    const shares = await Promise.all(officers.map((one, at) => one.openShare('escrow', present(records[at]))));
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const again = await vault.openShared(open.record, [present(shares[one]), present(shares[other])]);
      expect((await again.openSealingKey(sealingKey.record)).id).toBe(sealingKey.record.id);
    }
    for (const share of shares) {
      expect(await refusalCode(() => vault.openShared(open.record, [share]))).toBe('store.corrupt');
      expect(await refusalCode(() => vault.openShared(open.record, [share, share]))).toBe('store.corrupt');
    }
  });

  test('keeps each share for its holder, and lends it for one request and one operator', async () => {
    const open = await escrow();
    const [a, b] = [await officer('a'), await officer('b')];
    const [ofA, ofB] = await open.shareAmong([named(a), named(b)]);
    expect(await refusalCode(() => a.openShare('escrow', present(ofB)))).toBe('store.corrupt');
    expect(await refusalCode(() => a.openShare('escrow', { ...present(ofB), operatorId: 'a' }))).toBe('store.corrupt');
    const loan = await a.lendShare('escrow', present(ofA), { ...named(b), purpose: 'request-1' });
    expect(Buffer.from(await b.openLoan(loan, 'request-1'))).toEqual(Buffer.from(await a.openShare('escrow', present(ofA))));
    expect(await refusalCode(() => b.openLoan(loan, 'request-2'))).toBe('store.corrupt');
    expect(await refusalCode(() => a.openLoan(loan, 'request-1'))).toBe('store.corrupt');
  });

  test('opens with sheets, and with sheets still when it has another key pair', async () => {
    const open = await escrow();
    const { record, shares } = await open.makeSheets({ id: 'a1b2c3d4e5f6', total: 5, threshold: 3 });
    const { compartment: next } = await open.rotate([]);
    const later = await next.sealForSheets(record);
    const some = [present(shares[4]), present(shares[1]), present(shares[2])];
    expect((await vault.openWithSheets(next.record, later, some)).record).toEqual(next.record);
    expect(await refusalCode(() => vault.openWithSheets(next.record, later, some.slice(1)))).toBe('store.corrupt');
    expect(await refusalCode(() => vault.openWithSheets(next.record, record, some))).toBe('store.corrupt');
    expect(shares.map((share, at) => vault.isPrinted(record, at + 1, share))).toEqual(Array.from({ length: 5 }, () => true));
    expect(vault.isPrinted(record, 1, present(shares[1]))).toBe(false);
  });
});

test('a sheet reads back as what was printed, and a slip is found in its group', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 16 }), async (number) => {
      const sheet = { set: randomBytes(6).toString('hex'), number, share: Uint8Array.from(randomBytes(33)) };
      const text = Buffer.from(formatSheet(sheet)).toString('ascii');
      expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){15}$/);
      expect(parseSheet(octets(text.toLowerCase().replaceAll('-', '\t')))).toEqual(sheet);
      const at = 6 * number - 6;
      const slip = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
      expect(await refusalCode(() => parseSheet(octets(slip)))).toBe('input.invalid');
    }),
  );
});
