import type { AuditEntryView } from '../../../main/contract/audit.ts';
import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';
import { momentWords } from './effects.ts';

export interface DoneStep {
  readonly id: string;
  readonly state: State;
  readonly title: string;
  readonly detail: string;
  /** An instant, or by when in words. */
  readonly time: { readonly at: string } | { readonly words: string };
}

export interface Done {
  readonly entry: Pick<AuditEntryView, 'time' | 'subject'>;
  readonly certificates: readonly Pick<CertificateSummary, 'serialNumber'>[];
  readonly publishUrl: string | null;
  /** When the list others had runs out, as it was said before. */
  readonly knownBy: string | undefined;
}

/** What was done, in its order, and what is still to come. */
export function doneSteps({ entry, certificates, publishUrl, knownBy }: Done, now: Date): readonly DoneStep[] {
  const { time, subject } = entry;
  const count = certificates.length;
  const numbers = certificates.map(({ serialNumber }) => serialNumber.slice(-4).toUpperCase()).join(', ');
  const key = subject['reason'] === 'keyCompromise' ? 'compromised' : 'deactivated';
  const lists = typeof subject['lists'] === 'object' ? subject['lists'] : [];
  return [
    step('revoked', time, t('revoked.done.revoked', { count }), t('revoked.done.numbers', { count, numbers })),
    step('keys', time, t(`revoked.done.${key}`, { count }), t(`revoked.done.${key}-text`, { count })),
    ...lists.map((number) =>
      step(
        `list ${number}`,
        time,
        t('revoked.done.list', { number }),
        t(publishUrl === null ? 'revoked.done.list-text-by-hand' : 'revoked.done.list-text'),
      ),
    ),
    ...(lists.length === 0 ? [owed()] : []),
    world(knownBy, now),
  ];
}

const step = (id: string, at: string, title: string, detail: string): DoneStep => ({ id, state: 'fine', title, detail, time: { at } });

/** The key that signs the list is kept offline. */
const owed = (): DoneStep => ({
  id: 'list owed',
  state: 'waiting',
  title: t('revoked.done.owed'),
  detail: t('revoked.done.owed-text'),
  time: { words: t('revoked.done.owed-when') },
});

function world(knownBy: string | undefined, now: Date): DoneStep {
  const isAhead = knownBy !== undefined && new Date(knownBy) > now;
  return {
    id: 'world',
    state: 'waiting',
    title: t('revoked.world'),
    detail: t(isAhead ? 'revoked.world.by-text' : 'revoked.world.asks-text'),
    time: { words: isAhead ? t('revoked.world.by', { when: momentWords(knownBy, now) }) : t('revoked.world.asks') },
  };
}
