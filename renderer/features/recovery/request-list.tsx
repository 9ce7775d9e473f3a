import type { EscrowRequestView, EscrowState } from '../../../main/contract/escrow.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { State } from '../../ui/status.ts';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import styles from '../../ui/panel-list.module.css';

/** What can be done about a request. */
export type RequestAct = 'approve' | 'refuse' | 'take' | 'sheets' | 'carry-out' | 'print' | 'alone' | 'review';

interface RequestListProps {
  readonly escrow: EscrowState;
  /** Name of whoever is signed in. */
  readonly me: string;
  readonly onAct: (act: RequestAct, request: EscrowRequestView) => void;
}

/** What the escrow was and is to be opened for, with what whoever looks can do about it. */
export function RequestList({ escrow, me, onAct }: RequestListProps) {
  const isOfficer = useMay()('escrow.ask');
  if (escrow.requests.length === 0)
    return (
      <Panel title={t('recovery.requests')}>
        <p>{t('recovery.requests-none')}</p>
      </Panel>
    );
  return (
    <Panel title={t('recovery.requests')} hint={t('recovery.requests-hint')} isFlush>
      <ul className={styles.list}>
        {escrow.requests.map((request) => (
          <li key={request.id} className={styles.row}>
            <TwoLines first={<bdi>{titleOf(request)}</bdi>} second={<Second request={request} />} />
            <span className={styles.acts}>
              {actsOf(request, escrow, me, isOfficer).map((act) => (
                <ActionButton key={act} size="row" onClick={() => onAct(act, request)} label={`${t(words[act])}: ${titleOf(request)}`}>
                  {t(words[act])}
                </ActionButton>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const words: Readonly<Record<RequestAct, MessageKey>> = {
  approve: 'recovery.approve',
  refuse: 'recovery.refuse',
  take: 'recovery.take',
  sheets: 'recovery.by-sheets',
  'carry-out': 'recovery.carry-out',
  print: 'recovery.carry-out-print',
  alone: 'recovery.alone-act',
  review: 'recovery.review',
};

/** What is asked for, in a line. */
const titleOf = ({ act, person, recipient }: EscrowRequestView): string =>
  act === 'share' ? t('recovery.of-share') : t('recovery.of-person', { name: person?.name ?? '', recipient });

function Second({ request }: { readonly request: EscrowRequestView }) {
  const { state, words: said } = stateOf(request);
  return (
    <>
      <bdi>{t('recovery.asked-by', { who: request.askedBy, reason: request.reason })}</bdi>
      {' · '}
      <StatusText state={state}>{said}</StatusText>
    </>
  );
}

function stateOf({ act, state, way, review, decidedBy }: EscrowRequestView): { readonly state: State; readonly words: string } {
  const who = decidedBy ?? '';
  switch (state) {
    case 'asked':
      return { state: 'waiting', words: t('recovery.state-asked') };
    case 'approved':
      return { state: 'working', words: t('recovery.state-approved', { who }) };
    case 'refused':
      return { state: 'ended', words: t('recovery.state-refused', { who }) };
    case 'run-out':
      return { state: 'ended', words: t('recovery.state-run-out') };
    case 'done':
      if (act === 'share') return { state: 'fine', words: t('recovery.state-done') };
      if (review !== null) return { state: 'fine', words: t('recovery.state-reviewed', { who: review.by }) };
      return way === 'alone'
        ? { state: 'stopped', words: t('recovery.state-alarm') }
        : { state: 'soon', words: t('recovery.state-to-review') };
  }
}

function actsOf(request: EscrowRequestView, { state: how, officers, sheets }: EscrowState, me: string, isOfficer: boolean): RequestAct[] {
  const { act, state, askedBy, review } = request;
  const isMine = askedBy === me;
  if (state === 'done') return act === 'recover' && review === null && (!isMine || how === 'alone') ? ['review'] : [];
  if (!isOfficer || state === 'refused' || state === 'run-out') return [];
  if (!isMine) return state === 'asked' ? ['approve', 'refuse'] : ['refuse'];
  const isWhole = officers.some(({ name, hasWhole }) => name === me && hasWhole);
  const ready: RequestAct[] = act === 'recover' ? ['take'] : ['carry-out', 'print'];
  const onPaper: RequestAct[] = sheets !== null && act === 'recover' ? ['sheets'] : [];
  const alone: RequestAct[] = isWhole && act === 'recover' ? ['alone'] : [];
  return [...(state === 'approved' ? ready : [...onPaper, ...alone]), 'refuse'];
}
