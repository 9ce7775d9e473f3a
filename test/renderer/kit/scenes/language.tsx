import { IconCalendar, IconRefresh } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { CheckField } from '../../../../renderer/ui/check-field.tsx';
import { Mark } from '../../../../renderer/ui/mark.tsx';
import { Notice } from '../../../../renderer/ui/notice.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { SecretField, type SecretFieldHandle } from '../../../../renderer/ui/secret-field.tsx';
import { StatusShape } from '../../../../renderer/ui/status-shape.tsx';
import type { State } from '../../../../renderer/ui/status.ts';
import { TextField } from '../../../../renderer/ui/text-field.tsx';
import { TriesLeft } from '../../../../renderer/ui/tries-left.tsx';
import { t } from '../../../../renderer/i18n/translate.ts';

const states: readonly (readonly [State, string])[] = [
  ['fine', 'Works until 14 March 2028.'],
  ['soon', 'Ends in 12 days. Renew now.'],
  ['stopped', 'Revoked today: card lost.'],
  ['ended', 'Ended on 2 October. Still opens old mail.'],
  ['waiting', 'Waits for a second person.'],
  ['working', 'Being issued, 28 of 43.'],
  ['held', 'On hold until 4 January.'],
  ['kept', 'Kept so that old mail opens.'],
  ['unknown', 'Could not ask since 08:12. Was fine then.'],
];

const swatches = [
  ['Canvas', 'canvas'],
  ['Surface', 'surface'],
  ['Sunken', 'sunken'],
  ['Line', 'line'],
  ['Control', 'control'],
  ['Ink', 'ink'],
  ['Ink 2', 'ink-2'],
  ['Accent', 'accent-fill'],
  ['Soft', 'accent-soft'],
  ['Good', 'good-fill'],
  ['Warn', 'warn-fill'],
  ['Stop', 'stop-fill'],
] as const;

/** The language on one page. */
export function LanguageScene() {
  return (
    <main className="kit-language">
      <div className="kit-head">
        <Mark size={72} />
        <div>
          <h1 style={{ fontSize: 28, lineHeight: '36px' }}>Keyward</h1>
          <p style={{ color: 'var(--kw-ink-2)' }}>Design language on one page</p>
        </div>
        <div className="kit-marks">
          <Mark size={48} />
          <Mark size={32} />
          <Mark size={24} />
          <Mark size={16} />
        </div>
      </div>
      <div className="kit-columns">
        <div className="kit-column">
          <Panel title="Status: shape, words, colour">
            <ul className="kit-states">
              {states.map(([state, sentence]) => (
                <li key={state}>
                  <StatusShape state={state} size={17} />
                  <strong>{t(`state.${state}`)}</strong>
                  <span style={{ color: 'var(--kw-ink-2)' }}>{sentence}</span>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <div className="kit-column">
          <Buttons />
          <Fields />
          <Notice state="fine" title="The log is complete and unaltered.">
            18,443 entries, checked a minute ago.
          </Notice>
          <Notice state="stopped" title="That PIN was wrong. One try is left.">
            IT can unlock the card if the next one is wrong too.
          </Notice>
        </div>
        <div className="kit-column">
          <Panel title="Colour">
            <div className="kit-swatches">
              {swatches.map(([name, token]) => (
                <span key={name}>
                  <i style={{ background: `var(--kw-${token})` }} />
                  {name}
                </span>
              ))}
            </div>
          </Panel>
          <Type />
        </div>
      </div>
    </main>
  );
}

function Buttons() {
  return (
    <Panel title="Buttons">
      <div className="kit-buttons">
        <ActionButton kind="filled" icon={IconRefresh}>
          Renew
        </ActionButton>
        <ActionButton>Export</ActionButton>
        <ActionButton kind="quiet">Details</ActionButton>
        <ActionButton kind="stop">Revoke now</ActionButton>
        <span className="kit-focused">
          <ActionButton kind="filled">Focused</ActionButton>
        </span>
        <ActionButton isDisabled>Not yet</ActionButton>
        <ActionButton kind="filled" isWorking>
          Working
        </ActionButton>
        <ActionButton size="row">Small</ActionButton>
      </div>
    </Panel>
  );
}

function Fields() {
  const pin = useRef<SecretFieldHandle>(null);
  const [address, setAddress] = useState('o.shevchenko@ridgeway');
  const [until, setUntil] = useState('14 March 2028');
  const [tells, setTells] = useState(true);
  return (
    <Panel title="Fields">
      <div className="kit-fields">
        <TextField label="Mail address" value={address} onChange={setAddress} error="This address has no ending like .example yet." />
        <TextField label="Valid until" value={until} onChange={setUntil} left={<IconCalendar size={16} stroke={1.75} />} />
        <SecretField ref={pin} label="Card PIN" hint="6 to 8 digits" />
        <div className="kit-stack">
          <CheckField label="Tell her by mail" isChecked={tells} onChange={setTells} />
          <div className="kit-pips">
            <TriesLeft left={3} of={3} withWords={false} />
            <TriesLeft left={2} of={3} withWords={false} />
            <TriesLeft left={1} of={3} withWords={false} />
            <TriesLeft left={0} of={3} withWords={false} />
          </div>
        </div>
      </div>
    </Panel>
  );
}

function Type() {
  return (
    <Panel title="Type">
      <p style={{ fontSize: 28, lineHeight: '34px', fontWeight: 650, letterSpacing: '-.018em' }}>This is your card</p>
      <p style={{ fontSize: 24, lineHeight: '32px', fontWeight: 650, letterSpacing: '-.012em', marginTop: 4 }}>Page title 24/32</p>
      <p style={{ fontSize: 16, lineHeight: '24px', fontWeight: 650, marginTop: 4 }}>Section 16/24</p>
      <p style={{ fontWeight: 600, marginTop: 4 }}>Row title 14/20</p>
      <p style={{ marginTop: 4 }}>
        Text 14/20, <bdi lang="el">Μαρία</bdi>, <bdi lang="uk">Олена</bdi>, <bdi lang="ar">ليلى</bdi>, <bdi lang="ja">美咲</bdi>,{' '}
        <bdi lang="hi">प्रिया</bdi>
      </p>
      <p style={{ fontSize: 13, lineHeight: '18px', color: 'var(--kw-ink-2)', marginTop: 4 }}>Meta 13/18 and 12/16</p>
      <p className="mono" style={{ marginTop: 4 }}>
        8C2F 10B7 94DE 5A03 O0 Il1
      </p>
    </Panel>
  );
}
