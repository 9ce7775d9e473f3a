import { formatLocale, language, messages } from './locale.ts';

type Messages = typeof messages;
type KeysOf<Section extends keyof Messages & string> = `${Section}.${keyof Messages[Section] & string}`;

/** `section.key` of every sentence there is. */
export type MessageKey = { [Section in keyof Messages & string]: KeysOf<Section> }[keyof Messages & string];

type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule | '=0', string>>>;

/** What stands in the `{places}` of a sentence. `count` chooses the plural form; numbers are written as the reader's locale does. */
export type Values<T = never> = Readonly<Record<string, string | number | T>>;

const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(formatLocale());

/** The sentence of a key with its places filled. */
export function t(key: MessageKey, values: Values = {}): string {
  return fillParts(patternOf(key, values), values).join('');
}

/** As `t`, in pieces: places may hold anything, a picture or a name with its own language among them. */
export function translateParts<T>(key: MessageKey, values: Values<T>): (string | T)[] {
  return fillParts(patternOf(key, values), values);
}

/** Chooses the form of a message that fits a count: `=0` exactly, else by the plural rules of the language. */
export function chooseForm(message: string | Forms, count: unknown): string {
  if (typeof message === 'string') return message;
  if (typeof count !== 'number') return message.other ?? '';
  const exact = count === 0 ? message['=0'] : undefined;
  return exact ?? message[plurals.select(count)] ?? message.other ?? '';
}

/** Fills `{places}`; one without a value stays as it stands, so that the gap is seen. */
export function fillParts<T>(pattern: string, values: Values<T>): (string | T)[] {
  return pattern.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? part : typeof value === 'number' ? formatNumber(value) : value;
  });
}

/** A number with the separators of the reader's locale: 18,443. */
export const formatNumber = (value: number): string => numbers.format(value);

function patternOf(key: MessageKey, values: Values<unknown>): string {
  const split = key.indexOf('.');
  const sections: Readonly<Record<string, Readonly<Record<string, string | Forms>>>> = messages;
  const message = sections[key.slice(0, split)]?.[key.slice(split + 1)];
  return chooseForm(message ?? key, values['count']);
}
