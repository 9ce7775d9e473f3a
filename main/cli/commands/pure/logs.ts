import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../../command.ts';
import { list, only, text } from '../../option-values.ts';
import { verifyLog, verifySelection } from './exported-log.ts';
import { inclusionProofOf, consistencyProofOf } from './proof-input.ts';

/** Pure tools about logs: what an auditor asks who trusts neither the practice nor Keyward. */
export const logTools: readonly CliCommand[] = [
  {
    words: ['audit', 'verify-log'],
    usage: 'DIR [--vkey K]',
    summary: 'recompute a log, or check chosen entries, that were exported; exit 9 with the first that is wrong when they do not hold',
    needs: 'pure',
    options: { vkey: { type: 'string' } },
    run: async (context) => {
      const folder = only(context, 'folder');
      if (context.files.list(folder) === undefined) throw new AppError('not-found', 'There is no such folder.', { what: 'folder' });
      return context.files.list(join(folder, 'selected')) === undefined ? verifyLog(context, folder) : verifySelection(context, folder);
    },
  },
  {
    words: ['audit', 'verify-note'],
    usage: 'FILE --vkey K... [--witness K...]',
    summary: 'whether a note is signed by a key you know, and cosigned by every witness that is named; exit 1 when not',
    needs: 'pure',
    options: { vkey: { type: 'string', multiple: true }, witness: { type: 'string', multiple: true } },
    async run(context) {
      const [vkeys, witnesses] = [vkeysOf(context), severalOf(context, 'witness')];
      const json = await context.client.tools.verifyNote({ file: context.files.read(only(context, 'file')), vkeys, witnesses });
      const words = json.valid
        ? json.signers.map(({ name, keyId, time }) => `signed by ${name}+${keyId}${time === undefined ? '' : `, seen ${time}`}`)
        : details(json);
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

interface Findings {
  readonly findings: readonly { readonly code: string; readonly detail: string }[];
}

const details = ({ findings }: Findings): string[] => findings.map(({ code, detail }) => `${code}: ${detail}`);

const proven = (json: Findings & { readonly valid: boolean }): CommandResult =>
  json.valid ? { json, text: 'The proof holds.' } : { json, text: details(json).join('\n'), exit: 1 };

/** @throws AppError input.invalid where none is named */
function vkeysOf(context: CommandContext): string[] {
  const vkeys = severalOf(context, 'vkey');
  if (vkeys.length === 0) throw new AppError('input.invalid', 'Name the key you know with --vkey.', { field: 'vkey', rule: 'required' });
  return vkeys;
}

/** One key in a text, or several in a list. */
function severalOf({ options }: CommandContext, name: string): string[] {
  const one = text(options, name);
  return one === undefined ? list(options, name) : [one];
}
