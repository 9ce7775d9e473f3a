import { useMemo, useState } from 'react';
import type { ViewedObject } from '../../../main/domain/inspect/view-file.ts';
import type { TreeValue } from '../../../main/domain/inspect/value-tree.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { hexLines, octetsFrom } from './hex-lines.ts';
import styles from './viewer.module.css';

/** The values of an object as a tree, and the octets of the one that is chosen. */
export function Raw({ raw }: { readonly raw: ViewedObject['raw'] }) {
  if (raw === null)
    return (
      <Notice state="unknown" title={t('viewer.raw-none')}>
        {t('viewer.raw-none-text')}
      </Notice>
    );
  return <RawTree raw={raw} />;
}

/** Rows drawn at first, and more of them at a time: a window draws them all at every choice. */
const rowsAtOnce = 200;

function RawTree({ raw }: { readonly raw: NonNullable<ViewedObject['raw']> }) {
  const [chosen, setChosen] = useState(0);
  const octets = useMemo(() => octetsFrom(raw.octets), [raw.octets]);
  const [count, setCount] = useState(rowsAtOnce);
  const rows = raw.tree.values.slice(0, count);
  const value = rows[chosen];
  const left = raw.tree.values.length - rows.length;
  return (
    <div className={styles.raw}>
      <Panel title={t('viewer.raw-tree')} isFlush {...(raw.tree.isCut ? { hint: t('viewer.raw-cut') } : {})}>
        <ul className={styles.tree}>
          {rows.map((row, at) => (
            <li key={at}>
              <button
                type="button"
                className={styles.value}
                aria-pressed={at === chosen}
                style={{ paddingInlineStart: `${12 + Math.min(row.depth, 20) * 16}px` }}
                onClick={() => setChosen(at)}
              >
                {row.name !== null && <span className={styles.valueName}>{row.name}</span>}
                <span className={`${styles.type} mono`}>{row.type}</span>
                <bdi className={styles.valueText}>{row.text ?? t('viewer.raw-inside', { count: row.count })}</bdi>
                <span className={`${styles.offset} mono`}>{row.offset}</span>
              </button>
            </li>
          ))}
        </ul>
        {left > 0 && (
          <div className={styles.moreRows}>
            <ActionButton onClick={() => setCount(count + rowsAtOnce)}>{t('viewer.raw-more', { count: left })}</ActionButton>
          </div>
        )}
      </Panel>
      {value !== undefined && <Bytes value={value} octets={octets} />}
    </div>
  );
}

function Bytes({ value, octets }: { readonly value: TreeValue; readonly octets: Uint8Array }) {
  const { lines, isBeyond } = hexLines(octets, value);
  return (
    <div className={styles.bytes}>
      <Panel title={value.name ?? value.type}>
        <p className={styles.place}>
          {t('viewer.raw-place', { type: value.type, offset: value.offset, header: value.header, length: value.length })}
        </p>
        {isBeyond && <p className={styles.place}>{t('viewer.raw-beyond')}</p>}
        <div className={`${styles.hex} mono`} role="group" aria-label={t('viewer.raw-bytes')}>
          {lines.map(({ offset, octets: cells }) => (
            <div key={offset} className={styles.line}>
              <span className={styles.lineOffset}>{offset}</span>
              {cells.map(({ text, part }, at) => (
                <span key={at} className={styles.octet} data-part={part}>
                  {text}
                </span>
              ))}
            </div>
          ))}
        </div>
      </Panel>
    </div>
  );
}
