import { IconBuildingBank, IconBuildingCommunity, IconKey } from '@tabler/icons-react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useNow } from '../../ui/clock.tsx';
import { Folded } from '../../ui/folded.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { momentWords } from '../revoke/effects.ts';
import { AuthorityActions } from './authority-actions.tsx';
import { AuthorityFacts } from './authority-facts.tsx';
import { KeyOnToken } from './key-on-token.tsx';
import { OwedList } from './owed-list.tsx';
import type { OnAct } from './authority-act.ts';
import type { AuthorityNode } from './tree.ts';
import styles from './authorities-screen.module.css';

interface BranchProps {
  readonly node: AuthorityNode;
  readonly all: readonly AuthoritySummary[];
  readonly onAct: OnAct;
}

/** An authority, its earlier keys, and those below it. */
export function AuthorityBranch({ node: { authority, earlier, below }, all, onAct }: BranchProps) {
  return (
    <li>
      <AuthorityCard authority={authority} all={all} onAct={onAct} />
      {earlier.map((key) => (
        <EarlierKey key={key.id} authority={key} all={all} onAct={onAct} />
      ))}
      {below.length > 0 && (
        <ul className={styles.below} aria-label={t('authorities.below', { name: authority.name })}>
          {below.map((node) => (
            <AuthorityBranch key={node.authority.id} node={node} all={all} onAct={onAct} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface CardProps {
  readonly authority: AuthoritySummary;
  readonly all: readonly AuthoritySummary[];
  readonly onAct: OnAct;
}

const signerOf = ({ authority: { parentId }, all }: Omit<CardProps, 'onAct'>) => all.find(({ id }) => id === parentId);

function AuthorityCard(props: CardProps) {
  const { name, kind, issuesToPeople, keyStore, replaces } = props.authority;
  const before = props.all.find(({ id }) => id === replaces);
  const Shown = kind === 'root' ? IconBuildingCommunity : IconBuildingBank;
  return (
    <section className={styles.card} aria-label={name}>
      <div className={styles.head}>
        <Shown size={22} stroke={1.6} className={styles.icon} aria-hidden />
        <div className={styles.words}>
          <h2 className={styles.name}>
            <PersonName name={name} />
          </h2>
          <div className={styles.standing}>
            <span className={styles.kind}>
              {t(`authorities.${kind}`)}
              {before !== undefined && <Sentence of="authorities.took-over" with={{ name: <PersonName name={before.name} /> }} />}
            </span>
            {issuesToPeople && <StatusText state="fine">{t('authorities.issues')}</StatusText>}
            {keyStore === 'offline' && <StatusText state="kept">{t('authorities.offline')}</StatusText>}
          </div>
          <Revoked authority={props.authority} />
        </div>
        <AuthorityActions {...props} />
      </div>
      <KeyOnToken authority={props.authority} onAct={props.onAct} />
      {props.authority.isListOwed && <OwedList authority={props.authority} onAct={props.onAct} />}
      <AuthorityFacts authority={props.authority} signer={signerOf(props)} />
    </section>
  );
}

/** A key that another of the same name took over from: it stands apart, so that nobody takes it for the one that counts. */
function EarlierKey(props: CardProps) {
  const { id, name, keyStore, isListOwed } = props.authority;
  const newer = props.all.find(({ replaces }) => replaces === id);
  return (
    <section className={styles.earlier} aria-label={name}>
      <div className={styles.head}>
        <IconKey size={18} stroke={1.75} className={styles.icon} aria-hidden />
        <div className={styles.words}>
          <h3 className={styles.earlierName}>
            <Sentence of="authorities.earlier" with={{ name: <PersonName name={name} /> }} />
          </h3>
          <p className={styles.kind}>
            <Sentence of="authorities.followed" with={{ name: <PersonName name={newer?.name ?? ''} /> }} />
          </p>
          {keyStore === 'offline' && <StatusText state="kept">{t('authorities.offline')}</StatusText>}
          <Revoked authority={props.authority} />
        </div>
      </div>
      <KeyOnToken authority={props.authority} onAct={props.onAct} />
      {isListOwed && <OwedList authority={props.authority} onAct={props.onAct} />}
      <Folded title={t('authorities.earlier-more')}>
        <AuthorityFacts authority={props.authority} signer={signerOf(props)} />
        <AuthorityActions {...props} />
      </Folded>
    </section>
  );
}

function Revoked({ authority: { revokedAt } }: Pick<CardProps, 'authority'>) {
  const now = useNow();
  return revokedAt === null ? null : (
    <StatusText state="stopped">{t('authorities.revoked', { when: momentWords(revokedAt, now) })}</StatusText>
  );
}
