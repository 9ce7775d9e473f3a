import { useState } from 'react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAskedManagementKey } from '../cards/management-key-field.tsx';
import { useAskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { domainWords, faultyDomain } from './authority-words.ts';
import { KeyPlace, onTokenOf, useKeyPlace } from './key-place.tsx';
import { authorityOrder, isComplete, itself, nothingTyped, offlineParents, possibleParents, type TypedAuthority } from './new-authority.ts';
import styles from './authorities-screen.module.css';

interface NewAuthorityDialogProps {
  readonly authorities: readonly AuthoritySummary[];
  readonly onClose: () => void;
}

/** Asks for an authority's name, who signs it, and what it may vouch for. */
export function NewAuthorityDialog({ authorities, onClose }: NewAuthorityDialogProps) {
  const create = useCommand('authorities.create');
  const announce = useAnnounce();
  const [typed, setTyped] = useState(() => nothingTyped(authorities));
  const parent = authorities.find(({ id }) => id === typed.under);
  const management = useAskedManagementKey();
  const place = useKeyPlace(typed);
  const pin = useAskedPin(place);
  const make = async () => {
    const onToken = place === undefined ? {} : onTokenOf(place, pin.take(), management);
    if (onToken === undefined || (await create.run({ ...authorityOrder(typed, parent), ...onToken })) === undefined) return;
    announce(t('new-authority.made', { name: typed.name }));
    onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('new-authority.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={!isComplete(typed)} isWorking={create.isRunning} onClick={() => void make()}>
        {t('new-authority.act')}
      </ActionButton>
    </>
  );
  const change = (changed: Partial<TypedAuthority>) => setTyped({ ...typed, ...changed });
  return (
    <Dialog isOpen onClose={onClose} title={t('new-authority.title')} line={t('new-authority.line')} actions={actions} width={520}>
      <div className={styles.fields}>
        {create.error !== undefined && !isWrongPin(create.error) && <ErrorNotice error={create.error} />}
        <NameAndParent typed={typed} onChange={change} authorities={authorities} />
        {parent !== undefined && <Purpose typed={typed} onChange={change} parent={parent} />}
        <KeyPlace typed={typed} onChange={change} pin={pin} management={management} error={create.error} />
        {parent !== undefined && <Bounds typed={typed} onChange={change} parent={parent} />}
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly typed: TypedAuthority;
  readonly onChange: (changed: Partial<TypedAuthority>) => void;
}

function NameAndParent({ typed, onChange, authorities }: PartProps & { readonly authorities: readonly AuthoritySummary[] }) {
  const parents = possibleParents(authorities).map(({ id, name }) => ({ value: id, label: name }));
  const options = [...parents, { value: itself, label: t('new-authority.under.root') }];
  const hints = parentHints(typed, offlineParents(authorities));
  return (
    <>
      <TextField
        label={t('new-authority.name')}
        hint={t('new-authority.name-hint')}
        value={typed.name}
        onChange={(name) => onChange({ name })}
        maxLength={64}
        isRequired
        takesFocus
      />
      <SelectField
        label={t('new-authority.under')}
        value={typed.under}
        options={options}
        onChange={(under) => onChange({ under })}
        {...(hints === '' ? {} : { hint: hints })}
      />
    </>
  );
}

/** What a root of one's own means, and why some cannot be chosen. */
const parentHints = ({ under }: TypedAuthority, offline: readonly string[]): string =>
  [
    ...(under === itself ? [t('new-authority.root-hint')] : []),
    ...(offline.length > 0 ? [t('new-authority.under.offline', { names: offline.join(', ') })] : []),
  ].join(' ');

/** Whether it issues to people or stands above others, where the one above leaves that open. */
function Purpose({ typed, onChange, parent }: PartProps & { readonly parent: AuthoritySummary }) {
  const isOpen = parent.levelsBelow > 1;
  const signs = isOpen ? (['people', 'authorities'] as const) : (['people'] as const);
  return (
    <SelectField
      label={t('new-authority.for')}
      value={isOpen ? typed.signs : 'people'}
      options={signs.map((value) => ({ value, label: t(`new-authority.for.${value}`) }))}
      onChange={(chosen) => onChange({ signs: chosen })}
      {...(isOpen ? {} : { hint: t('new-authority.for.ends', { name: parent.name }) })}
    />
  );
}

function Bounds({ typed, onChange, parent }: PartProps & { readonly parent: AuthoritySummary }) {
  const [isLeft, setLeft] = useState(false);
  const fault = isLeft ? faultyDomain(typed.domains) : undefined;
  const bound = { name: parent.name, domains: domainWords(parent.mailDomains) };
  return (
    <>
      <TextField
        label={t('new-authority.domains')}
        hint={parent.mailDomains.length === 0 ? t('new-authority.domains-hint') : t('new-authority.domains-bound', bound)}
        value={typed.domains}
        onChange={(domains) => onChange({ domains })}
        onBlur={() => setLeft(true)}
        error={fault === undefined ? undefined : t('new-authority.domains-fault', { domain: fault })}
        maxLength={1000}
      />
      <CheckField
        label={t('new-authority.use')}
        hint={t('new-authority.use-hint')}
        isChecked={typed.use}
        onChange={(use) => onChange({ use })}
      />
    </>
  );
}
