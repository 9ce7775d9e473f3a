import { useQuery } from '../../state/use-query.ts';

/** More than a mail program is given at once. */
const most = 500;

/** Those mail can be encrypted to, as calls take them; nothing until they are wanted and known. */
export function useColleagues(isWanted: boolean): { readonly recipients?: string[] } {
  const { data } = useQuery('people.list', { filter: 'everyone', sort: 'name', limit: isWanted ? most : 1 });
  if (!isWanted || data === undefined) return {};
  return { recipients: data.people.filter(({ standing }) => standing === 'covered').map(({ id }) => id) };
}
