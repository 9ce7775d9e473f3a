import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, createMacosKeychain, readCertificates, readIdentities } from '../../main/adapters/mail-clients/macos-keychain.ts';
import type { SystemStoreParts } from '../../main/adapters/mail-clients/system-store/system-store.ts';
import { createWindowsCertificates, readListing, script, toldLine } from '../../main/adapters/mail-clients/windows-certificates.ts';
import type { MailClient } from '../../main/ports/mail-client.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { enroll, newPractice } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';

const address = 'ada@ridgeway.example';
const standIn = await buildProcess(new URL('support/stand-in-stores.ts', import.meta.url));
const thumbprint = 'AB'.repeat(20);

const thumbprintOf = (der: string): string => createHash('sha1').update(Buffer.from(der, 'base64')).digest('hex').toUpperCase();

interface Kept {
  readonly der: string;
  readonly hasKey: boolean;
}

interface Kind {
  readonly id: 'windows-certificates' | 'macos-keychain';
  readonly stands: string;
  readonly platform: string;
  /** The only arguments there are. */
  readonly arguments: readonly string[];
  /** What the tool refuses where everything went in and is not taken for good, or where the last thing does not go in; and what that is called. */
  readonly neverGood: RegExp;
  readonly refusal: string;
  create(parts: SystemStoreParts): MailClient;
}

const kinds: readonly Kind[] = [
  {
    id: 'windows-certificates',
    stands: 'powershell',
    platform: 'win32',
    arguments: ['-NoProfile', '-NonInteractive', '-NoLogo', '-Command', script],
    neverGood: /"act":"import"/,
    refusal: 'client.unreadable',
    create: createWindowsCertificates,
  },
  {
    id: 'macos-keychain',
    stands: 'security',
    platform: 'darwin',
    arguments: ['-i'],
    neverGood: /^"verify-cert"/,
    refusal: 'client.not-ready',
    create: createMacosKeychain,
  },
];

/** A home with a program that stands in for the system's own. */
function placesOf({ stands, platform }: Kind) {
  const directory = privateDirectory();
  const path = (name: string): string => join(directory, name);
  const home = path('home');
  mkdirSync(join(home, 'Library/Keychains'), { recursive: true });
  mkdirSync(path('temporary'));
  writeFileSync(join(home, 'Library/Keychains/login.keychain-db'), '');
  const program = path('program');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${standIn}" ${stands} "${path('state')}" "$@"\n`);
  chmodSync(program, 0o700);
  return {
    places: { platform, home, windows: 'C:\\Windows', temporary: [path('temporary')], program },
    path,
    kept: () => (existsSync(path('state')) ? (JSON.parse(readFileSync(path('state'), 'utf8')) as readonly Kept[]) : []),
    refuse: (pattern: RegExp) => writeFileSync(path('state.refuses'), pattern.source),
    answer: () => rmSync(path('state.refuses')),
  };
}

async function settingOf(kind: Kind) {
  const stands = placesOf(kind);
  const adapter = kind.create({ places: stands.places });
  const practice = await newPractice({ mailClients: [adapter] });
  const { client } = practice;
  const { person } = await client.people.add({ name: 'Ada Lovelace', emails: [address] });
  return { ...stands, adapter, client, person, enrolled: () => enroll(practice, [person], { algorithm: 'rsa-2048' }) };
}

describe.each(kinds)('$id, against a program that stands in for the one of the system, because that does not run here', (kind) => {
  it('takes what is missing, is read back, lets go of exactly that when a part is refused, and of what a killed process had begun', async () => {
    const { client, person, enrolled, adapter, kept, path, refuse, answer } = await settingOf(kind);
    await enrolled();
    const target = { person, client: kind.id } as const;
    expect((await client.mail.clients({})).clients).toMatchObject([{ id: kind.id, isInstalled: true, profiles: [{ isAnybodys: true }] }]);
    expect((await client.mail.plan(target)).writes).toHaveLength(3);
    expect((await client.mail.check(target)).isReady).toBe(false);
    refuse(/"act":"import"|^"import"/);
    await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.unreadable' });
    expect(kept()).toEqual([]);
    answer();

    expect(await client.mail.export(target)).toMatchObject({ checked: true, addresses: [address] });
    const whole = kept();
    expect([true, false].map((isWanted) => whole.filter(({ hasKey }) => hasKey === isWanted).length)).toEqual([2, 2]);
    writeFileSync(path('state'), JSON.stringify(whole.slice(0, 1)));
    expect(await client.mail.check(target)).toMatchObject({ isReady: false });
    refuse(kind.neverGood);
    await expect(client.mail.export(target)).rejects.toMatchObject({ code: kind.refusal });
    expect(kept()).toEqual(whole.slice(0, 1));
    answer();
    await client.mail.export(target);
    expect(kept()).toEqual(whole);
    expect(readdirSync(path('temporary'))).toEqual([]);

    const { path: store } = await adapter.find();
    const entries = whole.filter(({ hasKey }) => hasKey).map(({ der }) => ({ kind: 'key', thumbprint: thumbprintOf(der) }));
    const journal = path(`home/.keyward-undo-${kind.id}.json`);
    expect(existsSync(journal)).toBe(false);
    writeFileSync(journal, JSON.stringify({ change: 'a', pid: 2 ** 22 + 1, store, entries }));
    expect(await adapter.recover(store, 'another', false)).toBe('untouched');
    refuse(/remove|delete/);
    expect(await adapter.recover(store, 'a', false)).toBe('changed-since');
    answer();
    expect(await adapter.recover(store, 'a', false)).toBe('restored');
    expect(kept()).toEqual(whole.filter(({ hasKey }) => !hasKey));
    expect(existsSync(journal)).toBe(false);
    const said = new Set(readFileSync(path('state.arguments'), 'utf8').trimEnd().split('\n'));
    expect([...said].map((line) => JSON.parse(line) as unknown)).toEqual([kind.arguments]);
  });

  it('is refused on this system, with what to do instead', async () => {
    const { client, person } = await settingOf({ ...kind, platform: 'another', create: (parts) => kind.create(parts) });
    for (const call of ['plan', 'export', 'check'] as const)
      await expect(client.mail[call]({ person, client: kind.id })).rejects.toMatchObject({ code: 'client.other-system' });
    expect((await client.mail.clients({})).clients).toMatchObject([{ isInstalled: false, profiles: [] }]);
    expect((await client.mail.programs({ person })).programs.map((one) => one.client)).not.toContain(kind.id);
  });
});

describe('what the tools are told', () => {
  const hostile = ['plain', 'a "quoted" one', "it's", 'back\\slash\\', '$(id) `id` ; id', ' blanks  ', 'Łoś', ''];

  it('one line of the keychain holds every word as it is, by the rules of security.c', () => {
    const line = commandLine(hostile).toString('utf8');
    expect(line.endsWith('"\n')).toBe(true);
    const words = Array.from(line.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, word = '']) => word.replace(/\\(.)/g, '$1'));
    expect(words).toEqual(hostile);
  });

  it.each(['two\nlines', 'a\rb', 'a\0b', 'x'.repeat(4096)])('a word that would be another line, or part of one, is refused: %j', (word) => {
    expect(() => commandLine(['import', word])).toThrow(expect.objectContaining({ code: 'input.invalid' }) as Error);
  });

  it('PowerShell gets one line of ASCII that JSON reads back, and a script nobody adds to', () => {
    for (const file of [...hostile, 'two\nlines']) {
      const line = toldLine({ act: 'import', file, password: "a'b" }).toString('latin1');
      expect(line).toMatch(/^[\x20-\x7e]+\n$/);
      expect(JSON.parse(line)).toEqual({ act: 'import', file, password: "a'b" });
    }
    expect(script).not.toContain('"');
    expect(script).not.toContain('-Exportable');
  });

  it('their answers are read strictly: a label that looks like another line is none', () => {
    expect([...readIdentities(`Policy: S/MIME\n  Matching identities\n  1) ${thumbprint} "x"\n     1 identities found\n`)]).toEqual([
      thumbprint,
    ]);
    expect([...readIdentities(`"alis"<blob>="1) ${thumbprint} \\""`)]).toEqual([]);
    expect([
      ...readCertificates(`    "alis"<blob>="SHA-1 hash: ${thumbprint}"\nSHA-1 hash: ${thumbprint.replaceAll('AB', 'CD')}\n`),
    ]).toEqual(['CD'.repeat(20)]);
    const listing = readListing(
      `My ${thumbprint} False\r\nCA ${thumbprint} False\r\nRoot ${'CD'.repeat(20)} False\r\nDisallowed ${'CD'.repeat(20)} False\r\n`,
    );
    expect(listing.has({ kind: 'key', thumbprint })).toBe(false);
    expect(listing.has({ kind: 'issuer', thumbprint })).toBe(true);
    expect(listing.has({ kind: 'root', thumbprint: 'CD'.repeat(20) })).toBe(false);
    expect(readListing(`My ${thumbprint} True\r\n`).has({ kind: 'key', thumbprint })).toBe(true);
  });
});
