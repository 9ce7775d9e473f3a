import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { CertificateDetails } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { useHold } from './use-hold.ts';

export interface HoldButtonProps {
  readonly certificate: Pick<CertificateDetails, 'status' | 'mayHold'>;
  readonly hold: ReturnType<typeof useHold>;
}

/** "Put on hold" where it may be, "Resume" where it is; nothing for what has ended. */
export function HoldButton({ certificate: { status, mayHold }, hold }: HoldButtonProps) {
  if (status === 'on-hold')
    return (
      <ActionButton icon={IconPlayerPlay} onClick={hold.resume} isWorking={hold.isActing}>
        {t('certificate.resume')}
      </ActionButton>
    );
  if (!mayHold || status !== 'valid') return null;
  return (
    <ActionButton icon={IconPlayerPause} onClick={hold.suspend} isWorking={hold.isActing}>
      {t('certificate.hold')}
    </ActionButton>
  );
}
