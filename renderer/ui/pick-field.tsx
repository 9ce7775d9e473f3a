import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../i18n/translate.ts';
import { Highlight } from './highlight.tsx';
import { chosenAfter } from './palette-choice.ts';
import type { PaletteItem } from './palette-item.ts';
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

/** Picks one of many by a few letters: the palette's way, inside a form. */
export function PickField({ label, hint, placeholder, query, onQuery, items, isLoading }: PickFieldProps) {
  const listId = useId();
  const [wanted, setChosen] = useState(0);
  const isTaken = useRef(false);
  const chosen = Math.min(wanted, Math.max(0, items.length - 1));
  const optionId = (item: PaletteItem | undefined) => (item === undefined ? undefined : `${listId}-${item.id}`);
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key === 'Tab') return;
    const next = chosenAfter(event.key, false, chosen, [items.length]);
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== undefined) setChosen(next);
    else if (isLoading) isTaken.current = true;
    else items[chosen]?.onChoose();
  };
  const take = useEffectEvent(() => {
    if (isTaken.current) items[chosen]?.onChoose();
    isTaken.current = false;
  });
  // What is shown meanwhile may fit other letters: the choice waits for what fits these.
  useEffect(() => {
    if (!isLoading) take();
  }, [isLoading]);
  return (
    <div>
      <TextInput
        role="combobox"
        label={label}
        description={hint}
        placeholder={placeholder}
        value={query}
        onChange={(event) => {
          setChosen(0);
          isTaken.current = false;
          onQuery(event.currentTarget.value);
        }}
        onKeyDown={pressed}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={optionId(items[chosen])}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
      />
      <output className="sr">{query === '' ? '' : t('palette.results', { count: items.length })}</output>
      <div id={listId} className={styles.list} role="listbox" aria-label={label}>
        {items.map((item) => (
          <Option key={item.id} id={optionId(item)} item={item} query={query} isChosen={item === items[chosen]} />
        ))}
      </div>
      {items.length === 0 && !isLoading && <p className={styles.nothing}>{t('palette.nothing', { query })}</p>}
    </div>
  );
}

interface OptionProps {
  readonly id: string | undefined;
  readonly item: PaletteItem;
  readonly query: string;
  readonly isChosen: boolean;
}

function Option({ id, item, query, isChosen }: OptionProps) {
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
      onPointerDown={(event) => event.preventDefault()}
      onClick={item.onChoose}
    >
      {item.icon}
      <span className={styles.words}>
        <span className={styles.title}>
          <Highlight text={item.title} query={query} />
        </span>
        {item.detail !== undefined && <span className={styles.detail}>{item.detail}</span>}
      </span>
      {item.status}
    </div>
  );
}
