import { IconCornerDownLeft, IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../i18n/translate.ts';
import { Highlight } from './highlight.tsx';
import { KeyCap } from './key-cap.tsx';
import { chosenAfter } from './palette-choice.ts';
import type { PaletteGroup, PaletteItem } from './palette-item.ts';
import { DialogFrame } from './dialog-frame.tsx';
import styles from './palette.module.css';

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** People first, then what can be done for the first one, then places. */
  readonly groups: readonly PaletteGroup[];
  readonly onClose: () => void;
}

/** Finds anything by a few letters: a name begun, Enter. */
export function Palette({ isOpen, onClose, ...finder }: PaletteProps) {
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} width={600} top={96} label={t('palette.name')}>
      <Finder {...finder} onClose={onClose} />
    </DialogFrame>
  );
}

function Finder({ query, onQuery, groups, onClose }: Omit<PaletteProps, 'isOpen'>) {
  const listId = useId();
  const [wanted, setChosen] = useState(0);
  const items = groups.flatMap((group) => group.items);
  const chosen = Math.min(wanted, Math.max(0, items.length - 1));
  const optionId = (item: PaletteItem | undefined) => (item === undefined ? undefined : `${listId}-${item.id}`);
  const isLoading = groups.some((group) => group.isLoading === true);
  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    onClose();
    item.onChoose();
  };
  const enter = useEnter(isLoading, () => choose(items[chosen]));
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = chosenAfter(
      event.key,
      event.shiftKey,
      chosen,
      groups.map((group) => group.items.length).filter((count) => count > 0),
    );
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== undefined) setChosen(next);
    else enter.press();
  };
  const typed = (text: string) => {
    setChosen(0);
    enter.forget();
    onQuery(text);
  };
  return (
    <>
      <div className={styles.field}>
        <IconSearch size={20} stroke={1.6} aria-hidden />
        <input
          className={styles.input}
          role="combobox"
          aria-label={t('palette.name')}
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={optionId(items[chosen])}
          placeholder={t('palette.hint')}
          value={query}
          onChange={(event) => typed(event.currentTarget.value)}
          onKeyDown={pressed}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
        />
        <KeyCap>Esc</KeyCap>
      </div>
      <output className="sr">{query === '' ? '' : t('palette.results', { count: items.length })}</output>
      <Results id={listId} groups={groups} query={query} chosen={items[chosen]} optionId={optionId} onChoose={choose} />
      <Foot />
    </>
  );
}

/** Enter chooses; while what was typed is still being looked up, it waits for the answer. */
function useEnter(isLoading: boolean, onEnter: () => void): { readonly press: () => void; readonly forget: () => void } {
  const [isHeld, setHeld] = useState(false);
  const isDue = isHeld && !isLoading;
  const enter = useEffectEvent(onEnter);
  useEffect(() => {
    if (isDue) enter();
  }, [isDue]);
  return { press: () => (isLoading ? setHeld(true) : onEnter()), forget: () => setHeld(false) };
}

interface ResultsProps {
  readonly id: string;
  readonly groups: readonly PaletteGroup[];
  readonly query: string;
  readonly chosen: PaletteItem | undefined;
  readonly optionId: (item: PaletteItem) => string | undefined;
  readonly onChoose: (item: PaletteItem) => void;
}

function Results({ id, groups, query, chosen, optionId, onChoose }: ResultsProps) {
  const shown = groups.filter((group) => group.items.length > 0);
  return (
    <div id={id} className={styles.results} role="listbox" aria-label={t('palette.name')}>
      {shown.map((group) => (
        <div key={group.title} role="group" aria-label={group.title}>
          <div className={styles.group} aria-hidden>
            {group.title}
          </div>
          {group.items.map((item) => (
            <Option key={item.id} id={optionId(item)} item={item} query={query} isChosen={item === chosen} onChoose={onChoose} />
          ))}
        </div>
      ))}
      {shown.length === 0 && groups.every((group) => group.isLoading !== true) && (
        <p className={styles.nothing}>{t('palette.nothing', { query })}</p>
      )}
    </div>
  );
}

interface OptionProps {
  readonly id: string | undefined;
  readonly item: PaletteItem;
  readonly query: string;
  readonly isChosen: boolean;
  readonly onChoose: (item: PaletteItem) => void;
}

function Option({ id, item, query, isChosen, onChoose }: OptionProps) {
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

function Foot() {
  return (
    <div className={styles.foot} aria-hidden>
      <span>
        <KeyCap>↑</KeyCap> <KeyCap>↓</KeyCap> {t('palette.choose')}
      </span>
      <span>
        <KeyCap>Enter</KeyCap> {t('palette.open')}
      </span>
      <span>
        <KeyCap>Tab</KeyCap> {t('palette.next-group')}
      </span>
    </div>
  );
}
