import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useMayOpen } from '../../shell/navigation.ts';
import { useGo } from '../../state/navigation.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { aboutOf } from './entry-about.ts';
import type { ShownEntry } from './proof-file.ts';
import styles from './entry-panel.module.css';

/** To what an entry is about, as it is now, and to the history of the keys it names. */
export function EntryLinks({ entry }: { readonly entry: ShownEntry }) {
  const go = useGo();
  const mayOpen = useMayOpen();
  const { people, certificates, keys, token, incident, isRevocation } = aboutOf(entry);
  const isAlone = [people, certificates, keys].every(({ length }) => length === 0) && (token ?? incident) === undefined;
  if (isAlone && !isRevocation) return null;
  return (
    <div className={styles.links}>
      {isRevocation && <LinkButton onClick={() => go({ name: 'revoked', entry: entry.index })}>{t('entry.open-revoked')}</LinkButton>}
      {people.map(({ id, name }) => (
        <LinkButton key={id} onClick={() => go({ name: 'person', id })}>
          <span>
            <Sentence of="entry.open-person" with={{ name: <PersonName name={name} /> }} />
          </span>
        </LinkButton>
      ))}
      {certificates.map((id, at) => (
        <LinkButton key={id} onClick={() => go({ name: 'certificate', id })}>
          {certificates.length === 1 ? t('entry.open-certificate') : t('entry.open-certificate-number', { number: at + 1 })}
        </LinkButton>
      ))}
      {keys.map((id, at) => (
        <LinkButton key={id} onClick={() => go({ name: 'audit', search: id })}>
          {keys.length === 1 ? t('entry.key-history') : t('entry.key-history-number', { number: at + 1 })}
        </LinkButton>
      ))}
      {token !== undefined && (
        <>
          <LinkButton onClick={() => go({ name: 'cards' })}>{t('entry.open-cards')}</LinkButton>
          <LinkButton onClick={() => go({ name: 'audit', search: token })}>{t('entry.card-history')}</LinkButton>
        </>
      )}
      {incident !== undefined && mayOpen('incident') && (
        <LinkButton onClick={() => go({ name: 'incident', number: incident })}>{t('incidents.number', { number: incident })}</LinkButton>
      )}
    </div>
  );
}
