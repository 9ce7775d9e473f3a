import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { Standing } from '../ports/stores/people.ts';

type Considered = Pick<CertificateRow, 'isCurrent' | 'keyUsage' | 'notAfter' | 'revocation'>;

/**
 * How a person stands with these certificates: `stopped` while one in use is revoked for good and not replaced, `held`
 * while one is on hold, `covered` when
 * mail can be signed and opened, `none` otherwise. Whether something has ended by now is for the reader's clock.
 */
export function standingOf(certificates: readonly Considered[]): { readonly standing: Standing; readonly endsAt: string | null } {
  const current = certificates.filter(({ isCurrent }) => isCurrent);
  const good = current.filter(({ revocation }) => revocation === null);
  const ends = good.map(({ notAfter }) => notAfter).sort();
  const endsAt = ends[0] ?? null;
  if (current.some(({ revocation }) => revocation !== null && revocation.reason !== 'certificateHold'))
    return { standing: 'stopped', endsAt };
  if (good.length < current.length) return { standing: 'held', endsAt };
  const serves = (purpose: 'sign' | 'encrypt') => good.some(({ keyUsage }) => keyUsage === purpose || keyUsage === 'dual');
  return { standing: serves('sign') && serves('encrypt') ? 'covered' : 'none', endsAt };
}
