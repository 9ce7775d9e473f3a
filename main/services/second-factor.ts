import { base32Encode } from '../domain/encoding/base32.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { provisioningUri } from '../domain/second-factor/provisioning.ts';
import { matchingStep, type Hmac } from '../domain/second-factor/totp.ts';
import {
  groupRecoveryCode,
  readTypedCode,
  recoveryCodeCount,
  recoveryCodeFrom,
  recoveryCodeLetters,
} from '../domain/second-factor/typed-code.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { UnlockedOperator } from '../ports/vault.ts';

export interface SecondFactorParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly hmacSha1: Hmac;
  readonly hmacSha256: Hmac;
}

/** What uses a code up, in the unit that what it was given for happens in. @throws AppError session.code-wrong when it was used meanwhile */
export type SpendCode = (stores: Stores, time: string) => Promise<void>;

/** The app's secret (RFC 4226 asks for 160 bits), then the key of the recovery codes' hashes. */
const secretOctets = 20;
const hashKeyOctets = 32;

const wrong = (): AppError => new AppError('session.code-wrong', 'That code is not right, or was used before.');

/** Makes the secrets of a second factor, sealed for the operator; nothing counts until a code of them was seen. */
export function makeFactor({ random }: SecondFactorParts, operator: UnlockedOperator): Uint8Array {
  const secrets = random.bytes(secretOctets + hashKeyOctets);
  const sealed = operator.sealOwn(secrets);
  secrets.fill(0);
  return sealed;
}

/** What an authenticator app is told: as an URI, and its secret in base 32 alone. UTF-8, the caller's to wipe. */
export function showFactor(
  sealed: Uint8Array,
  operator: UnlockedOperator,
  names: { readonly practice: string; readonly operator: string },
) {
  const secret = withSecrets(sealed, operator, (appSecret) => base32Encode(appSecret));
  return { secret, uri: utf8Encode(provisioningUri(secret, names.practice, names.operator)) };
}

/** The step of a code of the app that confirms new secrets. @throws AppError session.code-wrong, input.invalid */
export function confirmFactor(
  { clock, hmacSha1 }: SecondFactorParts,
  sealed: Uint8Array,
  operator: UnlockedOperator,
  code: Uint8Array,
): number {
  const typed = readTypedCode(code);
  const step = withSecrets(sealed, operator, (appSecret) =>
    typed.kind === 'app' ? matchingStep(appSecret, typed.digits, clock.now(), -1, hmacSha1) : undefined,
  );
  if (step === undefined) throw wrong();
  return step;
}

/** Fresh recovery codes, and what is kept of them: without the operator's open key pair nobody can try codes against it. */
export function makeRecoveryCodes({ random, hmacSha256 }: SecondFactorParts, sealed: Uint8Array, operator: UnlockedOperator) {
  const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCodeFrom(random.bytes(recoveryCodeLetters)));
  const hashes = withSecrets(sealed, operator, (_, hashKey) => codes.map((code) => hmacSha256(hashKey, utf8Encode(code))));
  return { text: utf8Encode(codes.map(groupRecoveryCode).join('\n')), hashes };
}

/**
 * Holds a code of the app, or a recovery code, against the operator's second factor, and gives what uses it up. Where there is none (any
 * more) nothing is asked for.
 * @throws AppError session.code-wrong; input.invalid for what can be no code
 */
export async function proveCode(parts: SecondFactorParts, operator: UnlockedOperator, code: Uint8Array): Promise<SpendCode> {
  const { operatorId } = operator;
  const factor = await parts.read().secondFactors.find(operatorId);
  if (factor === undefined) return async () => undefined;
  const typed = readTypedCode(code);
  if (typed.kind === 'app') {
    const { digits } = typed;
    const step = withSecrets(factor.sealed, operator, (appSecret) =>
      matchingStep(appSecret, digits, parts.clock.now(), factor.lastStep, parts.hmacSha1),
    );
    if (step === undefined) throw wrong();
    return spending(({ secondFactors }) => secondFactors.acceptStep(operatorId, step));
  }
  const letters = utf8Encode(typed.letters);
  const hash = withSecrets(factor.sealed, operator, (_, hashKey) => parts.hmacSha256(hashKey, letters));
  const kept = (await parts.read().secondFactors.codes(operatorId)).find((one) => isSameOctets(one.hash, hash));
  if (kept?.usedAt !== null) throw wrong();
  return spending(({ secondFactors }, time) => secondFactors.useCode(operatorId, hash, time));
}

/** Opens the secrets for as long as `use` runs. */
function withSecrets<T>(sealed: Uint8Array, operator: UnlockedOperator, use: (appSecret: Uint8Array, hashKey: Uint8Array) => T): T {
  const secrets = operator.openOwn(sealed);
  try {
    return use(secrets.subarray(0, secretOctets), secrets.subarray(secretOctets));
  } finally {
    secrets.fill(0);
  }
}

const spending =
  (spend: (stores: Stores, time: string) => Promise<boolean>): SpendCode =>
  async (stores, time) => {
    if (!(await spend(stores, time))) throw wrong();
  };
