import { IconLifebuoy } from '@tabler/icons-react';
import { useState } from 'react';
import type { EscrowRequestView, EscrowState } from '../../../main/contract/escrow.ts';
import { t } from '../../i18n/translate.ts';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { State } from '../../ui/status.ts';
import { AskDialog } from './ask-dialog.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { DeliverDialog } from './deliver-dialog.tsx';
import { OfficersPanel, SheetsPanel } from './side-panels.tsx';
import { RequestList, type RequestAct } from './request-list.tsx';
import { ShareDialog } from './share-dialog.tsx';

type Asked = { readonly dialog: 'ask' | 'share' } | { readonly dialog: RequestAct; readonly request: EscrowRequestView };

const states: Readonly<Record<EscrowState['state'], State>> = {
  alone: 'soon',
  shared: 'fine',
  'break-glass': 'soon',
  whole: 'soon',
  short: 'stopped',
};

/** Who opens the escrow together, and what it was and is to be opened for. */
export function RecoveryScreen() {
  const { data: escrow, error } = useQuery('escrow.state', {});
  const { data: status } = useQuery('workspace.status', {});
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const act = (
    <Permitted call="escrow.ask">
      <ActionButton kind="filled" icon={IconLifebuoy} onClick={() => setAsked({ dialog: 'ask' })}>
        {t('recovery.act')}
      </ActionButton>
    </Permitted>
  );
  return (
    <Page header={<PageHeader title={t('recovery.title')} line={t('recovery.line')} actions={act} />}>
      {error !== undefined && <ErrorNotice error={error} />}
      {escrow !== undefined && (
        <Columns
          side={
            <>
              <OfficersPanel escrow={escrow} onShare={() => setAsked({ dialog: 'share' })} />
              <SheetsPanel escrow={escrow} />
            </>
          }
        >
          <Notice state={states[escrow.state]} title={t(`recovery.${escrow.state}`)}>
            {t(`recovery.${escrow.state}-why`)}
          </Notice>
          <RequestList escrow={escrow} me={status?.signedIn?.name ?? ''} onAct={(dialog, request) => setAsked({ dialog, request })} />
        </Columns>
      )}
      {asked !== undefined && <Asking asked={asked} threshold={escrow?.sheets?.threshold} onClose={close} />}
    </Page>
  );
}

interface AskingProps {
  readonly asked: Asked;
  /** How many sheets are needed together, where there are any. */
  readonly threshold: number | undefined;
  readonly onClose: () => void;
}

function Asking({ asked, threshold, onClose }: AskingProps) {
  switch (asked.dialog) {
    case 'ask':
    case 'share':
      return <AskDialog isForKeys={asked.dialog === 'ask'} onClose={onClose} />;
    case 'sheets':
      return <DeliverDialog request={asked.request} isAlone={false} sheets={threshold} onClose={onClose} />;
    case 'take':
    case 'alone':
      return <DeliverDialog request={asked.request} isAlone={asked.dialog === 'alone'} onClose={onClose} />;
    case 'carry-out':
    case 'print':
      return <ShareDialog request={asked.request} isPrinted={asked.dialog === 'print'} onClose={onClose} />;
    case 'approve':
    case 'refuse':
    case 'review':
      return <DecisionDialog request={asked.request} decision={asked.dialog} onClose={onClose} />;
  }
}
