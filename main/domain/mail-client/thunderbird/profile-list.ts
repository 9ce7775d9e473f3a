/** A profile as profiles.ini names it. */
export interface ListedProfile {
  readonly name: string;
  /** Absolute, or relative to the directory of profiles.ini, with slashes. */
  readonly path: string;
  readonly isRelative: boolean;
  readonly isDefault: boolean;
}

const largestFile = 1 << 20;
const mostProfiles = 200;

/**
 * Reads profiles.ini. An installation's own choice (`[Install…] Default`) weighs more than the mark of older versions
 * (`Default=1`). What is no profile is passed over; a file beyond all measure holds none.
 */
export function readProfileList(text: string): ListedProfile[] {
  if (text.length > largestFile) return [];
  const sections = readSections(text);
  const chosen = new Set(
    sections.filter(({ title }) => title.startsWith('Install')).flatMap(({ entries }) => entries.get('Default') ?? []),
  );
  return sections
    .filter(({ title }) => /^Profile\d+$/.test(title))
    .slice(0, mostProfiles)
    .flatMap(({ entries }) => {
      const path = entries.get('Path');
      if (path === undefined || path === '') return [];
      const isDefault = chosen.size > 0 ? chosen.has(path) : entries.get('Default') === '1';
      return [{ name: entries.get('Name') ?? path, path, isRelative: entries.get('IsRelative') === '1', isDefault }];
    });
}

function readSections(text: string): { title: string; entries: Map<string, string> }[] {
  const sections: { title: string; entries: Map<string, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const title = /^\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, entries: new Map() });
    const [, name, value] = /^([^=;#[][^=]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) sections.at(-1)?.entries.set(name.trim(), value.trim());
  }
  return sections;
}
