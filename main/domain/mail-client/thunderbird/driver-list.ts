import type { MailSetup } from '../mail-client.ts';

/** The `pkcs11.txt` of an NSS database: a paragraph for each module, NSS' own with an empty `library`. */
interface ListedDriver {
  readonly library: string;
}

const largestList = 1 << 20;

function readDrivers(text: string): ListedDriver[] {
  if (text.length > largestList) return [];
  return Array.from(text.matchAll(/^library=(.+)$/gm), ([, library = '']) => ({ library: library.trim() }));
}

/** The modules that show the cards somebody's keys are on, as far as they are known. */
export const librariesOf = ({ certificates }: MailSetup): readonly string[] => [
  ...new Set(certificates.flatMap(({ card }) => (card?.library === undefined ? [] : [card.library]))),
];

/** The list with these modules in it; one that is there already stays as it is, and so does everything else. */
export function withDrivers(text: string, libraries: readonly string[]): string {
  const listed = new Set(readDrivers(text).map(({ library }) => library));
  const added = libraries.filter((library) => !listed.has(library));
  const end = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  return added.length === 0 ? text : `${text}${end}${added.map(paragraph).join('')}`;
}

/** What stands in the way of a module's name in the list is left out of it. */
const paragraph = (library: string): string =>
  `library=${library}\nname=Card driver (${library.slice(library.lastIndexOf('/') + 1).replace(/[^\w.-]/gu, '_')})\n\n`;

/** Whether a module is in the list. */
export const listsDriver = (text: string, library: string): boolean => readDrivers(text).some((driver) => driver.library === library);

/** The modules in the list that are not NSS' own. */
export const driversIn = (text: string): readonly string[] => readDrivers(text).map(({ library }) => library);
