import { IconSearch } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import { KeyCap } from './key-cap.tsx';
import { OptionLine } from './option-line.tsx';
import type { PaletteGroup, PaletteItem } from './palette-item.ts';
import { DialogFrame } from './dialog-frame.tsx';
import { useCombobox } from './use-combobox.ts';
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
  const choose = (item: PaletteItem) => {
    /* Nobody types here any more: the page that opens takes the focus. */
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onClose();
    item.onChoose();
  };
  const { listId, field, chosen, optionId, count } = useCombobox({ query, onQuery, groups, tab: 'next-group', onChoose: choose });
  return (
    <>
      <div className={styles.field}>
        <IconSearch size={20} stroke={1.6} aria-hidden />
        <input className={styles.input} aria-label={t('palette.name')} placeholder={t('palette.hint')} {...field} />
        <KeyCap>Esc</KeyCap>
      </div>
      <output className="sr">{query === '' ? '' : t('palette.results', { count })}</output>
      <Results id={listId} groups={groups} query={query} chosen={chosen} optionId={optionId} onChoose={choose} />
      <Foot />
    </>
  );
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
            <OptionLine key={item.id} id={optionId(item)} item={item} query={query} isChosen={item === chosen} onChoose={onChoose} />
          ))}
        </div>
      ))}
      {shown.length === 0 && groups.every((group) => group.isLoading !== true) && (
        <p className={styles.nothing}>{t('palette.nothing', { query })}</p>
      )}
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
