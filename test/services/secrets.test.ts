import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { contract } from '../../main/contract/contract.ts';
import type { Call } from '../../main/contract/call.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { createErrorReplies } from '../../main/services/error-reply.ts';
import { errorLocale } from '../../main/compose/locale.ts';
import { wipeSecrets } from '../../main/services/call-input.ts';
import { newPractice, secret } from './support/practice.ts';

const commands = Object.entries(contract).flatMap(([area, calls]) =>
  Object.entries(calls as Record<string, Call>).flatMap(([name, call]) =>
    call.verb === 'command' ? [[`${area}.${name}`, call] as const] : [],
  ),
);

/** An input full of secrets and file content, whatever the call looks at. */
function poisoned(poison: string): object {
  const hidden = new Secret(Buffer.from(poison));
  const known: Record<string, unknown> = {
    passphrase: hidden,
    oldPassphrase: hidden,
    newPassphrase: hidden,
    recoveryCode: hidden,
    password: hidden,
    pin: hidden,
    newPin: hidden,
    soPin: hidden,
    unlockCode: hidden,
    code: hidden,
    token: 'a1b2c3d4',
    file: new FileContent('staff.csv', Buffer.from(poison)),
    people: [],
    certificates: [],
    repairs: [],
    emails: [],
    mailDomains: [],
    target: { kind: 'fhir', url: poison, trust: poison },
    definition: { title: poison, subject: [{ attribute: 'title', source: 'text', presence: 'required', text: poison }] },
    override: poison,
    url: `https://witness.example/${poison}`,
  };
  return new Proxy(known, { get: (target, name) => (typeof name === 'string' && name in target ? target[name] : undefined) });
}

describe('secrets', () => {
  it.each(commands)('do not reach the audit subject of %s', (_, call) => {
    if (call.verb !== 'command') return;
    expect(JSON.stringify(call.subject(poisoned('s3cr3t-poison')))).not.toContain('s3cr3t-poison');
  });

  it('turn into [secret] however they are written out', () => {
    const hidden = new Secret(Buffer.from('s3cr3t'));
    for (const text of [
      String(hidden),
      `${hidden.toString()}`,
      JSON.stringify({ hidden }),
      inspect({ deep: [hidden] }, { depth: 9, showHidden: true }),
    ]) {
      expect(text).toContain('[secret]');
      expect(text).not.toContain('s3cr3t');
    }
  });

  it('are wiped in whatever was sent, however deep they lie', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), (depth, width) => {
        const hidden = new Secret(Buffer.from('s3cr3t'));
        let input: unknown = hidden;
        for (let level = 0; level < depth; level++)
          input = level % 2 === 0 ? { at: input } : [...Array.from({ length: width }, () => 1), input];
        wipeSecrets(input);
        expect(hidden.reveal().every((octet) => octet === 0)).toBe(true);
      }),
    );
  });

  it('are wiped once a call was answered, refused ones too', async () => {
    const { client } = await newPractice();
    const wrong = secret('wrong');
    await client.session.signIn({ passphrase: wrong }).catch(() => undefined);
    expect(wrong.reveal().every((octet) => octet === 0)).toBe(true);
  });

  it('do not leave in the message of an unforeseen error, nor in the technical log', () => {
    const reports: unknown[] = [];
    const replies = createErrorReplies({
      locale: errorLocale,
      random: { uuid: () => 'trace', bytes: () => new Uint8Array() },
      diagnostics: { report: (event) => void reports.push(event) },
    });
    const reply = replies.reply(new Error('unexpected token in s3cr3t', { cause: new TypeError('s3cr3t') }), 'session.signIn');
    expect(reply).toMatchObject({ code: 'internal', traceId: 'trace' });
    expect(JSON.stringify([reply, reports])).not.toContain('s3cr3t');
    expect(reports).toHaveLength(1);
  });
});
