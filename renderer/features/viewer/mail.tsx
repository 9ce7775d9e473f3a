import type { ReactNode } from 'react';
import type { ViewedMail } from '../../../main/contract/viewer.ts';
import { t } from '../../i18n/translate.ts';
import { Answers } from '../../ui/answers.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { State } from '../../ui/status.ts';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './viewer.module.css';

type Layer = ViewedMail['verdict']['layers'][number];

/** Who a mail says it is from, who signed it, whether that holds and why not. */
export function Mail({ mail, action }: { readonly mail: ViewedMail; readonly action?: ReactNode }) {
  const verdict = mailVerdict(mail);
  const header = (text: string | null) => (text === null ? t('viewer.mail.none') : <bdi>{text}</bdi>);
  return (
    <>
      <Notice state={verdict.state} title={t(`viewer.mail.${verdict.is}`)} action={action}>
        {t(`viewer.mail.${verdict.is}-text`, { from: mail.from ?? '' })}
      </Notice>
      <Panel>
        <Answers
          rows={[
            { question: t('viewer.mail.from'), answer: header(mail.from) },
            { question: t('viewer.mail.subject'), answer: header(mail.subject) },
            { question: t('viewer.mail.date'), answer: header(mail.date) },
          ]}
        />
      </Panel>
      {mail.verdict.layers.length > 0 && (
        <Panel title={t('viewer.mail.layers')}>
          <ol>
            {mail.verdict.layers.map((layer, at) => (
              <li key={at} className={styles.extension}>
                <LayerLines layer={layer} />
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}

/** The one thing to know about a mail: what was not proved, holds not. */
export function mailVerdict({ verdict: { valid, layers } }: Pick<ViewedMail, 'verdict'>): {
  readonly is: 'signed' | 'not-signed' | 'broken' | 'sealed';
  readonly state: State;
} {
  if (valid) return { is: 'signed', state: 'fine' };
  if (layers.some(({ status }) => status === 'invalid')) return { is: 'broken', state: 'stopped' };
  if (layers[0]?.status === 'encrypted') return { is: 'sealed', state: 'unknown' };
  return { is: 'not-signed', state: 'unknown' };
}

/** Whether there is a layer that a certificate's key opens. */
export const isSealed = ({ verdict: { layers } }: ViewedMail): boolean =>
  layers.some(({ kind, status }) => status === 'encrypted' && kind !== 'openpgp-encrypted');

const states: Readonly<Record<Layer['status'], State>> = { valid: 'fine', invalid: 'stopped', encrypted: 'kept', unsigned: 'unknown' };

function LayerLines({ layer: { status, signer, findings } }: { readonly layer: Layer }) {
  const who = signer?.emails.join(', ');
  return (
    <>
      <StatusText state={states[status]} isSentence>
        <bdi>{t(`viewer.mail.layer.${status}`, { who: who === undefined || who === '' ? t('viewer.mail.nobody') : who })}</bdi>
      </StatusText>
      {findings.map(({ code, detail }, at) => (
        <p key={at} className={styles.place}>
          {detail} <span className="mono">{code}</span>
        </p>
      ))}
    </>
  );
}
