import { Fragment, type Ref } from 'react';
import { formatFullDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useNow } from '../../ui/clock.tsx';

/** Whose words it is shown with: the one code of the vault, or the codes of a second factor. */
export type CodeWords = 'recovery-code' | 'factor-codes';

export interface RecoverySheetProps {
  readonly words: CodeWords;
  readonly groups: readonly string[];
  readonly practice: string;
  readonly operator: string;
  readonly ref: Ref<HTMLDivElement>;
}

/** What is on the sheet: nothing but plain paragraphs, never shown here, made into a document of its own. */
export function RecoverySheet({ words, groups, practice, operator, ref }: RecoverySheetProps) {
  const perLine = words === 'recovery-code' ? 4 : 2;
  const made = formatFullDay(useNow());
  return (
    <div ref={ref} hidden>
      <h1>{t(`${words}.sheet-title`)}</h1>
      <p>
        <bdi>{t(`${words}.sheet-for`, { practice, operator })}</bdi>
        <br />
        {t(`${words}.sheet-made`, { date: made })}
      </p>
      <pre style={{ fontSize: '20pt', lineHeight: 1.6, fontFamily: 'monospace' }}>
        {groups.map((group, index) => (
          <Fragment key={index}>
            {group}
            {index === groups.length - 1 ? '' : index % perLine === perLine - 1 ? '\n' : '  '}
          </Fragment>
        ))}
      </pre>
      <p>{t(`${words}.sheet-what`)}</p>
      <p>{t(`${words}.sheet-keep`)}</p>
      <p>{t(`${words}.sheet-use`)}</p>
      <p>{t(`${words}.sheet-read`)}</p>
    </div>
  );
}

const style = 'body{font:12pt/1.5 sans-serif;margin:0}h1{font-size:22pt;margin:6mm 0 2mm}p{margin:0 0 4mm;max-width:150mm}';

/** The sheet as an HTML document of its own, UTF-8, without scripts and without anything to load. */
export function sheetDocument(sheet: HTMLElement, title: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>@page{size:A4;margin:25mm}${style}</style></head><body>${sheet.innerHTML}</body></html>`,
  );
}
