import { IconFileExport, IconFileImport, IconPlus, IconWorldUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { AuthorityAct, OnAct } from './authority-act.ts';
import { momentWords } from '../revoke/effects.ts';
import { AuthorityDialog } from './authority-dialogs.tsx';
import { AuthorityBranch } from './authority-branch.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { listsNotice } from './lists-notice.ts';
import { NewAuthorityDialog } from './new-authority-dialog.tsx';
import { RequestAuthorityDialog } from './request-authority-dialog.tsx';
import { WaitingAuthorities } from './waiting-authorities.tsx';
import { authorityTree } from './tree.ts';
import { usePublish, type Published } from './use-publish.ts';
import styles from './authorities-screen.module.css';

/** The practice's own authorities, who vouches for whom, and their lists of revoked certificates. */
export function AuthoritiesScreen() {
  const query = useQuery('authorities.list', {});
  const { publish, isPublishing, answered, error } = usePublish();
  const [saved, setSaved] = useState<Published>();
  const start = async () => setSaved(await publish());
  const [isAsking, setAsking] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [isRequesting, setRequesting] = useState(false);
  const [asked, setAsked] = useState<AskedAct>();
  const askFor: OnAct = (act, authority) => setAsked({ act, authority });
  const actions = (
    <>
      <Permitted call="authorities.create">
        <ActionButton icon={IconPlus} isDisabled={query.data === undefined} onClick={() => setAsking(true)}>
          {t('authorities.new')}
        </ActionButton>
      </Permitted>
      <Permitted call="authorities.publish">
        <ActionButton kind="filled" icon={IconWorldUpload} isWorking={isPublishing} onClick={() => void start()}>
          {t('authorities.publish')}
        </ActionButton>
      </Permitted>
      <Permitted call="authorities.import">
        <MenuButton
          choices={[
            { text: t('authority-import.open'), icon: IconFileImport, onClick: () => setImporting(true) },
            { text: t('carried.open'), icon: IconFileExport, onClick: () => setRequesting(true) },
          ]}
        />
      </Permitted>
    </>
  );
  return (
    <Page header={<PageHeader title={t('authorities.title')} line={t('authorities.line')} actions={actions} />}>
      {error !== undefined && <ErrorNotice error={error} />}
      {answered !== undefined && <Answering answered={answered} />}
      <WaitingAuthorities />
      <AnswerOf query={query}>{({ authorities }) => <Authorities authorities={authorities} saved={saved} onAct={askFor} />}</AnswerOf>
      {isAsking && query.data !== undefined && <NewAuthorityDialog authorities={query.data.authorities} onClose={() => setAsking(false)} />}
      {isRequesting && <RequestAuthorityDialog onClose={() => setRequesting(false)} />}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
      {asked !== undefined && query.data !== undefined && (
        <AuthorityDialog {...asked} all={query.data.authorities} onClose={() => setAsked(undefined)} />
      )}
    </Page>
  );
}

interface AskedAct {
  readonly act: AuthorityAct;
  readonly authority: AuthoritySummary;
}

interface AuthoritiesProps {
  readonly authorities: readonly AuthoritySummary[];
  /** What was published just now. */
  readonly saved: Published | undefined;
}

function Authorities({ authorities, saved, onAct }: AuthoritiesProps & { readonly onAct: OnAct }) {
  return (
    <>
      <Lists authorities={authorities} saved={saved} />
      <ul className={styles.tree} aria-label={t('authorities.tree')}>
        {authorityTree(authorities).map((node) => (
          <AuthorityBranch key={node.authority.id} node={node} all={authorities} onAct={onAct} />
        ))}
      </ul>
    </>
  );
}

/** OCSP answers are being signed: for how many certificates they are saved so far. */
function Answering({ answered }: { readonly answered: number }) {
  return (
    <Notice state="working" title={t('authorities.answering')} live="polite">
      {t('authorities.answered', { count: answered })}
    </Notice>
  );
}

function Lists({ authorities, saved }: AuthoritiesProps) {
  const now = useNow();
  const notice = listsNotice(authorities, now);
  if (notice !== undefined) {
    return (
      <Notice state={notice.state} title={notice.title}>
        {notice.text}
      </Notice>
    );
  }
  if (saved === undefined) return null;
  const address = authorities.map(({ publishUrl }) => publishUrl).find((url) => url !== null);
  return (
    <Notice state="fine" title={t('authorities.notice.published-title')} live="polite">
      {address === undefined ? t('authorities.address.none') : t('authorities.notice.published', { address })}
      {saved.until !== undefined && (
        <p>{t('authorities.notice.answers', { count: saved.certificates, when: momentWords(saved.until, now) })}</p>
      )}
    </Notice>
  );
}
