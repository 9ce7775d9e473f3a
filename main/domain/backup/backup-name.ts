/** How a backup's file is called: its practice is not named, its moment is. */
export const backupName = (created: string): string => `keyward-${created.replaceAll(/[-:]|\.\d+/g, '')}.tar.age`;
