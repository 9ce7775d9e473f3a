import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../state/use-query.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { CardPanel } from './card-panel.tsx';
import { PassphrasePanel } from './passphrase-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import styles from './account.module.css';

/** Who is signed in, and how they sign in. */
export function AccountScreen() {
  const { data: status } = useQuery('workspace.status', {});
  const you = status?.signedIn;
  if (you === undefined || you === null) return null;
  return (
    <Page
      header={
        <PageHeader
          picture={<Avatar name={you.name} size={48} />}
          title={<PersonName name={you.name} />}
          line={t('account.line', { role: t(`window.role.${you.role}`) })}
        />
      }
    >
      <div className={styles.panels}>
        <PassphrasePanel name={you.name} practice={status?.practiceName ?? ''} />
        <SecondFactorPanel name={you.name} practice={status?.practiceName ?? ''} />
        <CardPanel />
      </div>
    </Page>
  );
}
