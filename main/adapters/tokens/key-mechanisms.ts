import { mechanismType } from '../../../native/pkcs11/constants.ts';

/** What keys are made of on tokens, the preferred first. */
export const tokenAlgorithms = ['p256', 'p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'] as const;

export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

export interface KeyMechanisms {
  readonly generate: number;
  readonly sign: number;
  /** Size as mechanisms count it. */
  readonly bits: number;
}

const ec = { generate: mechanismType.ecKeyPairGen, sign: mechanismType.ecdsa };
const rsa = { generate: mechanismType.rsaPkcsKeyPairGen, sign: mechanismType.rsaPkcs };

const mechanisms: Readonly<Record<TokenAlgorithm, KeyMechanisms>> = {
  p256: { ...ec, bits: 256 },
  p384: { ...ec, bits: 384 },
  'rsa-2048': { ...rsa, bits: 2048 },
  'rsa-3072': { ...rsa, bits: 3072 },
  'rsa-4096': { ...rsa, bits: 4096 },
  ed25519: { generate: mechanismType.ecEdwardsKeyPairGen, sign: mechanismType.eddsa, bits: 256 },
};

/** How a key of this algorithm is made and signs with (PKCS #11 v3.1 sections 6.1, 6.3). */
export const mechanismsOf = (algorithm: TokenAlgorithm): KeyMechanisms => mechanisms[algorithm];
