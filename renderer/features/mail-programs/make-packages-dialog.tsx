import { useState } from 'react';
import type { MailPackage } from '../../../main/contract/mail.ts';
import { deliverableKitIds, mailKitName, type MailKitId } from '../../../main/domain/mail-client/kit/kits.ts';
import { packageDays } from '../../../main/domain/mail-client/mail-package.ts';
import { t } from '../../i18n/translate.ts';
import type { Api } from '../../api.ts';
import { useApi } from '../../state/api-context.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { MakingProgress } from './making-progress.tsx';
import { useMaking } from './use-making.ts';
import styles from '../people/person-dialogs.module.css';

export interface MakePackagesDialogProps {
  /** Left out: everybody with certificates in use. */
  readonly people?: readonly string[];
  /** What an earlier delivery still owes, instead of a new one. */
  readonly owed?: readonly MailPackage[];
  readonly onClose: () => void;
}

const dayChoices = [packageDays.least, 7, packageDays.usual, 30, packageDays.most];

/** As many as one delivery may have are asked for at a time. */
async function everybody(api: Api): Promise<readonly string[]> {
  const people: string[] = [];
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const page = await api.call('people.list', { filter: 'everyone', sort: 'name', limit: 200, ...(after === undefined ? {} : { after }) });
    people.push(...page.people.filter(({ standing }) => standing === 'covered').map(({ id }) => id));
    after = page.next;
  }
  return people;
}

/** Asks for whom and for which program, then makes package after package into a folder, and the passwords into another. */
export function MakePackagesDialog({ people, owed, onClose }: MakePackagesDialogProps) {
  const api = useApi();
  const [client, setClient] = useState<MailKitId>('outlook');
  const [days, setDays] = useState(String(packageDays.usual));
  const { making, run, stop } = useMaking();
  const counts = useQuery('people.list', { limit: 1 }).data?.counts;
  const count = owed?.length ?? people?.length ?? (counts === undefined ? 0 : counts.everyone - counts.uncovered);
  const plan = async (): Promise<readonly MailPackage[]> => {
    if (owed !== undefined) return owed;
    const { packages } = await api.call('mail.deliver', { people: [...(people ?? (await everybody(api)))], client, days: Number(days) });
    return packages;
  };
  const close = () => {
    making.password?.secret.wipe();
    onClose();
  };
  const actions = {
    ask: (
      <>
        <ActionButton onClick={onClose}>{t('hand-over.not-now')}</ActionButton>
        <ActionButton kind="filled" isDisabled={count === 0} onClick={() => void run(count, plan)} takesFocus>
          {t(count === 1 ? 'packages.choose-one' : 'packages.choose')}
        </ActionButton>
      </>
    ),
    work: <ActionButton onClick={stop}>{t('packages.stop')}</ActionButton>,
    done: (
      <ActionButton kind="filled" onClick={close} takesFocus>
        {t('packages.close')}
      </ActionButton>
    ),
  };
  return (
    <Dialog
      isOpen
      onClose={making.stage === 'work' ? () => undefined : close}
      title={t('packages.make-title', { count })}
      line={t('packages.make-line')}
      actions={actions[making.stage]}
      width={560}
    >
      <div className={styles.rows}>
        {making.error !== undefined && <ErrorNotice error={making.error} />}
        {making.isBeside && (
          <Notice state="stopped" title={t('packages.beside')} live="polite">
            {t('packages.beside-text')}
          </Notice>
        )}
        {making.stage === 'ask' && owed === undefined && (
          <WhichAndHowLong client={client} days={days} onClient={setClient} onDays={setDays} />
        )}
        {making.stage === 'ask' && count > 1 && <p>{t('packages.two-folders')}</p>}
        {making.stage !== 'ask' && <MakingProgress making={making} />}
      </div>
    </Dialog>
  );
}

interface WhichAndHowLongProps {
  readonly client: MailKitId;
  readonly days: string;
  readonly onClient: (client: MailKitId) => void;
  readonly onDays: (days: string) => void;
}

const WhichAndHowLong = ({ client, days, onClient, onDays }: WhichAndHowLongProps) => (
  <>
    <SelectField<MailKitId>
      label={t('packages.for-program')}
      value={client}
      options={deliverableKitIds.map((value) => ({ value, label: mailKitName(value) }))}
      onChange={onClient}
    />
    <SelectField
      label={t('packages.days')}
      hint={t('packages.days-hint')}
      value={days}
      options={dayChoices.map((value) => ({ value: String(value), label: t('packages.day-count', { count: value }) }))}
      onChange={onDays}
      width={280}
    />
  </>
);
