import { hash, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { hexEncode } from '../../domain/encoding/hex.ts';
import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';
import { keyIdentifierOf } from '../../domain/key/subject-public-key-info.ts';
import type { SubscriberProfile } from '../../domain/profile/certificate-profile.ts';
import { composeCertificate } from '../../domain/profile/compose-certificate.ts';
import type { PreparedIssuer } from '../../domain/profile/prepare-issuer.ts';
import { encodeCertificate, serialNumberFrom, serialNumberSize } from '../../domain/x509/tbs-certificate.ts';
import type { IssuanceOrder, IssuedCertificate, IssuanceTerms } from '../../ports/issuance.ts';
import type { KeyPair } from '../../ports/key-pairs.ts';
import { isRsa, type IssuanceTools } from './issuance-tools.ts';
import { lintBeforeSigning } from './lint-before-signing.ts';

/** An authority ready to sign; without a key it composes what is signed elsewhere: then a TBSCertificate stands for the certificate. */
export interface ReadyIssuer {
  readonly prepared: PreparedIssuer;
  readonly key: KeyObject | null;
  readonly algorithm: KeyAlgorithm;
  readonly tools: IssuanceTools;
}

const signOnPool = promisify(sign);
const sha256 = (octets: Uint8Array): Uint8Array => hash('sha256', octets, 'buffer');

/** Makes one key and certificate without leaving the thread. @throws AppError as `composeCertificate` */
export function issueInline(issuer: ReadyIssuer, order: IssuanceOrder, terms: IssuanceTerms): IssuedCertificate {
  if (isRsa(order.algorithm)) throw new AppError('internal', 'a slow key was to be made in line');
  const pair = pairFor(order) ?? issuer.tools.generateQuickly(order.algorithm);
  try {
    const draft = compose(issuer, order, pair, terms);
    const { digest } = issuer.prepared.signatureAlgorithm;
    return finish(issuer, order, pair, draft, issuer.key && sign(digest, draft.tbsCertificate, issuer.key), terms);
  } finally {
    pair.pkcs8.fill(0);
  }
}

/** The same for an RSA key, which takes long to make: on the thread pool, as its signature is. */
export async function issueOnPool(issuer: ReadyIssuer, order: IssuanceOrder, terms: IssuanceTerms): Promise<IssuedCertificate> {
  const pair = pairFor(order) ?? (await generate(issuer.tools, order.algorithm));
  try {
    const draft = compose(issuer, order, pair, terms);
    const { digest } = issuer.prepared.signatureAlgorithm;
    return finish(issuer, order, pair, draft, issuer.key && (await signOnPool(digest, draft.tbsCertificate, issuer.key)), terms);
  } finally {
    pair.pkcs8.fill(0);
  }
}

const generate = async (tools: IssuanceTools, algorithm: KeyAlgorithm): Promise<KeyPair> =>
  isRsa(algorithm) ? tools.generateRsaPair(algorithm) : tools.generateQuickly(algorithm);

/** What is known of a key that is kept elsewhere: its public half. */
const pairFor = ({ publicKey }: IssuanceOrder): KeyPair | undefined =>
  publicKey === undefined ? undefined : { subjectPublicKeyInfo: publicKey, pkcs8: new Uint8Array() };

type Draft = ReturnType<typeof composeCertificate> & {
  readonly serialNumber: Uint8Array;
  readonly profile: SubscriberProfile;
  readonly overridden: readonly string[];
};

/** What is to be signed, once the lint has seen it. */
function compose(issuer: ReadyIssuer, order: IssuanceOrder, { subjectPublicKeyInfo }: KeyPair, terms: IssuanceTerms): Draft {
  const profile = profileOf(terms, order.profile);
  const serialNumber = serialNumberFrom(issuer.tools.fillRandom(new Uint8Array(serialNumberSize)), order.notBefore);
  const composed = composeCertificate({
    profile,
    algorithm: order.algorithm,
    person: order.person,
    issuer: issuer.prepared,
    subjectPublicKeyInfo,
    subjectKeyIdentifier: keyIdentifierOf(subjectPublicKeyInfo, sha256),
    serialNumber,
    notBefore: order.notBefore,
  });
  const overridden = lintBeforeSigning(issuer.prepared, order, composed, terms, profile);
  return { ...composed, serialNumber, profile, overridden };
}

function profileOf({ profiles }: IssuanceTerms, id: string): SubscriberProfile {
  const profile = profiles.find((known) => known.id === id);
  if (profile === undefined) throw new AppError('internal', 'an order names a profile that its terms do not have');
  return profile;
}

function finish(
  issuer: ReadyIssuer,
  order: IssuanceOrder,
  pair: KeyPair,
  draft: Draft,
  signature: Uint8Array | null,
  terms: IssuanceTerms,
): IssuedCertificate {
  const { algorithmIdentifier } = issuer.prepared.signatureAlgorithm;
  const der = signature === null ? draft.tbsCertificate : encodeCertificate(draft.tbsCertificate, algorithmIdentifier, signature);
  return {
    certificateId: order.certificateId,
    keyId: order.keyId,
    profile: draft.profile.id,
    usage: draft.profile.usage,
    algorithm: order.algorithm,
    der,
    sha256: hash('sha256', der, 'hex'),
    spkiSha256: hash('sha256', pair.subjectPublicKeyInfo, 'hex'),
    serialNumber: hexEncode(draft.serialNumber),
    subject: draft.subject,
    emails: draft.emails,
    notBefore: draft.notBefore,
    notAfter: draft.notAfter,
    overridden: draft.overridden,
    sealedKey:
      order.publicKey === undefined
        ? issuer.tools.sealPrivateKey({
            keyId: order.keyId,
            pkcs8: pair.pkcs8,
            under: draft.profile.usage === 'sign' || draft.profile.escrowsKeys === false ? terms.sign : terms.decrypt,
          })
        : null,
  };
}
