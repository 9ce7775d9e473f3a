import { resolve } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { list, required } from '../option-values.ts';
import { table } from '../table.ts';

/** Contents of old entries of the log in files of their own. */
export const auditArchiveCommands: readonly CliCommand[] = [
  {
    words: ['audit', 'archive', 'create'],
    usage: '--out FILE',
    summary:
      'move the contents of old entries into a file that proves itself: those that are older than the policy asks for; every proof holds on',
    needs: 'signed-in',
    options: { out: { type: 'string' } },
    async run({ client, options }) {
      const json = await client.audit.archive({ path: resolve(required(options, 'out')) });
      return { json, text: `Entries ${json.from} to ${json.to - 1} are in ${json.path}. Keep it: the log has their hashes only.` };
    },
  },
  {
    words: ['audit', 'archive', 'list'],
    usage: '',
    summary: 'where contents of old entries went',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.audit.archives({});
      const rows = json.archives.map(({ from, to, createdAt, path, sha256 }) => [`${from}-${to - 1}`, createdAt, path, sha256]);
      return { json, text: table(['entries', 'made', 'file', 'sha256'], rows) };
    },
  },
];

/**
 * What is said of archived entries: that their contents are elsewhere, and of each archive that is given that it holds.
 * @throws AppError integrity.audit-broken for one that does not, or is of another log
 */
export async function checkArchives({ client, options }: CommandContext, archived: number) {
  const archives = [];
  for (const file of list(options, 'archive')) {
    const found = await client.audit.checkArchive({ path: resolve(file) });
    if (!found.isOfThisLog)
      throw new AppError('integrity.audit-broken', 'This archive is not of this log.', { kind: 'archive-other', file });
    archives.push({ file, from: found.from, to: found.to });
  }
  const said = archives.map(({ file, from, to }) => `${file} holds: entries ${from} to ${to - 1}, each as the log counted it.`);
  const where = `Entries 0 to ${archived - 1} are in archives; their hashes are here and in order.`;
  return { json: archives.length === 0 ? {} : { archives }, words: [...(archived === 0 ? [] : [where]), ...said] };
}
