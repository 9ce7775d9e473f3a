import { useEffect, useRef } from 'react';
import styles from './row-check.module.css';

export interface RowCheckProps {
  readonly label: string;
  readonly isChecked: boolean;
  /** Some of what it stands for is chosen. */
  readonly isPartly?: boolean;
  /** In a row Space does its work, so that Tab need not stop at each. */
  readonly isTabStop?: boolean;
  readonly onToggle: (isRange: boolean) => void;
}

/** A check box light enough for a list that moves. */
export function RowCheck({ label, isChecked, isPartly = false, isTabStop = false, onToggle }: RowCheckProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <input
      ref={box}
      className={styles.box}
      type="checkbox"
      aria-label={label}
      checked={isChecked}
      tabIndex={isTabStop ? 0 : -1}
      onChange={(event) => onToggle(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
    />
  );
}
