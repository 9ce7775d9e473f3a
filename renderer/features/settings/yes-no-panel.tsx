import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { PolicyPanel } from './policy-panel.tsx';

interface YesNoPanelProps {
  readonly policies: OutputFor<'policies.show'>;
  readonly policy: 'keepSigningKeys' | 'listsNamePoint';
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  /** What the button that saves it says. */
  readonly save: string;
}

/** One policy that is a matter of yes or no. */
export function YesNoPanel({ policies, policy, title, label, hint, save }: YesNoPanelProps) {
  const [isWanted, setWanted] = useState(policies[policy]);
  return (
    <PolicyPanel title={title} save={save} change={isWanted === policies[policy] ? {} : { [policy]: isWanted }}>
      <CheckField label={label} hint={hint} isChecked={isWanted} onChange={setWanted} />
    </PolicyPanel>
  );
}
