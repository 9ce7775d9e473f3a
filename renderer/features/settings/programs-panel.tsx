import { useState } from 'react';
import { deliverableKitIds, mailKitName } from '../../../main/domain/mail-client/kit/kits.ts';
import { mailClientIds, mailClientNames } from '../../../main/domain/mail-client/mail-client.ts';
import type { MailProgramId } from '../../../main/domain/mail-client/test-message.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { PolicyPanel } from './policy-panel.tsx';

const programs: readonly { readonly id: MailProgramId; readonly name: string }[] = [
  ...mailClientIds.map((id) => ({ id, name: mailClientNames[id] })),
  ...deliverableKitIds.filter((id) => id !== 'files').map((id) => ({ id, name: mailKitName(id) })),
];

/** Which mail programs the practice reads mail in: keys are made of a kind that all of them can use. */
export function ProgramsPanel({ policies: { mailPrograms } }: { readonly policies: OutputFor<'policies.show'> }) {
  const [chosen, setChosen] = useState(mailPrograms);
  const isChanged = chosen.length !== mailPrograms.length || chosen.some((id) => !mailPrograms.includes(id));
  const toggle = (id: MailProgramId, isChosen: boolean) => setChosen(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <PolicyPanel title={t('settings.programs')} save={t('settings.save-programs')} change={isChanged ? { mailPrograms: [...chosen] } : {}}>
      <p>{t('settings.programs-line')}</p>
      {programs.map(({ id, name }) => (
        <CheckField key={id} label={name} isChecked={chosen.includes(id)} onChange={(isChosen) => toggle(id, isChosen)} />
      ))}
    </PolicyPanel>
  );
}
