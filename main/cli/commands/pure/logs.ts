import { join } from 'node:path';
import type { FileContent } from '../../../contract/secret.ts';
import { AppError } from '../../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../../command.ts';
import { list, only, optional, text } from '../../option-values.ts';
import { inclusionProofOf, consistencyProofOf } from './proof-input.ts';

/** Pure tools about logs: what an auditor asks who trusts neither the practice nor Keyward. */
export const logTools: readonly CliCommand[] = [
  {
    words: ['audit', 'verify-log'],
    usage: 'DIR [--vkey K]',
    summary: 'recompute a log that was exported; exit 9 with the first wrong entry when it does not hold',
    needs: 'pure',
    options: { vkey: { type: 'string' } },
    async run(context) {
      const json = await context.client.tools.verifyExportedLog({
        ...bundleIn(context, only(context, 'folder')),
        ...optional(context.options, 'vkey', 'vkey'),
      });
      if (!json.holds) return { json, text: `The log does not add up: ${JSON.stringify(json.firstWrong)}.`, exit: 9 };
      const words = `The log is complete and unaltered: ${json.entries} entries, ${json.signedSize} of them signed by ${json.key}.`;
      return { json, text: json.keyFrom === 'given' ? words : `${words}\n${ownKey}` };
    },
  },
  {
    words: ['audit', 'verify-note'],
    usage: 'FILE --vkey K...',
    summary: 'whether a signed note is signed by a key you know; exit 1 when not',
    needs: 'pure',
    options: { vkey: { type: 'string', multiple: true } },
    async run(context) {
      const json = await context.client.tools.verifyNote({ file: context.files.read(only(context, 'file')), vkeys: vkeysOf(context) });
      const words = json.valid ? json.signers.map(({ name, keyId }) => `signed by ${name}+${keyId}`) : details(json);
      return json.valid ? { json, text: words.join('\n') } : { json, text: words.join('\n'), exit: 1 };
    },
  },
  {
    words: ['audit', 'verify-inclusion'],
    usage: '[FILE]',
    summary: 'whether a leaf is in a tree, by a proof in JSON from a file or stdin; exit 1 when not',
    needs: 'pure',
    options: {
      leafHash: { type: 'string' },
      index: { type: 'string' },
      treeSize: { type: 'string' },
      path: { type: 'string', multiple: true },
      rootHash: { type: 'string' },
    },
    run: async (context) => proven(await context.client.tools.verifyInclusion(inclusionProofOf(context))),
  },
  {
    words: ['audit', 'verify-consistency'],
    usage: '[FILE]',
    summary: 'whether a log only grew, by a proof in JSON from a file or stdin; exit 1 when not',
    needs: 'pure',
    options: {
      size1: { type: 'string' },
      root1: { type: 'string' },
      size2: { type: 'string' },
      root2: { type: 'string' },
      path: { type: 'string', multiple: true },
    },
    run: async (context) => proven(await context.client.tools.verifyConsistency(consistencyProofOf(context))),
  },
];

const ownKey = 'The key is the one that lies beside the log. Compare it with the one you know, or give that with --vkey.';

interface Findings {
  readonly findings: readonly { readonly code: string; readonly detail: string }[];
}

const details = ({ findings }: Findings): string[] => findings.map(({ code, detail }) => `${code}: ${detail}`);

const proven = (json: Findings & { readonly valid: boolean }): CommandResult =>
  json.valid ? { json, text: 'The proof holds.' } : { json, text: details(json).join('\n'), exit: 1 };

/** One key in a text, or several in a list. @throws AppError input.invalid */
function vkeysOf({ options }: CommandContext): string[] {
  const one = text(options, 'vkey');
  const vkeys = one === undefined ? list(options, 'vkey') : [one];
  if (vkeys.length === 0) throw new AppError('input.invalid', 'Name the key you know with --vkey.', { field: 'vkey', rule: 'required' });
  return vkeys;
}

/** What `audit export` wrote; what is not there is for the verification to miss. @throws AppError not-found */
function bundleIn({ files }: CommandContext, folder: string) {
  const names = files.list(folder);
  if (names === undefined) throw new AppError('not-found', 'There is no such folder.', { what: 'folder' });
  const entries = (files.list(join(folder, 'entries')) ?? []).filter((name) => name.endsWith('.jsonl'));
  return {
    entries: entries.map((name) => files.read(join(folder, 'entries', name))),
    ...fileIn('checkpoint', 'checkpoint'),
    ...fileIn('leaf-hashes', 'leafHashes'),
    ...fileIn('log-key', 'bundleKey'),
  };

  function fileIn<K extends string>(name: string, key: K): { [P in K]?: FileContent } {
    return names?.includes(name) === true ? ({ [key]: files.read(join(folder, name)) } as { [P in K]?: FileContent }) : {};
  }
}
