import type { ReactNode } from 'react';
import styles from './page.module.css';

export interface PageProps {
  /** A `PageHeader`. */
  readonly header: ReactNode;
  /** Under the header: steps, filters, tabs. Stays in sight when `isFull`. */
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
export function Page({ header, tools, children, isFull = false, aside, bar }: PageProps) {
  return (
    <div className={styles.page}>
      <div className={styles.scroll} data-full={isFull}>
        {header}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
        {isFull ? (
          <div className={styles.full}>
            <div className={styles.list}>{children}</div>
            {aside !== undefined && <aside className={styles.aside}>{aside}</aside>}
          </div>
        ) : (
          <div className={styles.content}>{children}</div>
        )}
      </div>
      {bar}
    </div>
  );
}
