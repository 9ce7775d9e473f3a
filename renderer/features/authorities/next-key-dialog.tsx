import { IconKey, IconListCheck, IconLock, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuthoritySummary, RolloverResult } from '../../../main/contract/authorities.ts';
import { formatShortDate } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { algorithmName } from '../certificates/names.ts';
import type { AuthorityDialogProps } from './authority-act.ts';
import { algorithms } from './new-authority.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';
import { newestKey } from './tree.ts';
import styles from './authority-dialogs.module.css';

/** Gives an authority its next key: what that means, then what came of it. */
export function NextKeyDialog({ authority, all, onClose }: AuthorityDialogProps) {
  const [made, setMade] = useState<RolloverResult>();
  if (made !== undefined) return <NextKeyMade made={made} isRoot={authority.kind === 'root'} onClose={onClose} />;
  return <AskNextKey authority={authority} all={all} onClose={onClose} onMade={setMade} />;
}

function AskNextKey({ authority, all, onClose, onMade }: AuthorityDialogProps & { readonly onMade: (made: RolloverResult) => void }) {
  const rollover = useCommand('authorities.rollover');
  const [algorithm, setAlgorithm] = useState(algorithms.find((known) => known === authority.algorithm) ?? 'p384');
  const make = async () => {
    const made = await rollover.run({ authority: authority.id, algorithm, ...(authority.keyToken === null ? {} : { intoVault: true }) });
    if (made !== undefined) onMade(made);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={rollover.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void make()} isWorking={rollover.isRunning}>
        {t('next-key.act')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="next-key.title" with={{ name: <PersonName name={authority.name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('next-key.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {rollover.error !== undefined && <ErrorNotice error={rollover.error} />}
        <Consequence title={t('next-key.happens')} items={whatHappens(authority, newestKey(all, authority.parentId)?.name)} />
        <SelectField
          label={t('new-authority.algorithm')}
          value={algorithm}
          options={algorithms.map((value) => ({ value, label: algorithmName(value) }))}
          onChange={setAlgorithm}
        />
      </div>
    </Dialog>
  );
}

function whatHappens({ kind, issuesToPeople, keyToken }: AuthoritySummary, signer: string | undefined) {
  return [
    { icon: <IconKey {...small} />, text: signer === undefined ? t('next-key.same-name-root') : t('next-key.same-name', { signer }) },
    ...(keyToken === null ? [] : [{ icon: <IconLock {...small} />, text: t('next-key.in-vault') }]),
    ...(issuesToPeople ? [{ icon: <IconUsers {...small} />, text: t('next-key.people') }] : []),
    ...(kind === 'root' ? [{ icon: <IconShieldCheck {...small} />, text: t('next-key.both') }] : []),
    { icon: <IconListCheck {...small} />, text: t('next-key.lists') },
  ];
}

const small = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

interface NextKeyMadeProps {
  readonly made: RolloverResult;
  readonly isRoot: boolean;
  readonly onClose: () => void;
}

function NextKeyMade({ made: { name, notAfter }, isRoot, onClose }: NextKeyMadeProps) {
  const next = [t('next-key.publish'), ...(isRoot ? [t('next-key.hand-out')] : [])];
  const title = <Sentence of="next-key.made" with={{ name: <PersonName name={name} /> }} />;
  return <OutcomeDialog title={title} done={t('next-key.until', { when: formatShortDate(notAfter) })} next={next} onClose={onClose} />;
}
