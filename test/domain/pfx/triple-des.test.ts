import { expect, test } from 'vitest';
import { pfxPrimitives } from '../../../main/adapters/primitives/pfx.ts';
import { toolPrimitives } from '../../../main/adapters/primitives/tools.ts';
import { listPfx } from '../../../main/domain/pfx/list-pfx.ts';
import { encryptTripleDes } from '../../../main/domain/pfx/triple-des.ts';
import { vectorDer } from '../reading/vectors.ts';

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The salt that is written, where these are drawn one after the other, in hexadecimal. */
async function saltOf(...drawn: readonly string[]): Promise<string> {
  const left = [...drawn];
  const primitives = { ...pfxPrimitives, randomBytes: () => octets(left.shift() ?? '') };
  const protection = { password: Buffer.from('smeg'), iterations: 1, primitives };
  const { algorithm } = await encryptTripleDes(Uint8Array.of(1, 2, 3), protection);
  return Buffer.from(algorithm.subarray(-11, -3)).toString('hex');
}

test('a salt from which GnuPG derives another key than everybody else is drawn again', async () => {
  expect(await saltOf('0000000000000050', '0000000000000052')).toBe('0000000000000050');
  expect(await saltOf('0000000000000051', '0000000000000052')).toBe('0000000000000052');
  expect(await saltOf('0000000000000051', '0000000000000023', '0000000000000024')).toBe('0000000000000024');
});

test('a file that gpgsm encrypted with a key that nobody else derives is opened, by its password and no other', async () => {
  const file = vectorDer('gnupg/export-of-a-shortened-sum.p12.pem');
  const found = await listPfx(file, Buffer.from('pw'), toolPrimitives);
  expect(found).toMatchObject({ keys: [{ algorithm: 'rsaEncryption', isMislabelled: false }], certificates: [{}] });
  await expect(listPfx(file, Buffer.from('wp'), toolPrimitives)).rejects.toMatchObject({ code: 'input.wrong-password' });
});
