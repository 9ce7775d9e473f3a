import { IconFileImport, IconLifebuoy, IconShieldLock, IconUserPlus, IconWorld } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { DoorLayout } from '../../../../renderer/shell/door-layout.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Avatar } from '../../../../renderer/ui/avatar.tsx';
import { LinkButton } from '../../../../renderer/ui/link-button.tsx';
import { SecretField, type SecretFieldHandle } from '../../../../renderer/ui/secret-field.tsx';
import { StatusText } from '../../../../renderer/ui/status-text.tsx';
import { StepLadder } from '../../../../renderer/ui/step-ladder.tsx';
import { TextField } from '../../../../renderer/ui/text-field.tsx';

const nothing = () => undefined;

export function LockedScene() {
  const passphrase = useRef<SecretFieldHandle>(null);
  const foot = (
    <>
      <StatusText state="working">Enrolment goes on: 28 of 43, about 2 minutes left</StatusText>
      <StatusText state="fine">Audit log complete and unaltered</StatusText>
      <span style={{ color: 'var(--kw-ink-2)' }}>Ridgeway Family Practice</span>
    </>
  );
  return (
    <DoorLayout foot={foot}>
      <div style={{ display: 'flex', gap: 14, alignItems: 'center', marginBottom: 16 }}>
        <Avatar name="Nadia Rahman" size={44} />
        <div>
          <h1 style={{ fontSize: 20, lineHeight: '28px' }}>Welcome back, Nadia</h1>
          <p style={{ color: 'var(--kw-ink-2)' }}>
            Locked after 5 minutes away.{' '}
            <LinkButton isInText onClick={nothing}>
              Not you?
            </LinkButton>
          </p>
        </div>
      </div>
      <SecretField ref={passphrase} label="Your passphrase" size="door" />
      <div style={{ margin: '16px 0 24px' }}>
        <ActionButton kind="filled" size="door" isWide>
          Unlock
        </ActionButton>
      </div>
      <div style={{ textAlign: 'center' }}>
        <LinkButton icon={IconLifebuoy} onClick={nothing}>
          I cannot sign in
        </LinkButton>
      </div>
    </DoorLayout>
  );
}

export function FirstRunScene() {
  const [name, setName] = useState('Ridgeway Family Practice');
  const [domain, setDomain] = useState('ridgeway.example');
  const orientation = (
    <>
      <h1>Three minutes to your first working certificate</h1>
      <p style={{ margin: '12px 0 36px', fontSize: 16, lineHeight: '24px', color: 'var(--kw-ink-2)' }}>
        Keyward looks after the keys that sign and lock your practice’s mail, and writes down everything that happens to them.
      </p>
      <StepLadder
        label="First run"
        current={0}
        steps={[
          { icon: IconWorld, title: 'Name your practice', detail: 'And the part after the @ in your mail' },
          { icon: IconShieldLock, title: 'Choose how you sign in', detail: 'A passphrase, and your phone or card' },
          { icon: IconLifebuoy, title: 'Print three recovery sheets', detail: 'Any two bring everything back' },
          { icon: IconUserPlus, title: 'Your first certificate', detail: 'Yours, working in your mail program' },
        ]}
      />
    </>
  );
  const foot = (
    <div style={{ display: 'flex', gap: 24 }}>
      <span style={{ fontSize: 13, lineHeight: '18px', color: 'var(--kw-ink-2)' }}>
        Already have Keyward on another computer, or a backup?
      </span>
      <LinkButton icon={IconFileImport} onClick={nothing}>
        Bring it here
      </LinkButton>
    </div>
  );
  return (
    <DoorLayout orientation={orientation} promise="Nothing leaves this computer. No account, no internet needed." foot={foot}>
      <p style={{ fontSize: 13, lineHeight: '18px', color: 'var(--kw-ink-2)' }}>Step 1 of 4</p>
      <h2 style={{ fontSize: 22, lineHeight: '32px', marginBottom: 20 }}>What is your practice called?</h2>
      <TextField size="door" label="Practice name" hint="As it should appear on certificates" value={name} onChange={setName} />
      <div style={{ height: 18 }} />
      <TextField size="door" label="Mail domain" hint="The part after the @" left="@" value={domain} onChange={setDomain} />
      <div style={{ margin: '24px 0' }}>
        <ActionButton kind="filled" size="door" goesOn>
          Next: how you sign in
        </ActionButton>
      </div>
    </DoorLayout>
  );
}
