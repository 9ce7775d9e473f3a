/** As `table`, or words where there is no row. */
export const tableOr = (words: string, header: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? words : table(header, rows);

/** Columns of text side by side, each as wide as its widest cell; a header line first. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns a terminal gives the text: East Asian characters take two. */
const width = (text: string): number =>
  Array.from(segments.segment(text), ({ segment }): number => (wide.test(segment) ? 2 : 1)).reduce((sum, one) => sum + one, 0);
