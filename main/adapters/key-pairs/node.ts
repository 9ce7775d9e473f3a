import {
  createECDH,
  createPrivateKey,
  createSign,
  type ECDH,
  generateKeyPair as generateAsync,
  generateKeyPairSync,
  sign as signOctets,
  type KeyObject,
} from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signatureAlgorithmOf, type KeyAlgorithm } from '../../domain/key/algorithm.ts';
import { fixedLengthPublicKeyInfo } from '../../domain/key/subject-public-key-info.ts';
import { openKeyFile } from './open-key-file.ts';
import type { KeyPair, KeyPairs, Sign } from '../../ports/key-pairs.ts';
import { ecPkcs8, type Curve } from './ec-private-key.ts';

const curveNames: Readonly<Record<Curve, string>> = { p256: 'prime256v1', p384: 'secp384r1', p521: 'secp521r1' };
const modulusLengths = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 } as const;
const generateRsa = promisify(generateAsync);

/** OpenSSL through Node. */
export const nodeKeyPairs: KeyPairs = {
  async generate(algorithm) {
    if (!isQuick(algorithm)) return generateRsaPair(algorithm);
    try {
      return generateQuickly(algorithm);
    } finally {
      forgetLastKeys();
    }
  },
  open: openKeyFile,
  signer(pkcs8, algorithm) {
    return signerOf(
      createPrivateKey({ key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length), format: 'der', type: 'pkcs8' }),
      algorithm,
    );
  },
};

/** Signs with a key that OpenSSL already holds. */
function signerOf(key: KeyObject, algorithm: KeyAlgorithm): Sign {
  const { digest } = signatureAlgorithmOf(algorithm);
  const sign = (data: Uint8Array): Uint8Array => signOctets(digest, data, key);
  const inTurns = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> =>
    digest === null ? sign(await buffer(pieces)) : signInTurns(pieces, digest, key);
  const each = async (datas: readonly Uint8Array[]): Promise<Uint8Array[]> => {
    const signatures = datas.map(sign);
    await nextTurn();
    return signatures;
  };
  return Object.assign(sign, { inTurns, each });
}

/** Octets hashed before the event loop has its turn: a few milliseconds. */
const octetsAtATime = 2 << 20;

async function signInTurns(pieces: AsyncIterable<Uint8Array>, digest: string, key: KeyObject): Promise<Uint8Array> {
  const signing = createSign(digest);
  let sinceTurn = 0;
  for await (const piece of pieces) {
    signing.update(piece);
    sinceTurn += piece.length;
    if (sinceTurn < octetsAtATime) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  return signing.sign(key);
}

type QuickAlgorithm = Exclude<KeyAlgorithm, keyof typeof modulusLengths>;

/** Whether a pair takes well under a millisecond, so that making it in line costs less than handing it to the pool. */
const isQuick = (algorithm: KeyAlgorithm): algorithm is QuickAlgorithm => !Object.hasOwn(modulusLengths, algorithm);

export function generateQuickly(algorithm: QuickAlgorithm): KeyPair {
  return algorithm === 'ed25519' ? generateEd25519() : generateEc(algorithm);
}

const reused = new Map<Curve, ECDH>();

/**
 * Lets go of the last key made on each curve; OpenSSL clears it when the object is collected. To be called when a batch
 * has ended: until then one reused ECDH object makes a pair in a third of the time of a KeyObject and its export.
 */
export function forgetLastKeys(): void {
  reused.clear();
}

function generateEc(curve: Curve): KeyPair {
  const ecdh = reused.get(curve) ?? createECDH(curveNames[curve]);
  reused.set(curve, ecdh);
  const point = ecdh.generateKeys();
  const scalar = ecdh.getPrivateKey();
  const pair = { pkcs8: ecPkcs8(curve, scalar, point), subjectPublicKeyInfo: fixedLengthPublicKeyInfo(curve, point) };
  scalar.fill(0);
  return pair;
}

function generateEd25519(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }),
    subjectPublicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
  };
}

/** On the thread pool. */
export async function generateRsaPair(algorithm: Exclude<KeyAlgorithm, QuickAlgorithm>): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateRsa('rsa', {
    modulusLength: modulusLengths[algorithm],
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  return { pkcs8: privateKey, subjectPublicKeyInfo: publicKey };
}
