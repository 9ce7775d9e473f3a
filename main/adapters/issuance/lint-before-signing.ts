import { lintCertificate } from '../../domain/lint/lint-certificate.ts';
import { passLint } from '../../domain/lint/lint-gate.ts';
import type { SubscriberProfile } from '../../domain/profile/certificate-profile.ts';
import type { ComposedCertificate } from '../../domain/profile/compose-certificate.ts';
import { readDraft } from '../../domain/profile/draft-certificate.ts';
import type { PreparedIssuer } from '../../domain/profile/prepare-issuer.ts';
import type { IssuanceOrder, IssuanceTerms } from '../../ports/issuance.ts';

/** Shapes that may be signed and the rules they break, by the terms of their batch. */
const judged = new WeakMap<IssuanceTerms, Map<string, readonly string[]>>();

/**
 * Stops what the lint calls an error before it is signed, unless the terms override it. Within a batch certificates of one profile, one
 * kind of key and the same attributes differ in values only, which composing has judged: the first of each shape is linted for all. Gives the rules
 * that are broken knowingly.
 * @throws AppError path.lint
 */
export function lintBeforeSigning(
  issuer: PreparedIssuer,
  order: IssuanceOrder,
  { tbsCertificate, subject }: ComposedCertificate,
  terms: IssuanceTerms,
  profile: SubscriberProfile,
): readonly string[] {
  const shapes = judged.get(terms) ?? new Map<string, readonly string[]>();
  judged.set(terms, shapes);
  const shape = `${profile.id} ${order.algorithm} ${attributesOf(subject)}`;
  const known = shapes.get(shape);
  if (known !== undefined) return known;
  const findings = lintCertificate(readDraft(tbsCertificate, issuer.signatureAlgorithm.algorithmIdentifier), { profile });
  const { rules } = passLint(findings, terms.override);
  shapes.set(shape, rules);
  return rules;
}

/** The attribute types of a name (RFC 4514), without their values. */
const attributesOf = (subject: string): string => subject.replaceAll(/=(?:\\.|[^,+\\])*/g, '');
