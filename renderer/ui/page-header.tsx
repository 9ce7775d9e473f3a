import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { LinkButton } from './link-button.tsx';
import styles from './page-header.module.css';

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** The one grey line. */
  readonly line?: ReactNode;
  readonly back?: { readonly label: string; readonly onClick: () => void };
  /** An `Avatar` of 48 px before the title. */
  readonly picture?: ReactNode;
  /** Buttons at the right, the filled one last. */
  readonly actions?: ReactNode;
}

/** Whoever types goes on typing, wherever a page that opens late stands behind. */
const isTyping = (): boolean => document.activeElement?.matches('input, textarea') === true;

/** The top of a page. Takes the focus when the page opens, so that its title is read. */
export function PageHeader({ title, line, back, picture, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isTyping()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={styles.root} data-back={back !== undefined}>
      {back !== undefined && (
        <div className={styles.back}>
          <LinkButton icon={IconArrowLeft} onClick={back.onClick}>
            {back.label}
          </LinkButton>
        </div>
      )}
      <div className={styles.row}>
        {picture}
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {line !== undefined && <div className={styles.line}>{line}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </header>
  );
}
