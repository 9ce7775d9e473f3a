import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { SideBar, type SideBarProps } from './side-bar.tsx';
import styles from './app-shell.module.css';

export interface AppShellProps extends SideBarProps {
  /** The page. */
  readonly children: ReactNode;
}

/** The office window: the side bar and the page. */
export function AppShell({ children, ...sideBar }: AppShellProps) {
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        {t('window.skip')}
      </a>
      <SideBar {...sideBar} />
      <main id="page" className={styles.page} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
