import { IconCornerDownLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Highlight } from './highlight.tsx';
import type { PaletteItem } from './palette-item.ts';
import styles from './option-line.module.css';

export interface OptionLineProps {
  readonly id: string | undefined;
  readonly item: PaletteItem;
  readonly query: string;
  readonly isChosen: boolean;
  readonly onChoose: (item: PaletteItem) => void;
}

/** One line of a list that a combobox chooses from. */
export function OptionLine({ id, item, query, isChosen, onChoose }: OptionLineProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    // Keys work in the field, as in every combobox; the option itself only takes the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={line}
      id={id}
      className={styles.option}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      data-lines={item.detail === undefined ? 1 : 2}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(item)}
    >
      <span className={styles.icon}>{item.icon}</span>
      <span className={styles.words}>
        <span className={styles.title}>{item.shown ?? <Highlight text={item.title} query={query} />}</span>
        {item.detail !== undefined && <span className={styles.detail}>{item.detail}</span>}
      </span>
      {item.status}
      {isChosen && item.detail !== undefined && <IconCornerDownLeft className={styles.enter} size={16} stroke={1.75} aria-hidden />}
    </div>
  );
}
