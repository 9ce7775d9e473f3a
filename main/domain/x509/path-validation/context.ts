import { hexEncode } from '../../encoding/hex.ts';
import type { ErrorDetails } from '../../errors.ts';
import { nameKey } from '../compare-name.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CertificateList, RevokedCertificate } from '../read-certificate-list.ts';
import type { Name } from '../read-name.ts';
import type { SignaturePrimitives } from '../signature-primitives.ts';
import type { PathRequest } from './request.ts';
import type { PathCode, PathFinding } from './result.ts';

/** What a CRL says of a certificate. */
export type CrlAnswer = RevokedCertificate | 'absent' | 'unusable';

/** What one validation shares among its parts: the question, the primitives, and what was already computed. */
export interface PathContext {
  readonly request: PathRequest;
  readonly primitives: SignaturePrimitives;
  /** SHA-256 of a certificate, lower-case hexadecimal. */
  fingerprint(certificate: Certificate): string;
  /** `nameKey`, computed once for each name. */
  keyOf(name: Name): string;
  /** Signature checks left: a pool made to be costly ends here, and the path counts as not found. */
  readonly budget: { signatures: number };
  readonly signatures: Map<string, boolean>;
  readonly crlAnswers: Map<CertificateList, Map<Certificate, CrlAnswer>>;
}

const maximumSignatures = 2000;

export function createContext(request: PathRequest, primitives: SignaturePrimitives, parent?: PathContext): PathContext {
  const fingerprints = new Map<Certificate, string>();
  const keys = new Map<Name, string>();
  return {
    request,
    primitives,
    fingerprint: (certificate) => remembered(fingerprints, certificate, () => hexEncode(primitives.digest('sha256', certificate.der))),
    keyOf: (name) => remembered(keys, name, () => nameKey(name)),
    budget: parent?.budget ?? { signatures: maximumSignatures },
    signatures: parent?.signatures ?? new Map<string, boolean>(),
    crlAnswers: parent?.crlAnswers ?? new Map<CertificateList, Map<Certificate, CrlAnswer>>(),
  };
}

function remembered<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute();
  known.set(key, value);
  return value;
}

/** Self-issued: issuer and subject are the same name (RFC 5280 section 3.2). */
export const isSelfIssued = (context: PathContext, certificate: Certificate): boolean =>
  context.keyOf(certificate.issuer) === context.keyOf(certificate.subject);

export function finding(
  context: PathContext,
  certificate: Certificate,
  code: PathCode,
  detail: string,
  details: ErrorDetails = {},
): PathFinding {
  return { code, certificate: context.fingerprint(certificate), detail, details };
}
