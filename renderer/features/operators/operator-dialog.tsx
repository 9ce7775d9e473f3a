import { useState } from 'react';
import type { OperatorSummary } from '../../../main/contract/operators.ts';
import type { Role } from '../../../main/domain/access/role.ts';
import { formatDay } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { losesAccess, roleChoices, roleName } from './role-words.ts';
import styles from './operators.module.css';

export interface OperatorDialogProps {
  readonly operator: OperatorSummary;
  readonly isYou: boolean;
  readonly onRemove: () => void;
  /** Their second factor is to go. */
  readonly onReset: () => void;
  /** Which of the people they are is to be said. */
  readonly onPerson: () => void;
  readonly onClose: () => void;
}

/** What one operator may do, and another role where it may be given. */
export function OperatorDialog(props: OperatorDialogProps) {
  const may = useMay();
  const { operator, isYou } = props;
  if (operator.removedAt !== null) return <Gone {...props} removedAt={operator.removedAt} />;
  if (isYou || !may('operators.setRole')) return <Facts {...props} />;
  return <ChangeRole {...props} />;
}

function Gone({ operator: { name, role }, removedAt, onClose }: OperatorDialogProps & { readonly removedAt: string }) {
  const now = useNow();
  const values = { day: formatDay(removedAt, now), role: roleName(role).toLowerCase() };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="operator-gone.title" with={{ name: <PersonName name={name} /> }} />}
      line={t('operator-gone.text', values)}
      actions={<Close onClose={onClose} />}
    />
  );
}

function Facts({ operator: { name, role }, isYou, onClose }: OperatorDialogProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Title name={name} />}
      line={t(isYou ? 'operator-role.own' : 'operator-facts.text')}
      actions={<Close onClose={onClose} />}
    >
      <p className={styles.role}>{roleName(role)}</p>
      <p>{t(`role.${role}`)}</p>
    </Dialog>
  );
}

function ChangeRole({ operator, onRemove, onReset, onPerson, onClose }: OperatorDialogProps) {
  const { id, name, role: before } = operator;
  const [role, setRole] = useState<Role>(before);
  const change = useCommand('operators.setRole');
  const announce = useAnnounce();
  const act = async () => {
    if ((await change.run({ operator: id, role })) === undefined) return;
    announce(t('operator-role.changed', { name }));
    onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('operators.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={role === before} isWorking={change.isRunning} onClick={() => void act()}>
        {t('operator-role.act')}
      </ActionButton>
    </>
  );
  const others = (
    <div className={styles.others}>
      <LinkButton onClick={onPerson}>{t('operator-person.open', { name })}</LinkButton>
      <LinkButton onClick={onRemove}>{t('operator-role.remove', { name })}</LinkButton>
      {operator.hasSecondFactor && <LinkButton onClick={onReset}>{t('operator-factor.reset')}</LinkButton>}
    </div>
  );
  return (
    <Dialog isOpen onClose={onClose} title={<Title name={name} />} aside={others} actions={actions} width={600}>
      <div className={styles.fields}>
        {change.error !== undefined && <ErrorNotice error={change.error} />}
        <ChoiceCards label={t('operator-role.label')} choices={roleChoices} value={role} onChange={setRole} />
        {role !== before && <Effects name={name} before={before} after={role} />}
      </div>
    </Dialog>
  );
}

/** What another role does, before it is given. */
function Effects({ name, before, after }: { readonly name: string; readonly before: Role; readonly after: Role }) {
  const isLocked = losesAccess(before, after);
  return (
    <Notice state="soon" title={t('operator-role.effects')} live="polite">
      <p>{t('operator-role.signed-out', { name, role: roleName(after).toLowerCase() })}</p>
      <p>{t(isLocked ? 'operator-role.locked' : 'operator-role.no-lock')}</p>
      {isLocked && <p>{t('operator-role.known')}</p>}
    </Notice>
  );
}

const Title = ({ name }: { readonly name: string }) => <Sentence of="operator-role.title" with={{ name: <PersonName name={name} /> }} />;

const Close = ({ onClose }: { readonly onClose: () => void }) => (
  <ActionButton onClick={onClose} takesFocus>
    {t('operators.close')}
  </ActionButton>
);
