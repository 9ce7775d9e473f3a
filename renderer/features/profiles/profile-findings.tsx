import type { ProfileDetails } from '../../../main/contract/profiles.ts';
import { t } from '../../i18n/translate.ts';
import { StatusText } from '../../ui/status-text.tsx';
import { Tag } from '../../ui/tag.tsx';
import styles from './profile-dialog.module.css';

const states = { error: 'stopped', warning: 'soon', notice: 'unknown' } as const;

/** What the rules say of a certificate for a sample person. */
export function ProfileFindings({ findings }: Pick<ProfileDetails, 'findings'>) {
  if (findings.length === 0) return <StatusText state="fine">{t('profiles.rules.hold')}</StatusText>;
  return (
    <ul className={styles.findings} aria-label={t('profiles.rules')}>
      {findings.map(({ severity, rule, text, source }) => (
        <li key={`${rule} ${text}`}>
          <StatusText state={states[severity]} isSentence>
            {text} <Tag>{source}</Tag>
          </StatusText>
        </li>
      ))}
    </ul>
  );
}
