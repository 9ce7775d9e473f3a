import { useState } from 'react';
import type { EscrowState } from '../../../main/contract/escrow.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { SheetDrillDialog } from './sheet-drill-dialog.tsx';
import { ShareDialog } from './share-dialog.tsx';
import lines from '../../ui/panel-list.module.css';
import styles from './recovery.module.css';

/** Who has what, and whether it is good. */
export function OfficersPanel({ escrow, onShare }: { readonly escrow: EscrowState; readonly onShare: () => void }) {
  const [names, setNames] = useState<readonly string[]>();
  const drill = useCommand('escrow.drill');
  const act = async () => setNames((await drill.run({}))?.shares);
  const share = escrow.state === 'shared' && (
    <Permitted call="escrow.ask">
      <LinkButton onClick={onShare}>{t('recovery.share-act')}</LinkButton>
    </Permitted>
  );
  return (
    <Panel title={t('recovery.officers')} action={share}>
      {escrow.officers.map(({ id, name, hasShare, hasWhole }) => (
        <p key={id} className={styles.officer}>
          <bdi>{name}</bdi>
          <span>{t(hasWhole ? 'recovery.has-whole' : hasShare ? 'recovery.has-share' : 'recovery.has-none')}</span>
        </p>
      ))}
      <Permitted call="escrow.drill">
        <div className={lines.act}>
          <ActionButton isWorking={drill.isRunning} onClick={() => void act()}>
            {t('recovery.drill')}
          </ActionButton>
        </div>
        {drill.error !== undefined && <ErrorNotice error={drill.error} />}
        {names !== undefined && (
          <p className={lines.more} role="status">
            <StatusText state="fine" isSentence>
              {names.length === 0 ? t('recovery.drilled-none') : t('recovery.drilled', { names: names.join(', ') })}
            </StatusText>
          </p>
        )}
      </Permitted>
    </Panel>
  );
}

/** What opens the escrow on paper. Who has the whole key prints it at once; others ask first. */
export function SheetsPanel({ escrow: { sheets, state } }: { readonly escrow: EscrowState }) {
  const [isAsked, setAsked] = useState(false);
  const [isTried, setTried] = useState(false);
  const canPrint = state === 'alone' || state === 'break-glass';
  return (
    <Panel title={t('recovery.sheets')}>
      <p>{sheets === null ? t('recovery.sheets-none') : t('recovery.sheets-some', { threshold: sheets.threshold, total: sheets.total })}</p>
      {canPrint && (
        <Permitted call="escrow.share">
          <div className={lines.act}>
            <ActionButton onClick={() => setAsked(true)}>{t('recovery.sheets-act')}</ActionButton>
          </div>
        </Permitted>
      )}
      {sheets !== null && (
        <Permitted call="escrow.drill">
          <div className={lines.act}>
            <ActionButton onClick={() => setTried(true)}>{t('recovery.sheets-try')}</ActionButton>
          </div>
        </Permitted>
      )}
      {isTried && sheets !== null && <SheetDrillDialog threshold={sheets.threshold} onClose={() => setTried(false)} />}
      {isAsked && <ShareDialog isPrinted onClose={() => setAsked(false)} />}
    </Panel>
  );
}
