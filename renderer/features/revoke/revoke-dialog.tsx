import { IconCertificateOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { CertificateSummary, RevocationPreview } from '../../../main/contract/certificates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { GentlerWay } from '../../ui/gentler-way.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useHold } from '../certificates/use-hold.ts';
import { Consequences } from './consequences.tsx';
import { needsNote, reasonChoices, type RevokeReason } from './reasons.ts';

export interface RevokeDialogProps {
  /** Ids of certificates of one person; those revoked already are left out. */
  readonly certificates: readonly string[];
  /** What is known already: "Report lost" says `keyCompromise`. */
  readonly reason?: RevokeReason;
  /** Nothing was changed, or it is done: the dialog leaves. */
  readonly onClose: () => void;
  /** It is done; told after the page that says what was done has been opened. */
  readonly onDone?: () => void;
}

/** Asks before certificates are revoked for good, does it, and opens the page that says what was done. */
export function RevokeDialog({ certificates, ...rest }: RevokeDialogProps) {
  const { data, error } = useQuery('certificates.previewRevocation', { certificates: [...certificates] }, { isStill: true });
  if (data === undefined && error === undefined) return null;
  const revoking = data?.certificates.filter(({ status }) => status !== 'revoked') ?? [];
  if (data === undefined || revoking.length === 0) return <NothingToRevoke error={error} onClose={rest.onClose} />;
  return <AskToRevoke preview={data} revoking={revoking} {...rest} />;
}

function NothingToRevoke({ error, onClose }: { readonly error: unknown; readonly onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('revoke.already-title')}
      actions={
        <ActionButton onClick={onClose} takesFocus>
          {t('revoke.close')}
        </ActionButton>
      }
    >
      {error === undefined ? <p>{t('revoke.already-text')}</p> : <ErrorNotice error={error} />}
    </Dialog>
  );
}

interface AskToRevokeProps extends Omit<RevokeDialogProps, 'certificates'> {
  readonly preview: RevocationPreview;
  readonly revoking: readonly CertificateSummary[];
}

function AskToRevoke({ preview, revoking, reason: known, onClose, onDone }: AskToRevokeProps) {
  const [reason, setReason] = useState<RevokeReason | null>(known ?? null);
  const [note, setNote] = useState('');
  const { act, isActing, error } = useRevoking(preview, revoking, () => {
    onClose();
    onDone?.();
  });
  const hold = useHold(
    revoking.map(({ id }) => id),
    onClose,
  );
  const isNoteNeeded = needsNote(reason, note);
  return (
    <ConfirmDialog
      isOpen
      onClose={isActing ? () => undefined : onClose}
      icon={<IconCertificateOff size={26} stroke={1.6} aria-hidden />}
      title={<Title preview={preview} revoking={revoking} />}
      line={<bdi>{[...new Set(revoking.flatMap(({ emails }) => emails))].join(', ')}</bdi>}
      consequences={<Consequences preview={preview} revoking={revoking} />}
      act={t('revoke.act', { count: revoking.length })}
      onAct={() => reason !== null && act(reason, note.trim())}
      isActing={isActing}
      cannotAct={reason === null || isNoteNeeded}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      {hold.error !== undefined && <ErrorNotice error={hold.error} />}
      <ChoiceCards label={t('revoke.what-happened')} choices={reasonChoices()} value={reason} onChange={setReason} />
      <TextArea
        label={t('revoke.note')}
        hint={t('revoke.note-hint')}
        value={note}
        onChange={setNote}
        maxLength={1000}
        {...(isNoteNeeded ? { error: t('revoke.note-needed') } : {})}
      />
      {preview.mayHold && <Gentler hold={hold} />}
    </ConfirmDialog>
  );
}

/** What can be undone, beside what cannot. */
export function Gentler({ hold }: { readonly hold: ReturnType<typeof useHold> }) {
  const action = (
    <ActionButton onClick={hold.suspend} isWorking={hold.isActing} size="row">
      {t('revoke.gentler-act')}
    </ActionButton>
  );
  return (
    <GentlerWay state="held" title={t('revoke.gentler')} action={action}>
      {t('revoke.gentler-text')}
    </GentlerWay>
  );
}

function Title({ preview, revoking }: Pick<AskToRevokeProps, 'preview' | 'revoking'>) {
  const name = preview.personName ?? revoking[0]?.subject ?? '';
  return <Sentence of="revoke.title" with={{ count: revoking.length, name: <PersonName name={name} /> }} />;
}

/** Revokes, says so, and opens the page of what was done. */
function useRevoking({ knownBy }: RevocationPreview, revoking: readonly CertificateSummary[], onDone: () => void) {
  const revoke = useCommand('certificates.revoke');
  const announce = useAnnounce();
  const go = useGo();
  const act = async (reason: RevokeReason, note: string) => {
    const certificates = revoking.map(({ id }) => id);
    const done = await revoke.run({ certificates, reason, ...(note === '' ? {} : { note }) });
    if (done === undefined) return;
    announce(t('revoke.announce', { count: done.revoked.length }));
    go({ name: 'revoked', entry: done.auditIndex, ...(knownBy === null ? {} : { knownBy }) });
    onDone();
  };
  return { act: (reason: RevokeReason, note: string) => void act(reason, note), isActing: revoke.isRunning, error: revoke.error };
}
