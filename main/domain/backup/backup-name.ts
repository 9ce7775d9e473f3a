/** How a backup's file is called: its practice is not named, its moment is. */
export const backupName = (created: string): string => `keyward-${compact(created)}.tar.age`;

/** What is added to the name of a folder that a practice is brought back beside. */
export const restoredSuffix = (restored: string): string => `restored-${compact(restored)}`;

/** A moment of ISO 8601 in its basic form, to the second. */
const compact = (moment: string): string => moment.replaceAll(/[-:]|\.\d+/g, '');
