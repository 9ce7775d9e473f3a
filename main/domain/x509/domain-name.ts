import { isAscii } from '../asn1/der-writer.ts';
import { punycodeDecode, punycodeEncode } from '../encoding/punycode.ts';

/** Octets a name may have in the DNS as text (RFC 1035 section 2.3.4), and one of its labels. */
const longestName = 253;
const longestLabel = 63;

/** The scripts in which domain names are registered today; a name in another one can still be given in its `xn--` form. */
const registeredScript =
  /^[\p{scx=Arabic}\p{scx=Armenian}\p{scx=Bengali}\p{scx=Bopomofo}\p{scx=Cyrillic}\p{scx=Devanagari}\p{scx=Ethiopic}\p{scx=Georgian}\p{scx=Greek}\p{scx=Gujarati}\p{scx=Gurmukhi}\p{scx=Han}\p{scx=Hangul}\p{scx=Hebrew}\p{scx=Hiragana}\p{scx=Kannada}\p{scx=Katakana}\p{scx=Khmer}\p{scx=Lao}\p{scx=Latin}\p{scx=Malayalam}\p{scx=Myanmar}\p{scx=Oriya}\p{scx=Sinhala}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Thaana}\p{scx=Thai}\p{scx=Tibetan}\p{sc=Inherited}0-9-]+$/u;
const letterMarkOrDigit = /^[\p{L}\p{M}\p{Nd}\u3007-]+$/u;
/** What RFC 5892 disallows among letters and marks: ignorable, old Hangul jamo, tatweel and other exceptions of section 2.6. */
const disallowed = /[\u302e-\u302f\p{DI}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0640\u3031-\u3035\u303b]/u;
/** Changed by normalisation or case folding, except sharp s and final sigma, which IDNA 2008 keeps. */
const unstable = /(?![\u00df\u03c2])\p{CWKCF}/u;
/** The lunate sigma and the mathematical letters: NFKC may give a final sigma where UTS #46 gives the other one. */
const ambiguous = /[\u03f2\u{1d400}-\u{1d7ff}]/u;
const rightToLeft = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Thaana}\u0660-\u0669]/u;
/** One script, not a figure first, and nothing that runs from left to right. */
const rightToLeftLabel =
  /^(?!\p{Nd})(?:[\p{sc=Arabic}\u0300-\u036f\u064b-\u065f\u06700-9\u0660-\u0669-]+|[\p{sc=Hebrew}\u0300-\u036f0-9-]+|[\p{sc=Thaana}0-9-]+)$/u;
const europeanDigit = /[0-9\u06f0-\u06f9]/u;
const arabicDigit = /[\u0660-\u0669]/u;

/**
 * A host name as the DNS, rfc822Name and SmtpUTF8Mailbox carry it (RFC 5890 LDH and A-labels, RFC 9598 section 3): lower-case ASCII,
 * each label in another script as `xn--` of its normalised, lower-case form. At least two labels; an address literal is no name.
 * `undefined` for anything that is not such a name. What is accepted maps as UTS #46 (non-transitional) does; the rest is refused.
 */
export function toAsciiDomain(text: string): string | undefined {
  const known = knownDomains.get(text);
  if (known !== undefined) return known;
  const domain = computeAsciiDomain(text);
  if (domain === undefined) return undefined;
  if (knownDomains.size >= rememberedDomains) knownDomains.clear();
  knownDomains.set(text, domain);
  return domain;
}

/** A practice writes to few domains: the last ones are remembered, because every certificate asks. */
const rememberedDomains = 500;
const knownDomains = new Map<string, string>();

function computeAsciiDomain(text: string): string | undefined {
  const labels = (isAscii(text) ? text.split('.') : text.split(/[.\u3002\uff0e\uff61]/u)).map(toAsciiLabel);
  const names = labels.filter((label) => label !== undefined);
  const top = names.at(-1) ?? '';
  if (names.length !== labels.length || names.length < 2 || isNumeric(top)) return undefined;
  const domain = names.join('.');
  return domain.length <= longestName && isOneDirection(text, names) ? domain : undefined;
}

function toAsciiLabel(text: string): string | undefined {
  if (ambiguous.test(text)) return undefined;
  const label = normalised(text);
  if (isLdhLabel(label)) return label.startsWith('xn--') ? checkedAceLabel(label) : label.slice(2, 4) === '--' ? undefined : label;
  if (!isUnicodeLabel(label)) return undefined;
  const ace = `xn--${punycodeEncode(label)}`;
  return ace.length <= longestLabel ? ace : undefined;
}

function normalised(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const lowerCase = Array.from(text.normalize('NFKC'), (character) => character.toLowerCase()).join('');
  return lowerCase.normalize('NFKC');
}

function isLdhLabel(label: string): boolean {
  if (label.length === 0 || label.length > longestLabel || label.startsWith('-') || label.endsWith('-')) return false;
  for (let at = 0; at < label.length; at++) if (!isLdh(label.charCodeAt(at))) return false;
  return true;
}

const isLdh = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d;

/** RFC 5891 section 4.2.3, RFC 5893 section 2: stricter than both where a rule needs tables. */
function isUnicodeLabel(label: string): boolean {
  if (!letterMarkOrDigit.test(label) || !registeredScript.test(label) || disallowed.test(label) || unstable.test(label)) return false;
  if (label.startsWith('-') || label.endsWith('-') || label.slice(2, 4) === '--' || /^\p{M}/u.test(label)) return false;
  if (!rightToLeft.test(label)) return true;
  return rightToLeftLabel.test(label) && !(europeanDigit.test(label) && arabicDigit.test(label));
}

/** An `xn--` label must be what its own decoding encodes to; whether the script is one we would write ourselves does not matter. */
function checkedAceLabel(label: string): string | undefined {
  const decoded = punycodeDecode(label.slice(4));
  if (decoded === undefined || isLdhLabel(decoded) || !/^[^\p{C}\p{Z}]+$/u.test(decoded)) return undefined;
  return decoded === normalised(decoded) && `xn--${punycodeEncode(decoded)}` === label ? label : undefined;
}

/** Beside a right-to-left label no other may begin with a digit (RFC 5893 section 2, rule 1). */
const isOneDirection = (text: string, labels: readonly string[]): boolean =>
  isAscii(text) || !rightToLeft.test(text) || labels.every((label) => !/^[0-9]/.test(label));

const isNumeric = (label: string): boolean => /^[0-9]+$/.test(label);
