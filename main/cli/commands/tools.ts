import { findingLines } from '../finding-lines.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { ocspCheck } from './ocsp-check.ts';
import { count, flag, list, only, optional } from '../option-values.ts';

/** The pure tools: anyone can check anything with them, without a workspace. */
export const toolCommands: readonly CliCommand[] = [
  ocspCheck,
  {
    words: ['inspect'],
    usage: 'FILE [--type auto|certificate|crl|csr|pkcs7|pkcs12|pkcs8|ocsp|openpgp] [--raw]',
    summary: 'a full reading of a file; --raw: its ASN.1 values and the octets they begin at',
    needs: 'pure',
    options: { type: { type: 'string' }, raw: { type: 'boolean' } },
    async run(context) {
      const file = context.files.read(only(context, 'file'));
      const json = await context.client.certificates.inspect({
        file,
        raw: flag(context.options, 'raw'),
        ...(optional(context.options, 'type', 'type') as object),
      });
      return { json, text: JSON.stringify(json, null, 2) };
    },
  },
  {
    words: ['verify-chain'],
    usage:
      '--trust F... [--pool F...] [--crl F...] [--ocsp F...] [--time T] [--purpose any|smime-sign|smime-encrypt|client|server|ocsp|timestamp] [--policy OID...] [--explicit-policy] [--inhibit-mapping] [--inhibit-any] [--max-depth N] [--email A] [--dns N] [--require-revocation] [--allow-weak] [--strict] CERT',
    summary: 'whether a path from a certificate to a trust anchor holds; exit 1 when it does not',
    needs: 'pure',
    options: {
      trust: { type: 'string', multiple: true },
      pool: { type: 'string', multiple: true },
      crl: { type: 'string', multiple: true },
      ocsp: { type: 'string', multiple: true },
      policy: { type: 'string', multiple: true },
      time: { type: 'string' },
      purpose: { type: 'string' },
      email: { type: 'string' },
      dns: { type: 'string' },
      'max-depth': { type: 'string' },
      'explicit-policy': { type: 'boolean' },
      'inhibit-mapping': { type: 'boolean' },
      'inhibit-any': { type: 'boolean' },
      'require-revocation': { type: 'boolean' },
      'allow-weak': { type: 'boolean' },
      strict: { type: 'boolean' },
    },
    run: verifyChain,
  },
  {
    words: ['lint'],
    usage: 'CERT [--profile P]',
    summary: 'what the rules say about a certificate; exit 1 with an error finding',
    needs: 'pure',
    options: { profile: { type: 'string' } },
    async run(context) {
      const json = await context.client.certificates.lint({
        file: context.files.read(only(context, 'certificate')),
        ...optional(context.options, 'profile', 'profile'),
      });
      const lines = findingLines(json.findings);
      const result = { json, text: lines.length === 0 ? 'Nothing to say.' : lines.join('\n') };
      return json.findings.some(({ severity }) => severity === 'error') ? { ...result, exit: 1 } : result;
    },
  },
];

async function verifyChain(context: CommandContext): ReturnType<CliCommand['run']> {
  const { client, options, files } = context;
  const depth = count(options, 'max-depth');
  const json = await client.certificates.verifyChain({
    certificate: files.read(only(context, 'certificate')),
    trust: list(options, 'trust').map(files.read),
    pool: list(options, 'pool').map(files.read),
    crls: list(options, 'crl').map(files.read),
    ocsp: list(options, 'ocsp').map(files.read),
    policies: list(options, 'policy'),
    explicitPolicy: flag(options, 'explicit-policy'),
    inhibitMapping: flag(options, 'inhibit-mapping'),
    inhibitAny: flag(options, 'inhibit-any'),
    requireRevocation: flag(options, 'require-revocation'),
    allowWeak: flag(options, 'allow-weak'),
    strict: flag(options, 'strict'),
    ...(depth === undefined ? {} : { maxDepth: depth }),
    ...optional(options, 'time', 'time'),
    ...(optional(options, 'purpose', 'purpose') as object),
    ...optional(options, 'email', 'email'),
    ...optional(options, 'dns', 'dns'),
  });
  const result = { json, text: json.valid ? 'valid' : json.findings.map(({ code, detail }) => `${code}: ${detail}`).join('\n') };
  return json.valid ? result : { ...result, exit: 1 };
}
