import { hexEncode } from '../../encoding/hex.ts';
import { keyAlgorithms, publicKeyAlgorithmIdentifier } from '../../key/algorithm.ts';
import { rsaWeakness, type RsaWeakness } from '../../key/weak-rsa.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { everyKind, when } from '../rule.ts';

/** AlgorithmIdentifiers of signatures, byte for byte (S/MIME BR section 7.1.3.2), Ed448 among them. */
const signatureAlgorithms: ReadonlySet<string> = new Set([
  '300d06092a864886f70d01010b0500',
  '300d06092a864886f70d01010c0500',
  '300d06092a864886f70d01010d0500',
  '304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
  '304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130',
  '304106092a864886f70d01010a3034a00f300d06096086480165030402030500a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140',
  '300a06082a8648ce3d040302',
  '300a06082a8648ce3d040303',
  '300a06082a8648ce3d040304',
  '300506032b6570',
  '300506032b6571',
]);

const publicKeyAlgorithms: ReadonlySet<string> = new Set([
  ...keyAlgorithms.map((algorithm) => hexEncode(publicKeyAlgorithmIdentifier(algorithm))),
  '300506032b6571',
]);

/** From this day an authority's certificate may not be signed over a smaller RSA key than 4096 bits (S/MIME BR section 6.1.5). */
const largerAuthorityKeys = Date.UTC(2026, 8, 15);

/** Rules about any certificate at all. */
export const encodingRules: readonly LintRule[] = [
  {
    name: 'version',
    source: 'S/MIME BR 7.1.1',
    kinds: everyKind,
    check: ({ certificate }) =>
      when(certificate.version !== 3, 'error', `It is an X.509 certificate of version ${certificate.version}; it must be 3.`),
  },
  { name: 'serial-number', source: 'S/MIME BR 7.1, RFC 5280 4.1.2.2', kinds: everyKind, check: checkSerialNumber },
  { name: 'signature-algorithm', source: 'S/MIME BR 7.1.3.2', kinds: everyKind, check: checkSignatureAlgorithm },
  { name: 'public-key', source: 'S/MIME BR 6.1.5, 6.1.6, 7.1.3.1', kinds: everyKind, check: checkPublicKey },
  { name: 'weak-key', source: 'S/MIME BR 6.1.1.3, 6.1.6', kinds: everyKind, check: checkWeakKey },
];

function checkSerialNumber({ certificate: { serialNumber } }: LintSubject): Verdict[] {
  if (serialNumber.startsWith('-') || /^0*$/.test(serialNumber)) return [['error', 'The serial number is not positive.']];
  const octets = serialNumber.length / 2;
  const isTooLarge = octets > 20 || (octets === 20 && Number.parseInt(serialNumber.slice(0, 2), 16) >= 0x80);
  return [
    ...when(isTooLarge, 'error', 'The serial number is 2^159 or more.'),
    ...when(octets < 8, 'warning', 'The serial number is too short to hold 64 random bits.'),
  ];
}

function checkSignatureAlgorithm({ certificate }: LintSubject): Verdict[] {
  const { signatureAlgorithm, isSignatureAlgorithmRepeated } = certificate;
  const isAllowed = signatureAlgorithms.has(hexEncode(signatureAlgorithm.der));
  return [
    ...when(!isAllowed, 'error', `Certificates may not be signed with ${signatureAlgorithm.name}, or not in this encoding.`),
    ...when(!isSignatureAlgorithmRepeated, 'error', 'The algorithm beside the signature is not the one that was signed.'),
  ];
}

function checkPublicKey(subject: LintSubject): Verdict[] {
  const { algorithm, rsa, keySize = 0 } = subject.certificate.subjectPublicKeyInfo;
  if (!publicKeyAlgorithms.has(hexEncode(algorithm.der))) {
    return [['error', `The public key is of an algorithm or in an encoding that is not allowed (${algorithm.name}).`]];
  }
  if (rsa === undefined) return [];
  const { publicExponent } = rsa;
  const isEven = ((publicExponent.at(-1) ?? 0) & 1) === 0;
  return [
    ...when(keySize < 2048, 'error', `An RSA key of ${keySize} bits is too small; 2048 is the least.`),
    ...when(keySize % 8 !== 0, 'error', `The size of an RSA key must be a multiple of 8 bits, not ${keySize}.`),
    ...when(
      isEven || (publicExponent.length === 1 && publicExponent[0] === 1),
      'error',
      'The RSA exponent must be an odd number from 3 on.',
    ),
    ...when(publicExponent.length < 3, 'warning', 'The RSA exponent is smaller than 65537.'),
    ...when((subject.kind === 'root' || subject.kind === 'issuing') && keySize < 4096, ...smallAuthorityKey(subject)),
  ];
}

function smallAuthorityKey({ certificate }: LintSubject): Verdict {
  const isTooLate = certificate.notBefore.getTime() >= largerAuthorityKeys;
  return [isTooLate ? 'error' : 'notice', 'From 15 September 2026 the RSA key of an authority must have at least 4096 bits.'];
}

const weaknesses: Readonly<Record<RsaWeakness, string>> = {
  'small-factor': 'The RSA modulus has a factor below 752: anybody can find the private key.',
  roca: 'The RSA key was made by a flawed chip (ROCA, CVE-2017-15361): its private key can be computed.',
  'close-primes': 'The primes of the RSA key are so close together that its private key can be computed.',
};

function checkWeakKey({ certificate }: LintSubject): Verdict[] {
  const { rsa } = certificate.subjectPublicKeyInfo;
  const weakness = rsa && rsaWeakness(rsa.modulus);
  return weakness === undefined ? [] : [['error', weaknesses[weakness]]];
}
