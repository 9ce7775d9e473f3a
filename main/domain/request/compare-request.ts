import type { CertificateExtensions } from '../x509/extension-values.ts';
import type { GeneralName } from '../x509/general-name.ts';
import { attributeOid, extendedKeyUsageOid, extensionOid, nameOfOid } from '../x509/oid.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { Name } from '../x509/read-name.ts';
import type { CertificationRequest } from '../x509/read-request.ts';

/** One thing a request asks for, and what becomes of it. */
export interface RequestItem {
  readonly kind: 'subject' | 'mailbox' | 'extension';
  /** As its standard calls it: an attribute, a form of name, an extension. */
  readonly name: string;
  readonly asked: string;
  /** What the certificate says instead, or the same; null where it says nothing of the kind. */
  readonly made: string | null;
  /** `replaced`: the profile or the practice says something else. `dropped`: the certificate does not carry it. */
  readonly fate: 'kept' | 'replaced' | 'dropped';
}

/** Everything a request asks for beside what the certificate to be will say. */
export const compareRequest = (request: CertificationRequest, made: Certificate): readonly RequestItem[] => [
  ...compareSubjects(request.subject, made.subject),
  ...compareAlternativeNames(request.extensions.subjectAltName ?? [], made.extensions.subjectAltName ?? []),
  ...compareExtensions(request, made),
];

function compareSubjects(asked: Name, made: Name): RequestItem[] {
  const attributes = made.rdnSequence.flat();
  return asked.rdnSequence.flat().map(({ type, value }) => {
    const same = attributes.filter((attribute) => attribute.type === type).map((attribute) => attribute.value);
    return itemOf('subject', nameOfOid(attributeOid, type), value, same.find((other) => isAlike(other, value)) ?? same[0]);
  });
}

/** A name is in the certificate or it is not: one mailbox never stands for another. */
function compareAlternativeNames(asked: readonly GeneralName[], made: readonly GeneralName[]): RequestItem[] {
  const texts = made.map(textOf);
  return asked.map((name) => {
    const text = textOf(name);
    return itemOf(
      'mailbox',
      name.form,
      text,
      texts.find((other) => isAlike(other, text)),
    );
  });
}

function textOf({ form, value }: GeneralName): string {
  return typeof value === 'string' ? value : form;
}

function compareExtensions(request: CertificationRequest, made: Certificate): RequestItem[] {
  const given = new Set(made.rawExtensions.map(({ oid }) => oid));
  return request.rawExtensions
    .filter(({ oid }) => oid !== extensionOid.subjectAltName)
    .map(({ oid }) =>
      itemOf(
        'extension',
        nameOfOid(extensionOid, oid),
        wordsOf(request.extensions, oid),
        given.has(oid) ? wordsOf(made.extensions, oid) : undefined,
      ),
    );
}

/** What an extension says, where a word says it; its octets speak for themselves elsewhere. */
function wordsOf(extensions: CertificateExtensions, oid: string): string {
  if (oid === extensionOid.keyUsage) return (extensions.keyUsage ?? []).join(', ');
  if (oid === extensionOid.extKeyUsage)
    return (extensions.extKeyUsage ?? []).map((usage) => nameOfOid(extendedKeyUsageOid, usage)).join(', ');
  if (oid === extensionOid.basicConstraints) return extensions.basicConstraints?.cA === true ? 'cA' : '';
  if (oid === extensionOid.certificatePolicies)
    return (extensions.certificatePolicies ?? []).map(({ policyIdentifier }) => policyIdentifier).join(', ');
  return '';
}

function itemOf(kind: RequestItem['kind'], name: string, asked: string, made: string | undefined): RequestItem {
  if (made === undefined) return { kind, name, asked, made: null, fate: 'dropped' };
  return { kind, name, asked, made, fate: isAlike(asked, made) ? 'kept' : 'replaced' };
}

const isAlike = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
