import { IconCreditCardOff, IconLockOpen, IconMailOff, IconWritingSign } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { ChoiceCards } from '../../../../renderer/ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../../renderer/ui/confirm-dialog.tsx';
import { Consequence } from '../../../../renderer/ui/consequence.tsx';
import { GentlerWay } from '../../../../renderer/ui/gentler-way.tsx';
import { TextArea } from '../../../../renderer/ui/text-area.tsx';
import { OverviewScene } from './overview.tsx';

const nothing = () => undefined;

export function RevokeScene() {
  const [reason, setReason] = useState<'lost' | 'stolen' | 'broken'>('lost');
  const [note, setNote] = useState('Left in a taxi on Friday evening; the taxi company has not found it.');
  return (
    <>
      <OverviewScene />
      <ConfirmDialog
        isOpen
        onClose={nothing}
        title="Dr. Okafor’s card 4471 is gone"
        line="YubiKey 5 NFC, last seen in the reader of office PC 12 today at 08:31"
        icon={<IconCreditCardOff size={26} stroke={1.6} />}
        consequences={<Consequences />}
        act="Revoke card 4471 now"
        onAct={nothing}
      >
        <ChoiceCards
          label="What happened?"
          value={reason}
          onChange={setReason}
          choices={[
            { value: 'lost', title: 'Lost', detail: 'Nobody knows where it is' },
            { value: 'stolen', title: 'Stolen, or someone knows the PIN', detail: 'Adds a review of what was signed since' },
            { value: 'broken', title: 'Broken', detail: 'It is in our hands but does not work' },
          ]}
        />
        <TextArea
          label="Note for the audit log"
          hint="Where and when, in a sentence. The auditor reads this."
          value={note}
          onChange={setNote}
        />
        <GentlerWay state="held" title="Might it turn up?" action={<ActionButton size="row">Put on hold</ActionButton>}>
          Put it on hold for 48 hours. That can be undone; this cannot.
        </GentlerWay>
      </ConfirmDialog>
    </>
  );
}

function Consequences() {
  return (
    <>
      <Consequence
        title="Stops working, for good"
        items={[
          { icon: <IconWritingSign size={18} stroke={1.75} />, text: 'Signing her mail, S/MIME and OpenPGP' },
          { icon: <IconMailOff size={18} stroke={1.75} />, text: 'Opening new mail with this card' },
        ]}
      />
      <Consequence
        title="Keeps working"
        items={[{ icon: <IconLockOpen size={18} stroke={1.75} />, text: 'Opening her old mail: the vault holds that key too' }]}
      />
      <Consequence
        title="When the world knows"
        items={[
          { when: 'At once', text: 'Keyward and this practice’s mail programs' },
          { when: '2 minutes', text: 'New list of revoked certificates is published' },
          { when: 'Within 12 hours', text: 'Hospitals and partners, at their next check' },
        ]}
      />
      <Consequence title="What replaces it">
        A new card from the drawer (5 left). Keyward prepares it; Dr. Okafor picks it up with her staff badge.
      </Consequence>
    </>
  );
}
