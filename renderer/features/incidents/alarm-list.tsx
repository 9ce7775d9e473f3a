import { useState } from 'react';
import type { AlarmView } from '../../../main/contract/incidents.ts';
import { t } from '../../i18n/translate.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { useMayOpen } from '../../shell/navigation.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { CollectButton } from './collect-button.tsx';
import { TextDialog } from './text-dialog.tsx';
import { wayOf } from './way.ts';
import styles from '../../ui/panel-list.module.css';

/** What the rules found, the open ones first. */
export function AlarmList({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  const open = alarms.filter(({ state }) => state === 'open');
  const earlier = alarms.filter(({ state }) => state !== 'open');
  return (
    <>
      <Panel title={t('incidents.alarms')} isFlush={open.length > 0}>
        {open.length === 0 ? (
          <p>
            {t('incidents.alarms-none')} {t('incidents.alarms-none-why')}
          </p>
        ) : (
          <ul className={styles.list}>
            {open.map((alarm) => (
              <OpenAlarm key={alarm.number} alarm={alarm} />
            ))}
          </ul>
        )}
      </Panel>
      {earlier.length > 0 && (
        <Panel title={t('incidents.earlier')} isFlush>
          <ul className={styles.list}>
            {earlier.map((alarm) => (
              <li key={alarm.number} className={styles.row}>
                <TwoLines first={t(`alarm.${alarm.rule}`)} second={<bdi>{whatBecame(alarm)}</bdi>} />
                <LinkToEntry alarm={alarm} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

const whatBecame = ({ settled, incident }: AlarmView): string =>
  settled === null
    ? t('incidents.state-incident', { number: incident ?? 0 })
    : t('incidents.state-settled', { name: settled.by, note: settled.note });

function OpenAlarm({ alarm }: { readonly alarm: AlarmView }) {
  const { number, rule } = alarm;
  const go = useGo();
  const way = wayOf(alarm);
  const mayGo = useMayOpen()(way.name);
  return (
    <li className={styles.row}>
      <TwoLines
        first={
          <StatusText state="stopped" isSentence>
            {t(`alarm.${rule}`)}
          </StatusText>
        }
        second={<About alarm={alarm} />}
      />
      <span className={styles.acts}>
        <LinkToEntry alarm={alarm} />
        {mayGo && (
          <ActionButton size="row" onClick={() => go(way)}>
            {t(`alarm.${rule}-act`)}
          </ActionButton>
        )}
        <CollectButton
          evidence={{ alarm: number }}
          words={t('incidents.look-into')}
          label={t('incidents.look-into-label', { number })}
          size="row"
        />
        <Settle number={number} />
      </span>
    </li>
  );
}

function About({ alarm: { rule, about, count, lastAt } }: { readonly alarm: AlarmView }) {
  return (
    <>
      {about !== null && <bdi>{t('incidents.about', { name: about })} </bdi>}
      <Sentence of="incidents.count" with={{ count, ago: <DateText of={lastAt} as="ago" /> }} /> {t(`alarm.${rule}-why`)}
    </>
  );
}

function LinkToEntry({ alarm: { firstIndex } }: { readonly alarm: AlarmView }) {
  const go = useGo();
  return <LinkButton onClick={() => go({ name: 'audit', entry: firstIndex })}>{t('incidents.entry', { index: firstIndex })}</LinkButton>;
}

function Settle({ number }: { readonly number: number }) {
  const [isOpen, setOpen] = useState(false);
  const settle = useCommand('incidents.settle');
  const announce = useAnnounce();
  const say = async (note: string) => {
    if ((await settle.run({ alarm: number, note })) === undefined) return;
    setOpen(false);
    announce(t('incidents.settled', { number }));
  };
  return (
    <Permitted call="incidents.settle">
      <ActionButton size="row" onClick={() => setOpen(true)} label={t('incidents.settle-label', { number })}>
        {t('incidents.settle')}
      </ActionButton>
      {isOpen && (
        <TextDialog
          title={t('incidents.settle-title')}
          line={t('incidents.settle-line')}
          label={t('incidents.settle-note')}
          act={t('incidents.settle-do')}
          isWorking={settle.isRunning}
          error={settle.error}
          onClose={() => setOpen(false)}
          onSay={(note) => void say(note)}
        />
      )}
    </Permitted>
  );
}
