import { AppError } from '../../errors.ts';

/** A longer file is nobody's settings. Characters. */
const longestText = 4 << 20;

/** A value by section and key; the last of several wins, as with the programs that write such files. */
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

const sectionPattern = /^\[(.+)\]\s*$/;
const entryPattern = /^\s*([^=#;[\s][^=]*?)\s*=\s?(.*)$/;

/** Sections with `key=value`, as GLib, KDE and Claws Mail write them. @throws AppError client.unreadable */
export function readIni(text: string): IniFile {
  if (text.length > longestText) throw new AppError('client.unreadable', 'A file of settings is too long.');
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const section = sectionPattern.exec(line)?.[1];
    if (section !== undefined) {
      current = sections.get(section) ?? new Map<string, string>();
      sections.set(section, current);
      continue;
    }
    const [, key, value] = entryPattern.exec(line) ?? [];
    if (key !== undefined && value !== undefined) current.set(key, value);
  }
  return sections;
}

/** The same text with these values in one section: in place where they are, at the section's end otherwise. */
export function setIni(text: string, section: string, values: Readonly<Record<string, string>>): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const start = lines.findIndex((line) => sectionPattern.exec(line)?.[1] === section);
  if (start === -1) return `${[...lines, ...(lines.length > 0 ? [''] : []), `[${section}]`, ...linesOf(values)].join('\n')}\n`;
  const next = lines.findIndex((line, at) => at > start && sectionPattern.test(line));
  const end = next === -1 ? lines.length : next;
  const body = lines.slice(start + 1, end).filter((line) => !Object.hasOwn(values, entryPattern.exec(line)?.[1] ?? ''));
  const blank = body.length - body.findLastIndex((line) => line.trim() !== '') - 1;
  const kept = body.slice(0, body.length - blank);
  const tail = body.slice(body.length - blank);
  return `${[...lines.slice(0, start + 1), ...kept, ...linesOf(values), ...tail, ...lines.slice(end)].join('\n')}\n`;
}

const linesOf = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([key, value]) => `${key}=${requirePlain(value)}`);

/** @throws AppError client.unreadable for what would be a line of its own */
function requirePlain(value: string): string {
  if (Array.from(value).some((character) => character < ' '))
    throw new AppError('client.unreadable', 'A setting holds a control character.');
  return value;
}
