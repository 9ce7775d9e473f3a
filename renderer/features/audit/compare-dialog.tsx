import { useState } from 'react';
import type { CheckpointComparison } from '../../../main/contract/audit.ts';
import { FileContent } from '../../../main/contract/client.ts';
import { formatNumber, t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './save-log-dialog.module.css';

/** Holds the log against a total that somebody pastes or types. */
export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const { compare, isComparing, found, error } = useComparison();
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isComparing}>
        {t(found === undefined ? 'paper.not-now' : 'paper.close')}
      </ActionButton>
      <ActionButton kind="filled" isWorking={isComparing} isDisabled={text.trim() === ''} onClick={() => void compare(text)}>
        {t('paper.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('paper.title')} line={t('paper.line')} actions={actions} width={600}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        {found !== undefined && <Found comparison={found} />}
        <TextArea label={t('paper.text')} hint={t('paper.text-hint')} value={text} onChange={setText} rows={6} maxLength={20_000} />
      </div>
    </Dialog>
  );
}

/** What is suspected by it stands above the log from then on. */
function useComparison() {
  const api = useApi();
  const announce = useAnnounce();
  const { reload } = useQuery('audit.checkKept', {}, { isStill: true });
  const [isComparing, setComparing] = useState(false);
  const [found, setFound] = useState<CheckpointComparison>();
  const [error, setError] = useState<unknown>();
  const compare = async (text: string) => {
    setComparing(true);
    setError(undefined);
    setFound(undefined);
    try {
      const checkpoint = new FileContent(t('paper.text'), new TextEncoder().encode(text));
      const comparison = await api.call('audit.compareCheckpoint', { checkpoint });
      setFound(comparison);
      announce(t('paper.compared'));
      if (comparison.suspicion !== null) await reload();
    } catch (reason) {
      setError(reason);
    } finally {
      setComparing(false);
    }
  };
  return { compare, isComparing, found, error };
}

const isGood = ({ verdict }: CheckpointComparison): boolean => verdict === 'same' || verdict === 'grown';

function Found({ comparison }: { readonly comparison: CheckpointComparison }) {
  const { verdict, isSigned, size, entries, shortHash } = comparison;
  const state = verdict === 'other' ? 'waiting' : isGood(comparison) ? 'fine' : 'stopped';
  const counted = t('paper.counted', { count: size, short: shortHash, entries: formatNumber(entries) });
  const next = isSigned ? (isGood(comparison) ? '' : t('paper.suspected')) : t('paper.unsigned');
  return (
    <Notice state={state} title={t(`paper.${verdict}`)} live="assertive">
      {verdict === 'other' ? t('paper.other-text') : `${counted} ${next}`}
    </Notice>
  );
}
