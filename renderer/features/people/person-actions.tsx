import { IconCertificate, IconDeviceFloppy, IconFileExport, IconKeyOff, IconRefresh, IconUserMinus } from '@tabler/icons-react';
import type { PersonDetails } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { keysInUse, keysToHandOver } from './hand-over-keys.ts';
import type { PersonState } from './person-state.ts';
import { renewsHere } from './renewable.ts';
import { canRenew } from './standing-of.ts';

/** What opens a dialog above the page. */
export type PersonAct =
  | 'renew'
  | 'hand-over'
  | 'mail'
  | 'lost'
  | 'leave'
  | 'make-openpgp'
  | 'hand-over-openpgp'
  | 'mail-openpgp'
  | 'request';

export interface PersonActionsProps {
  readonly person: PersonDetails;
  readonly next: PersonState['next'];
  readonly isIssuing: boolean;
  readonly onIssue: () => void;
  readonly onAct: (act: PersonAct) => void;
}

/** What can be done for a person; the next step is the filled button. */
export function PersonActions({ person, next, isIssuing, onIssue, onAct }: PersonActionsProps) {
  const may = useMay();
  const hasKeys = keysInUse(person.certificates).length > 0 && may('certificates.revoke');
  const isRenewedHere = renewsHere(person.certificates, useNow());
  const canHandOver = keysToHandOver(person.certificates).length > 0 && may('certificates.exportPrivateKey');
  return (
    <>
      {hasKeys && (
        <ActionButton icon={IconKeyOff} onClick={() => onAct('lost')}>
          {t('person.lost')}
        </ActionButton>
      )}
      {canHandOver && next !== 'hand-over' && (
        <ActionButton icon={IconDeviceFloppy} onClick={() => onAct('hand-over')}>
          {t('person.hand-over')}
        </ActionButton>
      )}
      {may('certificates.renew') && canRenew(person) && (next === 'renew' || isRenewedHere) && (
        <ActionButton icon={IconRefresh} kind={next === 'renew' ? 'filled' : 'default'} onClick={() => onAct('renew')}>
          {t('person.renew')}
        </ActionButton>
      )}
      {canHandOver && next === 'hand-over' && (
        <ActionButton icon={IconDeviceFloppy} kind="filled" onClick={() => onAct('hand-over')}>
          {t('person.hand-over')}
        </ActionButton>
      )}
      {next === 'issue' && may('enrollment.start') && (
        <ActionButton icon={IconCertificate} kind="filled" isWorking={isIssuing} onClick={onIssue}>
          {t('person.issue')}
        </ActionButton>
      )}
      {person.status === 'active' && <SeldomDone onAct={onAct} />}
    </>
  );
}

function SeldomDone({ onAct }: Pick<PersonActionsProps, 'onAct'>) {
  const may = useMay();
  const choices = [
    ...(may('requests.make') ? [{ text: t('outside.open'), icon: IconFileExport, onClick: () => onAct('request') }] : []),
    ...(may('people.leave') ? [{ text: t('person.leave'), icon: IconUserMinus, onClick: () => onAct('leave') }] : []),
  ];
  return choices.length === 0 ? null : <MenuButton choices={choices} />;
}
