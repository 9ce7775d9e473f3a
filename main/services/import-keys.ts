import { AppError } from '../domain/errors.ts';
import { signatureAlgorithmOf, type KeyAlgorithm } from '../domain/key/algorithm.ts';
import { checkPrivateKey } from '../domain/key/check-private-key.ts';
import { readPrivateKey } from '../domain/key/read-private-key.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { readAlgorithmIdentifier, signatureScheme } from '../domain/x509/algorithm-identifier.ts';
import { readDer } from '../domain/asn1/der-reader.ts';
import type { KeyPair, KeyPairs } from '../ports/key-pairs.ts';
import type { Random } from '../ports/random.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { BroughtObjects } from './import-files.ts';

export interface ImportKeyParts {
  readonly keyPairs: KeyPairs;
  readonly random: Random;
  readonly toolPrimitives: ToolPrimitives;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** A private key that was brought, whose parts belong together. */
export interface ImportedKey {
  readonly file: string;
  readonly pair: KeyPair;
  readonly spkiSha256: string;
}

export interface ImportedKeys {
  /** By the SHA-256 of the SubjectPublicKeyInfo. */
  readonly keys: ReadonlyMap<string, ImportedKey>;
  readonly refused: BroughtObjects['unread'];
  /** Clears every one of them. */
  wipe(): void;
}

/** Opens private keys, each once, and has each prove that it is what it says. What was brought is wiped, whatever happens. */
export function openKeys(parts: ImportKeyParts, brought: BroughtObjects['keys']): ImportedKeys {
  const keys = new Map<string, ImportedKey>();
  const refused: BroughtObjects['unread'][number][] = [];
  for (const { file, der } of brought) {
    try {
      const key = openKey(parts, file, der);
      if (keys.has(key.spkiSha256)) key.pair.pkcs8.fill(0);
      else keys.set(key.spkiSha256, key);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ file, error });
    } finally {
      der.fill(0);
    }
  }
  return {
    keys,
    refused,
    wipe: () => {
      for (const { pair } of keys.values()) pair.pkcs8.fill(0);
    },
  };
}

function openKey(parts: ImportKeyParts, file: string, der: Uint8Array): ImportedKey {
  const { consistent } = checkPrivateKey(readPrivateKey(der), parts.toolPrimitives);
  if (!consistent) throw broken();
  const pair = parts.keyPairs.open(der, undefined);
  try {
    const algorithm = keyAlgorithmOf(pair.subjectPublicKeyInfo);
    if (algorithm !== undefined && !provesItself(parts, pair, algorithm)) throw broken();
    return { file, pair, spkiSha256: parts.sha256Hex(pair.subjectPublicKeyInfo) };
  } catch (error) {
    pair.pkcs8.fill(0);
    throw error;
  }
}

const broken = (): AppError => new AppError('input.broken-key', 'The parts of this private key do not belong together.');

/** Whether what the private half signs holds under the public one, which its certificate then has to carry. */
function provesItself({ keyPairs, random, toolPrimitives }: ImportKeyParts, pair: KeyPair, algorithm: KeyAlgorithm): boolean {
  const challenge = random.bytes(32);
  const scheme = signatureScheme(readAlgorithmIdentifier(readDer(signatureAlgorithmOf(algorithm).algorithmIdentifier)));
  const signature = keyPairs.signer(pair.pkcs8, algorithm)(challenge);
  return scheme !== undefined && toolPrimitives.verify(pair.subjectPublicKeyInfo, scheme, challenge, signature);
}
