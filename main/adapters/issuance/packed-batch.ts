import type { IssuanceResult, IssuedCertificate } from '../../ports/issuance.ts';

/** A batch of results whose octets stand one after another in one buffer, so that it crosses threads without copying. */
export interface PackedBatch {
  readonly results: readonly PackedResult[];
  readonly octets: ArrayBuffer;
}

type PackedResult = Extract<IssuanceResult, { ok: false }> | { readonly ok: true; readonly certificate: PackedCertificate };

type PackedCertificate = Omit<IssuedCertificate, 'der' | 'sealedKey'> & {
  /** Null where no key was sealed. */
  readonly sealingKeyIds: readonly string[] | null;
  /** Of DER, sealed key and wraps, in this order. */
  readonly lengths: readonly number[];
};

/** Copies every octet string of the batch into one buffer of exactly their size. */
export function packBatch(results: readonly IssuanceResult[]): PackedBatch {
  const parts = results.flatMap((result) => (result.ok ? octetsOf(result.certificate) : []));
  const octets = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return {
    results: results.map((result) => (result.ok ? { ok: true, certificate: packCertificate(result.certificate) } : result)),
    octets: octets.buffer,
  };
}

function octetsOf({ der, sealedKey }: IssuedCertificate): Uint8Array[] {
  return sealedKey === null ? [der] : [der, sealedKey.sealed, ...sealedKey.wraps.map(({ wrapped }) => wrapped)];
}

function packCertificate(certificate: IssuedCertificate): PackedCertificate {
  const { der: _, sealedKey, ...facts } = certificate;
  return {
    ...facts,
    sealingKeyIds: sealedKey?.wraps.map(({ sealingKeyId }) => sealingKeyId) ?? null,
    lengths: octetsOf(certificate).map(({ length }) => length),
  };
}

/** The results again; their octets are views of the one buffer. */
export function unpackBatch({ results, octets }: PackedBatch): IssuanceResult[] {
  let at = 0;
  const take = (length: number): Uint8Array => {
    at += length;
    return new Uint8Array(octets, at - length, length);
  };
  return results.map((result) => (result.ok ? { ok: true, certificate: unpackCertificate(result.certificate, take) } : result));
}

function unpackCertificate(packed: PackedCertificate, take: (length: number) => Uint8Array): IssuedCertificate {
  const { sealingKeyIds, lengths, ...facts } = packed;
  const [der = new Uint8Array(), sealed = new Uint8Array(), ...wraps] = lengths.map(take);
  return {
    ...facts,
    der,
    sealedKey:
      sealingKeyIds === null
        ? null
        : {
            keyId: facts.keyId,
            sealed,
            wraps: sealingKeyIds.map((sealingKeyId, index) => ({ sealingKeyId, wrapped: wraps[index] ?? new Uint8Array() })),
          },
  };
}
