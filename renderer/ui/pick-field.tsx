import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import { OptionLine } from './option-line.tsx';
import type { PaletteItem } from './palette-item.ts';
import { useCombobox } from './use-combobox.ts';
import styles from './pick-field.module.css';

export interface PickFieldProps {
  readonly label: string;
  readonly hint?: string;
  /** Shown while nothing is typed: what to type. */
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What fits what was typed so far. */
  readonly items: readonly PaletteItem[];
  readonly isLoading: boolean;
}

const choose = (item: PaletteItem): void => item.onChoose();

/** Picks one of many by a few letters: the palette's way, inside a form. */
export function PickField({ label, hint, placeholder, query, onQuery, items, isLoading }: PickFieldProps) {
  const groups = [{ title: label, items, isLoading }];
  const { listId, field, chosen, optionId } = useCombobox({ query, onQuery, groups, tab: 'leave', onChoose: choose });
  return (
    <div>
      <TextInput
        label={label}
        description={hint}
        placeholder={placeholder}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        {...field}
      />
      <output className="sr">{query === '' ? '' : t('palette.results', { count: items.length })}</output>
      <div id={listId} className={styles.list} role="listbox" aria-label={label}>
        {items.map((item) => (
          <OptionLine key={item.id} id={optionId(item)} item={item} query={query} isChosen={item === chosen} onChoose={choose} />
        ))}
      </div>
      {items.length === 0 && !isLoading && <p className={styles.nothing}>{t('palette.nothing', { query })}</p>}
    </div>
  );
}
