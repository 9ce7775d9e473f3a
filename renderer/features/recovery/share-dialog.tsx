import { useRef, useState, type Ref } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import type { EscrowRequestView } from '../../../main/contract/escrow.ts';
import { formatFullDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { QrPicture } from '../../ui/qr-picture.tsx';
import { useKeep, type KeepWords } from '../passphrase/use-keep.ts';
import styles from '../../ui/panel-list.module.css';

interface ShareDialogProps {
  /** Left out where whoever is signed in has the whole key. */
  readonly request?: EscrowRequestView;
  readonly isPrinted: boolean;
  readonly onClose: () => void;
}

const print = { total: 3, threshold: 2 };

/** Shares the escrow anew among who is an officer now; with sheets of paper, then those, this once. */
export function ShareDialog({ request, isPrinted, onClose }: ShareDialogProps) {
  const [sheets, setSheets] = useState<Secret>();
  const share = useCommand('escrow.share');
  const announce = useAnnounce();
  if (sheets !== undefined) return <SheetsStep sheets={sheets} onClose={onClose} />;
  const act = async () => {
    const made = await share.run({ ...(request === undefined ? {} : { request: request.id }), ...(isPrinted ? { print } : {}) });
    if (made === undefined) return;
    announce(t('recovery.done-share', { names: made.officers.join(', ') }));
    if (made.sheets === null) onClose();
    else setSheets(made.sheets);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('recovery.not-now')}
      </ActionButton>
      <ActionButton kind="filled" isWorking={share.isRunning} onClick={() => void act()}>
        {t(isPrinted ? 'recovery.carry-out-print' : 'recovery.carry-out')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('recovery-share.title')} actions={actions} width={540}>
      <div className={styles.rows}>
        {share.error !== undefined && <ErrorNotice error={share.error} />}
        <p>{t('recovery-share.line')}</p>
      </div>
    </Dialog>
  );
}

const words: KeepWords = { sheet: 'recovery-sheets.title', file: 'recovery-sheets.file', save: 'recovery-sheets.save-title' };

/** Stays until somebody says that the sheets are put away; they are wiped then. */
function SheetsStep({ sheets, onClose }: { readonly sheets: Secret; readonly onClose: () => void }) {
  const paper = useRef<HTMLDivElement>(null);
  const [isPutAway, setPutAway] = useState(false);
  const keep = useKeep(paper, words);
  const close = () => {
    sheets.wipe();
    onClose();
  };
  const done = (
    <ActionButton kind="filled" isDisabled={!isPutAway} onClick={close}>
      {t('recovery-sheets.done')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={() => undefined} title={t('recovery-sheets.title')} line={t('recovery-sheets.line')} actions={done} width={540}>
      <div className={styles.rows}>
        {keep.error !== undefined && <ErrorNotice error={keep.error} />}
        <p>{t('recovery-sheets.what')}</p>
        <div>
          <ActionButton isWorking={keep.isSaving} onClick={() => void keep.save()}>
            {t('recovery-sheets.save')}
          </ActionButton>
        </div>
        {keep.note !== null && <p className={styles.more}>{t(keep.note)}</p>}
        <CheckField label={t('recovery-sheets.put-away')} isChecked={isPutAway} onChange={setPutAway} />
        <Paper ref={paper} sheets={sheets} />
      </div>
    </Dialog>
  );
}

const page = { breakAfter: 'page' } as const;
const typed = { fontSize: '15pt', lineHeight: 1.7, fontFamily: 'monospace' } as const;
const square = { width: '70mm' } as const;

/** A page for each sheet, never shown here. */
function Paper({ ref, sheets }: { readonly ref: Ref<HTMLDivElement>; readonly sheets: Secret }) {
  const made = formatFullDay(useNow());
  const { data: status } = useQuery('workspace.status', {});
  const [codes] = useState(() => new TextDecoder().decode(sheets.reveal()).trim().split('\n'));
  return (
    <div ref={ref} hidden>
      {codes.map((code, at) => {
        const title = t('recovery-sheets.sheet-title', { number: at + 1, total: codes.length });
        return (
          <div key={at} style={page}>
            <h1>{title}</h1>
            <p>
              <bdi>{t('recovery-sheets.sheet-for', { practice: status?.practiceName ?? '' })}</bdi>
              <br />
              {t('recovery-sheets.sheet-made', { date: made })}
            </p>
            <div style={square}>
              <QrPicture text={code} label={title} />
            </div>
            <pre style={typed}>{linesOf(code).join('\n')}</pre>
            <p>{t('recovery-sheets.sheet-what', { threshold: print.threshold })}</p>
            <p>{t('recovery-sheets.sheet-keep')}</p>
            <p>{t('recovery-sheets.sheet-use')}</p>
          </div>
        );
      })}
    </div>
  );
}

/** Four groups a line. */
function linesOf(code: string): string[] {
  const groups = code.split('-');
  return Array.from({ length: Math.ceil(groups.length / 4) }, (_, at) => groups.slice(at * 4, at * 4 + 4).join('  '));
}
