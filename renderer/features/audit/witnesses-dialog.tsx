import { useState } from 'react';
import type { WitnessView } from '../../../main/contract/witnesses.ts';
import { formatFullDay, formatTime } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { AddWitnessDialog } from './add-witness-dialog.tsx';
import { errorWords } from './entry-words.ts';
import styles from './save-log-dialog.module.css';

/** Those outside who watch that the log only grows: what each signed last, and the way to ask them. */
export function WitnessesDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, error, reload } = useQuery('witnesses.list', {});
  const asking = useAsking(reload);
  const remove = useCommand('witnesses.remove');
  const [isAdding, setAdding] = useState(false);
  if (isAdding) return <AddWitnessDialog onClose={() => setAdding(false)} />;
  const witnesses = data?.witnesses ?? [];
  const shownError = error ?? asking.error ?? remove.error;
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('witnesses.close')}
      </ActionButton>
      <Permitted call="witnesses.add">
        <ActionButton onClick={() => setAdding(true)}>{t('witnesses.add')}</ActionButton>
      </Permitted>
      {witnesses.length > 0 && (
        <Permitted call="witnesses.ask">
          <ActionButton kind="filled" onClick={() => void asking.ask()} isWorking={asking.isRunning}>
            {t('witnesses.ask')}
          </ActionButton>
        </Permitted>
      )}
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('witnesses.title')} line={t('witnesses.line')} actions={actions} width={640}>
      <div className={styles.rows}>
        {shownError !== undefined && <ErrorNotice error={shownError} />}
        {data !== undefined && witnesses.length === 0 && <p className={styles.text}>{t('witnesses.none')}</p>}
        {witnesses.map((witness) => (
          <Witness
            key={witness.name}
            witness={witness}
            onAsk={() => void asking.ask(witness.name)}
            onRemove={() => void remove.run({ name: witness.name })}
          />
        ))}
        {data !== undefined && <LogKey vkey={data.logKey} />}
      </div>
    </Dialog>
  );
}

/** One of them or all. What they answer stands beside each; a command that fails because nobody cosigned has remembered why. */
function useAsking(reload: () => Promise<void>) {
  const command = useCommand('witnesses.ask');
  const proofs = useQuery('audit.checkpointProofs', {}, { isStill: true });
  const announce = useAnnounce();
  const ask = async (name?: string) => {
    const done = await command.run(name === undefined ? {} : { name });
    if (done === undefined) return reload();
    if (done.answers.some(({ time }) => time !== null)) announce(t('witnesses.asked'));
    return proofs.reload();
  };
  return { ask, isRunning: command.isRunning, error: command.error };
}

interface WitnessProps {
  readonly witness: WitnessView;
  readonly onAsk: () => void;
  readonly onRemove: () => void;
}

function Witness({ witness: { name, url, cosigned, failure }, onAsk, onRemove }: WitnessProps) {
  return (
    <section aria-label={name}>
      <h3 className={styles.label}>{name}</h3>
      <p className={styles.text}>
        <bdi>{url}</bdi>
      </p>
      {cosigned === null ? (
        <p className={styles.text}>{t('witnesses.never')}</p>
      ) : (
        <StatusText state="fine" isSentence>
          {t('witnesses.cosigned', { count: cosigned.size, day: formatFullDay(cosigned.time), time: formatTime(cosigned.time) })}
        </StatusText>
      )}
      {failure !== null && (
        <StatusText state="stopped" isSentence>
          {t('witnesses.fails', { day: formatFullDay(failure.since) })} {errorWords(failure.error)}
        </StatusText>
      )}
      <div className={styles.links}>
        <Permitted call="witnesses.ask">
          <LinkButton onClick={onAsk}>{t('witnesses.ask-one', { name })}</LinkButton>
        </Permitted>
        <Permitted call="witnesses.remove">
          <LinkButton onClick={onRemove}>{t('witnesses.remove', { name })}</LinkButton>
        </Permitted>
      </div>
    </section>
  );
}

function LogKey({ vkey }: { readonly vkey: string }) {
  return (
    <section aria-label={t('witnesses.key')}>
      <h3 className={styles.label}>{t('witnesses.key')}</h3>
      <CopyText text={vkey} label={t('witnesses.key')} isMono />
      <p className={styles.text}>{t('witnesses.key-hint')}</p>
    </section>
  );
}
