import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './door-layout.module.css';

export interface DoorLayoutProps {
  /** The form of 400 px; with `orientation`, the one question beside it. */
  readonly children: ReactNode;
  /** First run: what will happen, 468 px at the left. */
  readonly orientation?: ReactNode;
  /** Under the orientation. */
  readonly promise?: ReactNode;
  /** Above the form: what happened to the window itself. */
  readonly notice?: ReactNode;
  /** At the foot: what goes on while the door is shut; beside a question, another way in. */
  readonly foot?: ReactNode;
}

/** The door: locked, or first run. */
export function DoorLayout({ children, orientation, promise, notice, foot }: DoorLayoutProps) {
  if (orientation === undefined)
    return (
      <LockedDoor notice={notice} foot={foot}>
        {children}
      </LockedDoor>
    );
  return (
    <main className={styles.split}>
      <div className={styles.orientation}>
        <Brand size={32} />
        <div className={styles.story}>{orientation}</div>
        {promise !== undefined && <p className={styles.promise}>{promise}</p>}
      </div>
      <div className={styles.side}>
        <div className={styles.question}>{children}</div>
        {foot !== undefined && <div className={styles.sideFoot}>{foot}</div>}
      </div>
    </main>
  );
}

function LockedDoor({ children, notice, foot }: Pick<DoorLayoutProps, 'children' | 'notice' | 'foot'>) {
  return (
    <div className={styles.locked}>
      <main className={styles.middle}>
        <Brand size={40} />
        {notice !== undefined && <div className={styles.notice}>{notice}</div>}
        <div className={styles.form}>{children}</div>
      </main>
      {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
    </div>
  );
}

function Brand({ size }: { readonly size: number }) {
  return (
    <div className={styles.brand}>
      <Mark size={size} />
      <span className={styles.name}>{t('window.app')}</span>
    </div>
  );
}
