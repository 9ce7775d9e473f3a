import type { CliCommand } from '../command.ts';
import { only } from '../option-values.ts';
import { table } from '../table.ts';

/** The keys of the practice and those it must not meet. */
export const keyCommands: readonly CliCommand[] = [
  {
    words: ['key', 'compromised', 'add'],
    usage: 'FILE',
    summary: 'take note of keys that others hold: SHA-256 of the SubjectPublicKeyInfo, one a line; none of them is taken from now on',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.keys.addCompromised({ file: context.files.read(only(context, 'file')) });
      return { json, text: `Added: ${json.added} keys; ${json.known} were known.` };
    },
  },
  {
    words: ['key', 'compromised', 'list'],
    usage: '',
    summary: 'the lists of compromised keys that were added',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.keys.compromisedLists({});
      return {
        json,
        text: table(
          ['list', 'keys', 'added'],
          json.lists.map(({ name, keys, addedAt }) => [name, String(keys), addedAt.slice(0, 10)]),
        ),
      };
    },
  },
  {
    words: ['key', 'check-inventory'],
    usage: '',
    summary: 'look for weak and compromised keys here: on a list, weak, or one that gives another away (shared moduli and primes)',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.keys.checkInventory({});
      const { checked, findings } = json;
      const rows = findings.map(({ code, key, certificate, person }) => [code, key, certificate, person ?? '']);
      const text =
        findings.length === 0 ? `${checked} keys checked, nothing found.` : table(['what', 'key', 'certificate', 'person'], rows);
      return { json, text, ...(findings.length === 0 ? {} : { exit: 1 as const }) };
    },
  },
];
