import { formatTime } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { ProofPicture } from '../../ui/proof-picture.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import type { ShownEntry } from './proof-file.ts';
import styles from './entry-panel.module.css';

/** The proof drawn: the entry and its neighbours add up to the signed total. */
export function EntryProof({ entry: { proof } }: { readonly entry: ShownEntry }) {
  if (proof === null) return <ProofWords state="waiting" title={t('entry.unproven')} text={t('entry.unproven-text')} />;
  const { index, treeSize, path, rootHash, holds } = proof;
  const time = formatTime(proof.checkpointTime);
  return (
    <div className={styles.proof}>
      {holds ? (
        <Words state="fine" title={t('entry.proven')} text={t('entry.proven-text', { count: path.length, time })} />
      ) : (
        <Words state="stopped" title={t('entry.disproven')} text={t('entry.disproven-text')} />
      )}
      <ProofPicture index={index} treeSize={treeSize} path={path} rootHash={rootHash} holds={holds} />
    </div>
  );
}

interface WordsProps {
  readonly state: 'fine' | 'stopped' | 'waiting';
  readonly title: string;
  readonly text: string;
}

function Words({ state, title, text }: WordsProps) {
  return (
    <div className={styles.verdict}>
      <StatusShape state={state} size={18} />
      <div>
        <h3 className={styles.proven}>{title}</h3>
        <p className={styles.provenText}>{text}</p>
      </div>
    </div>
  );
}

function ProofWords(words: WordsProps) {
  return (
    <div className={styles.proof}>
      <Words {...words} />
    </div>
  );
}
