import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import type { State } from '../../ui/status.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { earlierBars, keyLanes, type BarKind, type KeyBar } from './key-lanes.ts';
import styles from './earlier-panel.module.css';

const states: Readonly<Record<BarKind, State>> = { 'in-use': 'fine', held: 'held', kept: 'kept', replaced: 'ended', revoked: 'stopped' };

/** Certificates no longer in use: kept for old mail, replaced, revoked. */
export function EarlierPanel({ certificates }: { readonly certificates: readonly CertificateSummary[] }) {
  const bars = earlierBars(keyLanes(certificates));
  if (bars.length === 0) return null;
  return (
    <Panel title={t('person.earlier')}>
      <ul className={styles.list}>
        {bars.map((bar) => (
          <Earlier key={bar.certificate.id} bar={bar} />
        ))}
      </ul>
    </Panel>
  );
}

function Earlier({ bar: { certificate, kind, from, to } }: { readonly bar: KeyBar }) {
  const go = useGo();
  const what = certificate.purpose === 'authority' || certificate.purpose === 'revocation' ? '' : t(`keys.${certificate.purpose}`);
  return (
    <li className={styles.row}>
      <span className={styles.shape}>
        <StatusShape state={states[kind]} />
      </span>
      <div className={styles.words}>
        <p>{t('keys.earlier', { what, kind: t(`keys.${kind}`) })}</p>
        <p className={styles.span}>
          <Sentence of="keys.span" with={{ from: <DateText of={from} as="short" />, to: <DateText of={to} as="short" /> }} />
        </p>
      </div>
      <LinkButton
        label={t('keys.details-of', { what: t('keys.earlier', { what, kind: t(`keys.${kind}`) }) })}
        onClick={() => go({ name: 'certificate', id: certificate.id })}
      >
        {t('keys.details')}
      </LinkButton>
    </li>
  );
}
