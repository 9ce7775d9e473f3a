import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import { toDate } from '../../i18n/dates.ts';

/** What a key is for; each has a lane of its own. */
export type Purpose = 'sign' | 'encrypt' | 'dual';

/**
 * `in-use`: the newest and good. `kept`: an older one that still opens old mail. `replaced`: an older one for signing. `held`: the newest, on
 * hold.
 * `revoked`: for good, whatever came after.
 */
export type BarKind = 'in-use' | 'kept' | 'replaced' | 'held' | 'revoked';

/** One certificate on the time axis: until it ended, was revoked, or the next one took over. */
export interface KeyBar {
  readonly certificate: CertificateSummary;
  readonly kind: BarKind;
  readonly from: Date;
  readonly to: Date;
}

export interface KeyLane {
  readonly purpose: Purpose;
  /** Oldest first. */
  readonly bars: readonly KeyBar[];
  /** The newest, revoked or not. */
  readonly current: CertificateSummary | undefined;
}

const purposes: readonly Purpose[] = ['sign', 'encrypt', 'dual'];

/** One lane for each purpose a person's certificates have. */
export function keyLanes(certificates: readonly CertificateSummary[]): readonly KeyLane[] {
  return purposes.map((purpose) => laneOf(purpose, certificates)).filter(({ bars }) => bars.length > 0);
}

function laneOf(purpose: Purpose, certificates: readonly CertificateSummary[]): KeyLane {
  const own = certificates
    .filter((certificate) => certificate.purpose === purpose)
    .toSorted((a, b) => Number(a.isCurrent) - Number(b.isCurrent) || a.notBefore.localeCompare(b.notBefore));
  const bars = own.map((certificate, index) => barOf(certificate, own[index + 1]));
  return { purpose, bars, current: own.findLast(({ isCurrent }) => isCurrent) };
}

function barOf(certificate: CertificateSummary, next: CertificateSummary | undefined): KeyBar {
  const ends = [certificate.notAfter, certificate.status === 'on-hold' ? null : certificate.revokedAt, next?.notBefore].flatMap((end) =>
    end === null || end === undefined ? [] : [toDate(end).getTime()],
  );
  const from = toDate(certificate.notBefore);
  return { certificate, kind: kindOf(certificate), from, to: new Date(Math.max(from.getTime(), Math.min(...ends))) };
}

function kindOf({ isCurrent, purpose, revokedAt, status }: CertificateSummary): BarKind {
  if (status === 'on-hold') return isCurrent ? 'held' : 'kept';
  if (revokedAt !== null) return 'revoked';
  if (isCurrent) return 'in-use';
  return purpose === 'sign' ? 'replaced' : 'kept';
}

/** Earlier certificates, newest first: kept, replaced and revoked. */
export const earlierBars = (lanes: readonly KeyLane[]): readonly KeyBar[] =>
  lanes
    .flatMap(({ bars }) => bars)
    .filter(({ kind }) => kind !== 'in-use' && kind !== 'held')
    .toSorted((a, b) => b.from.getTime() - a.from.getTime());
