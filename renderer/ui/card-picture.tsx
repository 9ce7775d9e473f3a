import type { ReactNode } from 'react';
import styles from './card-picture.module.css';

export interface CardPictureProps {
  /** The practice, at the top. */
  readonly practice?: ReactNode;
  /** Whose card it is, or what is written on it. */
  readonly name: ReactNode;
  /** "Cardiology · card 4471". */
  readonly line?: ReactNode;
  /** Dashed: no card is seen. */
  readonly isMissing?: boolean;
}

/** A card as it lies in the reader: practice, chip, name, last digits. */
export function CardPicture({ practice, name, line, isMissing = false }: CardPictureProps) {
  return (
    <div className={styles.card} data-missing={isMissing}>
      <p className={styles.practice}>{practice}</p>
      <div className={styles.middle}>
        <Chip isMissing={isMissing} />
        {!isMissing && <Waves />}
      </div>
      <div className={styles.words}>
        <p className={styles.name}>{name}</p>
        {line !== undefined && <p className={styles.line}>{line}</p>}
      </div>
    </div>
  );
}

function Chip({ isMissing }: { readonly isMissing: boolean }) {
  const edge = { width: 44, height: 36, rx: 8, fill: 'none', strokeWidth: 1.5 };
  return (
    <svg className={styles.chip} width="46" height="38" viewBox="0 0 46 38" fill="none" aria-hidden>
      {isMissing ? (
        <rect x="1" y="1" {...edge} stroke="currentColor" strokeDasharray="5 4" />
      ) : (
        <>
          <rect x="1" y="1" {...edge} fill="var(--kw-surface)" stroke="currentColor" />
          <path d="M15 1v36M31 1v36M1 13h14M1 25h14M31 13h14M31 25h14" stroke="currentColor" strokeWidth="1.5" />
        </>
      )}
    </svg>
  );
}

function Waves() {
  return (
    <svg className={styles.waves} width="30" height="40" viewBox="0 0 30 40" fill="none" strokeLinecap="round" strokeWidth="2" aria-hidden>
      <path d="M3 14q6 6 0 12M11 8q12 12 0 24M19 2q18 18 0 36" stroke="currentColor" />
    </svg>
  );
}
