import { AppError } from '../errors.ts';
import { readCertificate } from '../x509/read-certificate.ts';
import type { PfxStyle } from '../pfx/encode-pfx.ts';
import { familyOf, type KeyAlgorithm } from '../key/algorithm.ts';
import { mailKit, mailKitName } from './kit/kits.ts';
import type { MailProgramId } from './test-message.ts';
import { mailClientNames, type MailCertificate, type MailClientId } from './mail-client.ts';

/**
 * What an engine does with elliptic curves: `everything`; `signs-only`, because its CMS knows no key agreement (NSS of
 * today's distributions); `nothing`, because it cannot even be handed the key (GnuPG 2.2 crashes on such a .p12; the keychain of macOS is
 * given compatible files, which hold RSA keys alone).
 */
type CurveSupport = 'everything' | 'signs-only' | 'nothing';

const curves: Readonly<Record<MailClientId, CurveSupport>> = {
  thunderbird: 'everything',
  evolution: 'signs-only',
  kmail: 'nothing',
  claws: 'nothing',
  neomutt: 'nothing',
  gnupg: 'nothing',
  nss: 'everything',
  'windows-certificates': 'everything',
  'macos-keychain': 'nothing',
};

/**
 * Refuses before anything is written what the program would refuse, or break on, later.
 * @throws AppError client.unfit with details {program, algorithm, use}
 */
export const requireFit = (client: MailClientId, certificates: readonly MailCertificate[]): void =>
  requireTaken(mailClientNames[client], curves[client], certificates);

/** The same for files that are handed over: what needs the compatible lock takes RSA keys only. @throws AppError client.unfit */
export const requireFitFiles = (program: string, style: PfxStyle, certificates: readonly MailCertificate[]): void =>
  requireTaken(program, style === 'modern' ? 'everything' : 'nothing', certificates);

/** Those of these programs that can do nothing with keys of a kind, as people call them. */
export const programsWithoutUse = (algorithm: KeyAlgorithm, programs: readonly MailProgramId[]): readonly string[] =>
  familyOf(algorithm) === 'rsa' ? [] : programs.filter((program) => supportOf(program) !== 'everything').map(nameOf);

const isHere = (program: MailProgramId): program is MailClientId => Object.hasOwn(curves, program);

const nameOf = (program: MailProgramId): string => (isHere(program) ? mailClientNames[program] : mailKitName(program));

const supportOf = (program: MailProgramId): CurveSupport =>
  isHere(program) ? curves[program] : mailKit(program).keys?.style === 'compatible' ? 'nothing' : 'everything';

function requireTaken(program: string, support: CurveSupport, certificates: readonly MailCertificate[]): void {
  for (const { der, use } of certificates.filter(({ isCurrent, use: whatFor }) => isCurrent || whatFor !== 'sign')) {
    const { rsa, curve, algorithm } = readCertificate(der).subjectPublicKeyInfo;
    if (rsa !== undefined || support === 'everything') continue;
    if (support === 'signs-only' && use === 'sign' && curve !== undefined) continue;
    const named = curve ?? algorithm.name;
    throw new AppError('client.unfit', `${program} can do nothing with a certificate whose key is ${named} to ${use}.`, {
      program,
      algorithm: named,
      use,
    });
  }
}
