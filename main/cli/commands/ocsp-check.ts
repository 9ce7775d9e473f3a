import type { CliCommand } from '../command.ts';
import { flag, optional, required } from '../option-values.ts';

/** A pure tool: one OCSP response against one certificate. */
export const ocspCheck: CliCommand = {
  words: ['ocsp', 'check'],
  usage: '--response F --issuer F --certificate F [--time T] [--allow-weak]',
  summary: 'what an OCSP response says of a certificate, and whether it may; exit 1 unless that is good',
  needs: 'pure',
  options: {
    response: { type: 'string' },
    issuer: { type: 'string' },
    certificate: { type: 'string' },
    time: { type: 'string' },
    'allow-weak': { type: 'boolean' },
  },
  async run({ client, options, files }) {
    const file = (name: string) => files.read(required(options, name));
    const json = await client.certificates.ocspCheck({
      response: file('response'),
      issuer: file('issuer'),
      certificate: file('certificate'),
      allowWeak: flag(options, 'allow-weak'),
      ...optional(options, 'time', 'time'),
    });
    const result = { json, text: json.valid ? 'good' : json.findings.map(({ code, detail }) => `${code}: ${detail}`).join('\n') };
    return json.valid ? result : { ...result, exit: 1 };
  },
};
