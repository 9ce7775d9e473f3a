import type { CertificateDetails } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { Folded } from '../../ui/folded.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { Tag } from '../../ui/tag.tsx';
import styles from './certificate-screen.module.css';

const states = { error: 'stopped', warning: 'soon', notice: 'unknown' } as const;

/** What the rules say about a certificate, folded; nothing where they hold. */
export function Remarks({ findings }: Pick<CertificateDetails, 'findings'>) {
  if (findings.length === 0) return null;
  return (
    <Panel>
      <Folded title={t('certificate.rules.fold', { count: findings.length })}>
        <ul className={styles.remarks}>
          {findings.map(({ severity, rule, text, source }) => (
            <li key={`${rule} ${text}`} className={styles.remark}>
              <StatusText state={states[severity]}>{t(`certificate.severity.${severity}`)}</StatusText>
              <p>
                {text} <Tag>{source}</Tag>
              </p>
            </li>
          ))}
        </ul>
      </Folded>
    </Panel>
  );
}
