import { useState } from 'react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { AuthorityDialogProps } from './authority-act.ts';
import { ocspDraft, ocspOrder, readAddress } from './ocsp-draft.ts';
import { OcspServer } from './ocsp-server.tsx';
import { OutcomeDialog } from './outcome-dialog.tsx';
import styles from './authority-dialogs.module.css';

/** Says in certificates where OCSP is answered, or that it is nowhere, and what a web server has to do for it. */
export function OcspDialog({ authority, onClose }: AuthorityDialogProps) {
  const [made, setMade] = useState<string | null>();
  if (authority.publishUrl === null) return <NoAddress onClose={onClose} />;
  if (made === undefined) return <AskWhere authority={authority} publishUrl={authority.publishUrl} onClose={onClose} onMade={setMade} />;
  return made === null ? (
    <OutcomeDialog title={t('ocsp.title')} done={t('ocsp.is-off')} next={[t('ocsp.off-next')]} onClose={onClose} />
  ) : (
    <OutcomeDialog title={t('ocsp.title')} done={t('ocsp.is-on', { address: made })} next={[t('ocsp.on-next')]} onClose={onClose} />
  );
}

interface AskWhereProps {
  readonly authority: AuthoritySummary;
  readonly publishUrl: string;
  readonly onClose: () => void;
  readonly onMade: (url: string | null) => void;
}

function AskWhere({ authority, publishUrl, onClose, onMade }: AskWhereProps) {
  const command = useCommand('ocsp.address');
  const [draft, setDraft] = useState(() => ocspDraft(authority));
  const url = ocspOrder(draft, authority.ocspUrl);
  const save = async () => {
    const saved = url === undefined ? undefined : await command.run({ authority: authority.id, url });
    if (saved !== undefined) onMade(saved.ocspUrl);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void save()} isDisabled={url === undefined} isWorking={command.isRunning}>
        {t(actOf(draft.isOn, authority.ocspUrl))}
      </ActionButton>
    </>
  );
  const line = <Sentence of="ocsp.line" with={{ name: <PersonName name={authority.name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('ocsp.title')} line={line} actions={actions} width={600}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <ChoiceCards
          label={t('ocsp.how')}
          choices={choices()}
          value={draft.isOn ? 'on' : 'off'}
          onChange={(value) => setDraft({ ...draft, isOn: value === 'on' })}
        />
        {draft.isOn && <Address address={draft.address} publishUrl={publishUrl} onChange={(address) => setDraft({ ...draft, address })} />}
      </div>
    </Dialog>
  );
}

const actOf = (isOn: boolean, ocspUrl: string | null) => (!isOn ? 'ocsp.act-off' : ocspUrl === null ? 'ocsp.act-on' : 'ocsp.act-change');

const choices = () => (['off', 'on'] as const).map((value) => ({ value, title: t(`ocsp.${value}`), detail: t(`ocsp.${value}-detail`) }));

interface AddressProps {
  readonly address: string;
  readonly publishUrl: string;
  readonly onChange: (address: string) => void;
}

function Address({ address, publishUrl, onChange }: AddressProps) {
  const read = readAddress(address);
  return (
    <>
      <TextField
        label={t('ocsp.address')}
        hint={t('ocsp.address-hint')}
        value={address}
        onChange={onChange}
        error={'fault' in read ? t(`ocsp.address-${read.fault}`) : undefined}
        maxLength={200}
      />
      {'url' in read && <OcspServer url={read.url} publishUrl={publishUrl} />}
    </>
  );
}

function NoAddress({ onClose }: { readonly onClose: () => void }) {
  const action = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('authority-act.done')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('ocsp.title')} actions={action} width={520}>
      <div className={styles.rows}>
        <StatusText state="ended" isSentence>
          {t('ocsp.no-address')}
        </StatusText>
        <p className={styles.next}>{t('ocsp.no-address-next')}</p>
      </div>
    </Dialog>
  );
}
