import styles from './highlight.module.css';

/** Words with the part that was searched for marked, whatever its case and accents. */
export function Highlight({ text, query }: { readonly text: string; readonly query: string }) {
  const at = foldedIndex(text, query.trim());
  if (at === undefined) return text;
  return (
    <>
      {text.slice(0, at.start)}
      <mark className={styles.mark}>{text.slice(at.start, at.end)}</mark>
      {text.slice(at.end)}
    </>
  );
}

/** A letter without case and accents. */
const fold = (letter: string): string => letter.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Where the query stands in the text, in UTF-16 units of the text as it is written. */
function foldedIndex(text: string, query: string): { readonly start: number; readonly end: number } | undefined {
  const letters = Array.from(text, (letter) => fold(letter));
  const wanted = Array.from(query, (letter) => fold(letter)).join('');
  if (wanted === '') return undefined;
  const at = letters.join('').indexOf(wanted);
  if (at < 0) return undefined;
  const units = Array.from(text);
  const start = countLetters(letters, at);
  const end = countLetters(letters, at + wanted.length);
  return { start: units.slice(0, start).join('').length, end: units.slice(0, end).join('').length };
}

/** How many letters of the text make this many folded units, marks that stand on the last one included. */
function countLetters(letters: readonly string[], units: number): number {
  let length = 0;
  let count = 0;
  while (count < letters.length && (length < units || letters[count] === '')) length += letters[count++]?.length ?? 0;
  return count;
}
