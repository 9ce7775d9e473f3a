import { composeTokens } from '../../main/compose/tokens.ts';
import type { TokenAddress } from '../../main/ports/tokens.ts';
import { attributeType, mechanismType, objectClass } from '../../native/pkcs11/constants.ts';
import { openPkcs11Module, type Pkcs11Module } from '../../native/pkcs11/index.ts';
import type { Slot } from '../../native/pkcs11/token.ts';

/** What this process is told: a token with its PIN, by the library that shows it. */
export interface SignedOrder {
  readonly library: string;
  readonly serialNumber: string;
  readonly pin: string;
}

/** Milliseconds of a signature in a row that nothing else on the machine held up: of the fastest tenth of the rows the slowest. */
export interface SignedTimes {
  readonly algorithm: 'p256' | 'rsa-3072';
  /** C_Sign with a key that was found, in a session that is logged in. */
  readonly bare: number;
  /** The same acts as Keyward's, by the module alone: a session, the login, finding the key, signing, closing. */
  readonly alone: number;
  /** Through Keyward, in the module's own process. */
  readonly ours: number;
  /** Through Keyward with a key that is open, as an authority's on a token is: each of many that are asked for at once. */
  readonly open: number;
}

const algorithms = ['p256', 'rsa-3072'] as const;
const rounds = 40;
/** Signatures in a row: as somebody signs a batch, with caches that are warm. */
const inARow = 16;
const data = Buffer.alloc(220, 0x5a);

async function measure({ library, serialNumber, pin }: SignedOrder): Promise<SignedTimes[]> {
  const tokens = composeTokens([{ name: 'Bench', library, isOpenedAnew: false }]);
  const on: TokenAddress = { module: 'Bench', serialNumber };
  const typed = Buffer.from(pin);
  const keys = [];
  for (const algorithm of algorithms) {
    const ckaId = Buffer.from(algorithm);
    await tokens.generateKeyPair(on, { pin: typed }, { ckaId, label: algorithm, algorithm, challenge: data });
    keys.push({ algorithm, ckaId });
  }
  const module = openPkcs11Module(library);
  const slot = module.slots('with-token').find((candidate) => module.token(candidate).serialNumber === serialNumber);
  if (slot === undefined) throw new Error('the token is gone');
  const times: SignedTimes[] = [];
  for (const { algorithm, ckaId } of keys) {
    const signer = await tokens.openSigner(on, Buffer.from(pin), { ckaId, algorithm });
    const took = { bare: [] as number[], alone: [] as number[], ours: [] as number[], open: [] as number[] };
    // By turns, a few in a row each: what slows the machine down slows all of them.
    for (let round = 0; round < rounds; round++) {
      took.alone.push(
        await eachOfARow(() => {
          const key = openKey(module, slot, { algorithm, ckaId, typed });
          key.sign();
          key.close();
        }),
      );
      took.ours.push(await eachOfARow(async () => tokens.sign(on, typed, { ckaId, algorithm, data })));
      const held = openKey(module, slot, { algorithm, ckaId, typed });
      took.bare.push(await eachOfARow(() => held.sign()));
      held.close();
      const begin = performance.now();
      await signer.each(Array.from({ length: inARow }, () => data));
      took.open.push((performance.now() - begin) / inARow);
    }
    signer.close();
    const { bare, alone, ours, open } = took;
    times.push({ algorithm, bare: undisturbed(bare), alone: undisturbed(alone), ours: undisturbed(ours), open: undisturbed(open) });
  }
  module.close();
  tokens.close();
  return times;
}

/** Milliseconds that each of a row took. */
async function eachOfARow(act: () => unknown): Promise<number> {
  const begin = performance.now();
  for (let at = 0; at < inARow; at++) await act();
  return (performance.now() - begin) / inARow;
}

interface KeyOnToken {
  readonly algorithm: SignedTimes['algorithm'];
  readonly ckaId: Buffer;
  readonly typed: Buffer;
}

function openKey(module: Pkcs11Module, slot: Slot, { algorithm, ckaId, typed }: KeyOnToken) {
  const session = module.openSession(slot, 'read-write');
  session.login('user', typed);
  const [key] = session.find([
    { type: attributeType.class, value: objectClass.privateKey },
    { type: attributeType.id, value: ckaId },
  ]);
  if (key === undefined) throw new Error('the key is gone');
  const mechanism = { mechanism: algorithm === 'p256' ? mechanismType.ecdsa : mechanismType.rsaPkcs };
  // As long as what is signed with either: a digest, and a digest with its name.
  const prepared = data.subarray(0, algorithm === 'p256' ? 32 : 51);
  return { sign: () => session.sign({ mechanism, key, data: prepared }), close: () => session.close() };
}

const undisturbed = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 10)] ?? 0;

/** One order from the bench that started this process, one answer. */
process.once('message', (order: SignedOrder) => void measure(order).then((times) => process.send?.(times)));
