import { callName } from '../../i18n/call-name.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';

/** "Good morning, Nadia." by the clock on this computer's wall. */
export function greetingAt(now: Date, name: string): string {
  const hour = now.getHours();
  const part = hour >= 4 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
  return t(`overview.${part}`, { name: callName(name) });
}

/** Small numbers are written out in a sentence. */
const written: Readonly<Record<number, MessageKey>> = {
  2: 'numbers.2',
  3: 'numbers.3',
  4: 'numbers.4',
  5: 'numbers.5',
  6: 'numbers.6',
  7: 'numbers.7',
  8: 'numbers.8',
  9: 'numbers.9',
  10: 'numbers.10',
  11: 'numbers.11',
  12: 'numbers.12',
};

/** "Two things need you." */
export function needsOf(count: number): string {
  const key = written[count];
  return t('overview.needs', { count, words: key === undefined ? count : t(key) });
}
