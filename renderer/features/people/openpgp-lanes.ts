import type { OpenPgpSummary } from '../../../main/contract/openpgp.ts';
import { toDate } from '../../i18n/dates.ts';
import type { BarKind } from './key-lanes.ts';

/** One OpenPGP key on the time axis: until it ended, was revoked, or the next one took over. */
export interface OpenPgpBar {
  readonly id: string;
  readonly kind: BarKind;
  readonly from: Date;
  readonly to: Date;
}

export interface OpenPgpLane {
  /** The primary key signs, the subkey opens mail. */
  readonly purpose: 'sign' | 'encrypt';
  /** Oldest first. */
  readonly bars: readonly OpenPgpBar[];
  /** The newest, ended or not. */
  readonly current: OpenPgpSummary;
}

/** A lane for what signs and one for what opens mail; none without a key. */
export function openPgpLanes(keys: readonly OpenPgpSummary[]): readonly OpenPgpLane[] {
  const oldestFirst = keys.toSorted((a, b) => Number(a.isCurrent) - Number(b.isCurrent) || a.createdAt.localeCompare(b.createdAt));
  const current = oldestFirst.at(-1);
  if (current === undefined) return [];
  return (['sign', 'encrypt'] as const).map((purpose) => ({
    purpose,
    bars: oldestFirst.map((key, index) => barOf(key, purpose, oldestFirst[index + 1])),
    current,
  }));
}

function barOf(
  { id, isCurrent, createdAt, expiresAt, revokedAt }: OpenPgpSummary,
  purpose: OpenPgpLane['purpose'],
  next?: OpenPgpSummary,
): OpenPgpBar {
  const from = toDate(createdAt);
  const ends = [expiresAt, ...(revokedAt === null ? [] : [revokedAt]), ...(next === undefined ? [] : [next.createdAt])].map((end) =>
    toDate(end).getTime(),
  );
  const kind = isCurrent ? 'in-use' : purpose === 'sign' ? 'replaced' : 'kept';
  return { id, kind, from, to: new Date(Math.max(from.getTime(), Math.min(...ends))) };
}
