import { compareOctets } from '../asn1/der-writer.ts';
import { readSignedAttributes } from '../cms/signed-attributes.ts';
import { PathBudget } from '../cms/signer-certificate.ts';
import { verifySignedData } from '../cms/verify-signed-data.ts';
import type { SignatureFinding } from '../cms/finding.ts';
import { digestOid } from '../x509/oid.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { ContentPrimitives } from '../cms/content-primitives.ts';
import type { TimeStampInfo, TimeStampResponse } from './read-time-stamp.ts';

/** What a time-stamp is held against. */
export interface TimeStampExpectation {
  /** SHA-256 of what was to be stamped. */
  readonly imprint: Uint8Array;
  /** Hexadecimal, as `readIntegerHex` gives it; undefined where the answer was held against its request before. */
  readonly nonce: string | undefined;
  readonly policy: string | undefined;
  /** The certificates that the authority's own must lead to. */
  readonly trust: readonly Certificate[];
}

export interface TimeStampFinding {
  readonly code: SignatureFinding['code'] | 'time-stamp.imprint' | 'time-stamp.nonce' | 'time-stamp.policy' | 'time-stamp.signer';
  readonly detail: string;
}

/**
 * What is wrong with a time-stamp; nothing where it holds (RFC 3161 section 2.2, RFC 5816): it is over these octets, answers this request, and is
 * signed by one authority whose certificate is for time-stamps alone (critical extKeyUsage) and led to `trust` when it was made.
 */
export function judgeTimeStamp(
  { signed, info }: TimeStampResponse,
  expected: TimeStampExpectation,
  primitives: ContentPrimitives,
): readonly TimeStampFinding[] {
  const question = { trust: expected.trust, pool: [], crls: [], time: info.time, allowSha1: false, requireRevocation: false };
  const contents = signed.content === undefined ? [] : [signed.content];
  const verdicts = verifySignedData(signed, contents, { ...question, purpose: 'timestamp' }, primitives, new PathBudget());
  return [...judgeInfo(info, expected), ...judgeSigners(signed), ...verdicts.flatMap(({ findings }) => findings)];
}

function judgeInfo({ imprint, nonce, policy }: TimeStampInfo, expected: TimeStampExpectation): readonly TimeStampFinding[] {
  const findings: TimeStampFinding[] = [];
  if (imprint.digestOid !== digestOid.sha256 || compareOctets(imprint.digest, expected.imprint) !== 0)
    findings.push({ code: 'time-stamp.imprint', detail: 'The time-stamp is over something else.' });
  if (expected.nonce !== undefined && nonce !== expected.nonce)
    findings.push({ code: 'time-stamp.nonce', detail: 'The time-stamp answers another request.' });
  if (expected.policy !== undefined && policy !== expected.policy)
    findings.push({ code: 'time-stamp.policy', detail: 'The time-stamp was made under another policy than the one asked for.' });
  return findings;
}

/** One signer, who says with which certificate: RFC 3161 section 2.4.2. */
function judgeSigners({ signers }: TimeStampResponse['signed']): readonly TimeStampFinding[] {
  const [signer] = signers;
  const isNamed =
    signers.length === 1 &&
    signer?.signedAttributes !== undefined &&
    readSignedAttributes(signer.signedAttributes).signingCertificate !== undefined;
  return isNamed
    ? []
    : [{ code: 'time-stamp.signer', detail: 'A time-stamp has one signer, who names the certificate it was signed with.' }];
}
