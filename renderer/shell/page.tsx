import type { ReactNode } from 'react';
import styles from './page.module.css';

export interface PageProps {
  /** A `PageHeader`. */
  readonly header: ReactNode;
  /** `PageTabs` under the header, from edge to edge. */
  readonly tabs?: ReactNode;
  /** Under the header: a notice, steps, filters. Stays in sight when `isFull`. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  /** One wide list from edge to edge that scrolls by itself; else the page scrolls, with margins. */
  readonly isFull?: boolean;
  /** Beside a full list: 400 px with their own scrolling. */
  readonly aside?: ReactNode;
  /** A `BottomBar`, only when it holds the page's decision. */
  readonly bar?: ReactNode;
}

/** A page in its fixed order: header, tools, content, bar. */
export function Page({ header, tabs, tools, children, isFull = false, aside, bar }: PageProps) {
  return (
    <div className={styles.page}>
      <div className={styles.scroll} data-full={isFull}>
        {header}
        {tabs !== undefined && <div className={styles.tabs}>{tabs}</div>}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
        {isFull ? (
          <div className={styles.full}>
            <div className={styles.list}>{children}</div>
            {aside !== undefined && (
              // It scrolls by itself, so keys must reach it.
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              <aside className={styles.aside} tabIndex={0}>
                {aside}
              </aside>
            )}
          </div>
        ) : (
          <div className={styles.content}>{children}</div>
        )}
      </div>
      {bar}
    </div>
  );
}
