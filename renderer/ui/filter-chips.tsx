import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { formatNumber } from '../i18n/translate.ts';
import styles from './filter-chips.module.css';

export interface FilterChip<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number;
}

export interface FilterChipsProps<Value extends string> {
  readonly label: string;
  readonly chips: readonly FilterChip<Value>[];
  /** One value, or several where several may be chosen at once. */
  readonly chosen: Value | readonly Value[];
  /** Told of the chip that was pressed. */
  readonly onChoose: (value: Value) => void;
}

/** Filters that carry their counts; the chosen one has a tick and weight as well as colour. */
export function FilterChips<Value extends string>({ label, chips, chosen, onChoose }: FilterChipsProps<Value>) {
  const isChosen = (value: Value) => (typeof chosen === 'string' ? chosen === value : chosen.includes(value));
  return (
    <div className={styles.group} role="group" aria-label={label}>
      {chips.map(({ value, label: words, count }) => (
        <UnstyledButton key={value} className={styles.chip} aria-pressed={isChosen(value)} onClick={() => onChoose(value)}>
          {isChosen(value) && <IconCheck className={styles.tick} size={14} stroke={2.2} aria-hidden />}
          {words}
          {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
        </UnstyledButton>
      ))}
    </div>
  );
}
