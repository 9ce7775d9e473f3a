import { IconFile, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PlaceField } from '../backup/place-field.tsx';
import { emptyDraft, fileFormats, messageFormats, orderOf, sinkKinds, type SinkDraft } from './sink-draft.ts';
import styles from './save-log-dialog.module.css';

/** Names a system that gets the entries of the log from now on. */
export function AddSinkDialog({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const [unlocated, setUnlocated] = useState<unknown>();
  const command = useCommand('sinks.add');
  const announce = useAnnounce();
  const order = orderOf(draft);
  const add = async () => {
    if (order === undefined || (await command.run(order)) === undefined) return;
    announce(t('sinks.added', { name: order.name }));
    onClose();
  };
  const change = (part: Partial<SinkDraft>) => setDraft((before) => ({ ...before, ...part }));
  const error = command.error ?? unlocated;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('sinks.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void add()} isWorking={command.isRunning} isDisabled={order === undefined}>
        {t('sinks.add')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('sinks.add-title')} line={t('sinks.add-line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <TextField label={t('sinks.name')} value={draft.name} onChange={(name) => change({ name })} maxLength={60} takesFocus />
        <SelectField
          label={t('sinks.kind')}
          value={draft.kind}
          options={sinkKinds.map((value) => ({ value, label: t(`sinks.kind-${value}`) }))}
          onChange={(kind) => change({ kind })}
        />
        <Place draft={draft} onChange={change} onError={setUnlocated} />
        {(draft.kind === 'syslog-tls' || draft.kind === 'fhir') && <Trust draft={draft} onChange={change} onError={setUnlocated} />}
        <CheckField label={t('sinks.from-start')} isChecked={draft.fromStart} onChange={(fromStart) => change({ fromStart })} />
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly draft: SinkDraft;
  readonly onChange: (part: Partial<SinkDraft>) => void;
  readonly onError: (error: unknown) => void;
}

function Place({ draft, onChange, onError }: PartProps) {
  const api = useApi();
  if (draft.kind === 'fhir')
    return <TextField label={t('sinks.url')} hint={t('sinks.url-hint')} value={draft.url} onChange={(url) => onChange({ url })} />;
  if (draft.kind === 'file')
    return (
      <>
        <PlaceField
          label={t('sinks.folder')}
          icon={IconFolder}
          act={t('sinks.choose-folder')}
          path={draft.folder}
          choose={async () => (await api.shell('chooseFolder', { title: t('sinks.folder') })).folder?.path ?? null}
          onPath={(folder) => onChange({ folder })}
          onError={onError}
        />
        <SelectField
          label={t('sinks.format')}
          value={draft.format}
          options={fileFormats.map((value) => ({ value, label: t(`save-log.format-${value}`) }))}
          onChange={(format) => onChange({ format })}
        />
      </>
    );
  return (
    <>
      <TextField label={t('sinks.host')} value={draft.host} onChange={(host) => onChange({ host })} maxLength={253} />
      <TextField label={t('sinks.port')} value={draft.port} onChange={(port) => onChange({ port })} maxLength={5} />
      <SelectField
        label={t('sinks.format')}
        value={draft.content}
        options={messageFormats.map((value) => ({ value, label: t(`sinks.content-${value}`) }))}
        onChange={(content) => onChange({ content })}
      />
    </>
  );
}

function Trust({ draft, onChange, onError }: PartProps) {
  const api = useApi();
  const locate = async () => (await api.shell('locateFile', { title: t('sinks.choose-file'), extensions: ['pem', 'crt', 'key'] })).path;
  return (
    <>
      <FileField
        label={t('sinks.authority')}
        hint={t('sinks.authority-hint')}
        act={t('sinks.choose-file')}
        accept=".pem,.crt,.cer"
        maximumLength={262_144}
        file={draft.authority}
        onFile={(authority) => onChange({ authority })}
      />
      <PlaceField
        label={t('sinks.certificate')}
        icon={IconFile}
        act={t('sinks.choose-certificate')}
        path={draft.certificate}
        choose={locate}
        onPath={(certificate) => onChange({ certificate })}
        onError={onError}
      />
      <PlaceField
        label={t('sinks.key')}
        icon={IconFile}
        act={t('sinks.choose-key')}
        path={draft.key}
        choose={locate}
        onPath={(key) => onChange({ key })}
        onError={onError}
      />
    </>
  );
}
