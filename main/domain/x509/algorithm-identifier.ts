import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger } from '../asn1/read-value.ts';
import { algorithmOid, digestOid, nameOfOid } from './oid.ts';

/** AlgorithmIdentifier (RFC 5280 section 4.1.1.2). */
export interface AlgorithmIdentifier {
  /** Dotted decimal. */
  readonly oid: string;
  /** The name the table of algorithms has for it, else the OID. */
  readonly name: string;
  /** The parameters as they stand; absent is not the same as NULL. */
  readonly parameters?: DerNode;
  readonly der: Uint8Array;
}

/** Digests signatures are made over. */
export type DigestName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** How a signature is checked, once its AlgorithmIdentifier is understood. */
export type SignatureScheme =
  | { readonly scheme: 'rsa-pkcs1' | 'ecdsa'; readonly digest: DigestName }
  | { readonly scheme: 'rsa-pss'; readonly digest: DigestName; readonly saltLength: number }
  | { readonly scheme: 'ed25519' | 'ed448' };

/** @throws AppError input.malformed-der */
export function readAlgorithmIdentifier(node: DerNode): AlgorithmIdentifier {
  const cursor = new DerCursor(node);
  const oid = readOid(cursor.next(tag.oid));
  const parameters = cursor.isAtEnd ? undefined : cursor.next();
  cursor.finish();
  const name = algorithmNames.get(oid) ?? oid;
  return { oid, name, der: node.whole, ...(parameters === undefined ? {} : { parameters }) };
}

const algorithmNames = new Map(Object.entries(algorithmOid).map(([name, oid]): [string, string] => [oid, name]));

const pkcs1: Readonly<Record<string, DigestName>> = {
  [algorithmOid.md5WithRSAEncryption]: 'md5',
  [algorithmOid.sha1WithRSAEncryption]: 'sha1',
  [algorithmOid.sha256WithRSAEncryption]: 'sha256',
  [algorithmOid.sha384WithRSAEncryption]: 'sha384',
  [algorithmOid.sha512WithRSAEncryption]: 'sha512',
};

const ecdsa: Readonly<Record<string, DigestName>> = {
  [algorithmOid.ecdsaWithSha1]: 'sha1',
  [algorithmOid.ecdsaWithSha224]: 'sha224',
  [algorithmOid.ecdsaWithSha256]: 'sha256',
  [algorithmOid.ecdsaWithSha384]: 'sha384',
  [algorithmOid.ecdsaWithSha512]: 'sha512',
};

/**
 * The signature scheme an AlgorithmIdentifier names, or `undefined` for one Keyward does not verify. Parameters must be
 * what the standard wants: NULL or absent for RSA (RFC 4055 section 5), absent for ECDSA (RFC 5758 section 3.2) and EdDSA
 * (RFC 8410 section 3), and for PSS one digest for message and mask (RFC 4055 section 3.1).
 * @throws AppError input.malformed-der
 */
export function signatureScheme(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  const { oid, parameters } = algorithm;
  const rsaDigest = pkcs1[oid];
  if (rsaDigest !== undefined) {
    const isPlain = parameters === undefined || (parameters.tag === tag.null && parameters.length === 0);
    return isPlain ? { scheme: 'rsa-pkcs1', digest: rsaDigest } : undefined;
  }
  if (oid === algorithmOid.rsassaPss) return parameters === undefined ? undefined : pssScheme(parameters);
  if (parameters !== undefined) return undefined;
  const ecDigest = ecdsa[oid];
  if (ecDigest !== undefined) return { scheme: 'ecdsa', digest: ecDigest };
  if (oid === algorithmOid.ed25519) return { scheme: 'ed25519' };
  return oid === algorithmOid.ed448 ? { scheme: 'ed448' } : undefined;
}

function pssScheme(parameters: DerNode): SignatureScheme | undefined {
  if (parameters.tag !== tag.sequence) throw malformed('PSS parameters that are no SEQUENCE', parameters.offset);
  const cursor = new DerCursor(parameters);
  const [hash, mask, salt, trailer] = [0xa0, 0xa1, 0xa2, 0xa3].map((tagOctet) => cursor.optional(tagOctet));
  cursor.finish();
  const digest = hash === undefined ? 'sha1' : digestName(readAlgorithmIdentifier(only(hash, tag.sequence)));
  const maskDigest = mask === undefined ? 'sha1' : maskDigestName(readAlgorithmIdentifier(only(mask, tag.sequence)));
  const saltLength = salt === undefined ? 20 : readSmallInteger(only(salt, tag.integer));
  const trailerField = trailer === undefined ? 1 : readSmallInteger(only(trailer, tag.integer));
  if (digest === undefined || digest !== maskDigest || trailerField !== 1 || saltLength > 512) return undefined;
  return { scheme: 'rsa-pss', digest, saltLength };
}

function maskDigestName(mask: AlgorithmIdentifier): DigestName | undefined {
  if (mask.oid !== algorithmOid.mgf1 || mask.parameters?.tag !== tag.sequence) return undefined;
  return digestName(readAlgorithmIdentifier(mask.parameters));
}

function digestName(algorithm: AlgorithmIdentifier): DigestName | undefined {
  const name = nameOfOid(digestOid, algorithm.oid);
  return isDigestName(name) ? name : undefined;
}

const isDigestName = (name: string): name is DigestName => ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].includes(name);
