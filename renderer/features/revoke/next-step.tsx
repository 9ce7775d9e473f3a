import { useState } from 'react';
import type { RevocationPreview } from '../../../main/contract/certificates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { usePublish } from '../authorities/use-publish.ts';
import styles from './next-step.module.css';

/** First the list, so that others learn of it; then new certificates. */
export function NextStep({ revoked }: { readonly revoked: RevocationPreview }) {
  const [isPublished, setPublished] = useState(false);
  const { personName } = revoked;
  const person = revoked.certificates[0]?.personId ?? null;
  const renewal = person !== null && personName !== null ? { person, name: personName } : undefined;
  if (!isPublished) return <PublishNext revoked={revoked} renewal={renewal} onPublished={() => setPublished(true)} />;
  return (
    <Panel isNextStep title={t(renewal === undefined ? 'revoked.next-list' : 'revoked.next-new')}>
      <div className={styles.next}>
        <StatusText state="fine" isSentence>
          {t('revoked.published')}
        </StatusText>
        {renewal !== undefined && <RenewNext {...renewal} />}
      </div>
    </Panel>
  );
}

interface Renewal {
  readonly person: string;
  readonly name: string;
}

interface PublishNextProps {
  readonly revoked: RevocationPreview;
  readonly renewal: Renewal | undefined;
  readonly onPublished: () => void;
}

function PublishNext({ revoked: { publishUrl }, renewal, onPublished }: PublishNextProps) {
  const go = useGo();
  const { publish, isPublishing, error } = usePublish();
  const start = async () => {
    if (await publish()) onPublished();
  };
  return (
    <Panel isNextStep title={t('revoked.next-list')}>
      <div className={styles.next}>
        <p>{publishUrl === null ? t('revoked.next-list-by-hand') : t('revoked.next-list-text', { address: publishUrl })}</p>
        {error !== undefined && <ErrorNotice error={error} />}
        <ActionButton kind="filled" isWide isWorking={isPublishing} onClick={() => void start()}>
          {t('revoked.publish')}
        </ActionButton>
        {renewal !== undefined && (
          <div className={styles.later}>
            <LinkButton onClick={() => go({ name: 'person', id: renewal.person })}>
              <span>
                <Sentence of="revoked.renew-later" with={{ name: <PersonName name={renewal.name} /> }} />
              </span>
            </LinkButton>
          </div>
        )}
      </div>
    </Panel>
  );
}

function RenewNext({ person, name }: Renewal) {
  const go = useGo();
  const shown = <PersonName name={name} />;
  return (
    <>
      <p>
        <Sentence of="revoked.next-new-text" with={{ name: shown }} />
      </p>
      <ActionButton kind="filled" isWide goesOn onClick={() => go({ name: 'person', id: person })}>
        {t('revoked.renew')}
      </ActionButton>
    </>
  );
}
