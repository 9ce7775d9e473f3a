import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../main/adapters/mail-clients/change/client-files.ts';
import { runTool } from '../../main/adapters/mail-clients/change/run-tool.ts';
import { AppError } from '../../main/domain/errors.ts';
import { mailClientIds } from '../../main/domain/mail-client/mail-client.ts';
import type { MailClient } from '../../main/ports/mail-client.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { clientSamples, makeSample, type ClientSample } from '../mail/support/client-samples.ts';
import { copyOf, snapshot } from '../mail/support/profile.ts';
import { enroll, newPractice } from '../services/support/practice.ts';

const address = 'ada@ridgeway.example';

/** A practice with one person, and her profile of one mail program; `algorithm` is that of her keys. */
async function settingOf(sample: ClientSample, algorithm = 'rsa-2048', seams: Parameters<ClientSample['create']>[1] = {}) {
  const directory = privateDirectory();
  const profile = makeSample(directory, sample, address);
  const adapter: MailClient = sample.create(directory, seams);
  const practice = await newPractice({ mailClients: [adapter] });
  const { person } = await practice.client.people.add({ name: 'Ada Lovelace', emails: [address] });
  await enroll(practice, [person], { algorithm });
  const target = { person, client: sample.id, target: profile };
  const codes = async (where = profile) =>
    (await practice.client.mail.check({ ...target, target: where })).findings.map(({ code }) => code);
  return { ...practice, directory, profile, target, person, codes, temporary: join(directory, 'temporary') };
}

it('runs over every mail program there is; the stores of other systems have a test of their own (test/mail/system-stores.test.ts)', () => {
  expect([...clientSamples.map(({ id }) => id), 'windows-certificates', 'macos-keychain']).toEqual(mailClientIds);
});

describe.each(clientSamples)('$id', (sample) => {
  it('is found, says what it would write without writing, is set up, proved, and found out when spoilt', async () => {
    const { client, target, profile, codes, temporary, person } = await settingOf(sample);
    const before = snapshot(profile);
    expect((await client.mail.clients({})).clients).toMatchObject([{ id: sample.id, isInstalled: true }]);
    const plan = await client.mail.plan(target);
    expect(plan.identities.map((identity) => identity.address)).toEqual([address]);
    expect(await codes()).not.toEqual([]);
    expect(snapshot(profile)).toEqual(before);

    expect(await client.mail.export(target)).toMatchObject({ checked: true, addresses: [address] });
    expect(await codes()).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    const after = snapshot(profile);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name] && after[name]?.endsWith('no file') === false);
    for (const name of changed) expect(plan.writes.some(({ file }) => name.includes(file)) || name.endsWith('pkcs11.txt'), name).toBe(true);
    expect(Object.keys(before).filter((name) => after[name] === undefined)).toEqual([]);

    for (const [code, act] of Object.entries(sample.spoil)) {
      const copy = copyOf(profile, code);
      act(copy);
      expect(await codes(copy), code).toContain(code);
    }
    await client.certificates.renew({ person });
    expect(await codes()).toContain(sample.renewed ?? 'superseded');
    await client.mail.export(target);
    expect(await codes()).toEqual([]);
  });

  it('is as it was, octet by octet, wherever an export is interrupted', async () => {
    const counts = { file: 0, tool: 0 };
    const state: { kind?: 'file' | 'tool'; turn: number } = { turn: 0 };
    const mayFail = (kind: 'file' | 'tool') => {
      if (counts[kind]++ === state.turn && kind === state.kind) throw new AppError('store.full', 'The disk is full.');
    };
    const { client, target, profile, temporary, directory } = await settingOf(sample, 'rsa-2048', {
      run: async (run) => {
        mayFail('tool');
        return runTool(run);
      },
      replace: (path, file) => {
        mayFail('file');
        replaceFile(path, file);
      },
    });
    const before = snapshot(profile);
    await client.mail.export({ ...target, target: copyOf(profile, 'whole') });
    expect(counts.file).toBeGreaterThan(2);
    const files = [0, 1, counts.file - 1].map((turn) => ({ kind: 'file', turn }) as const);
    expect(counts.tool).toBeGreaterThan(4);
    for (const { kind, turn } of [...files, { kind: 'tool', turn: 4 } as const]) {
      Object.assign(counts, { file: 0, tool: 0 });
      Object.assign(state, { kind, turn });
      await expect(client.mail.export(target), `${kind} ${turn}`).rejects.toMatchObject({ code: 'store.full' });
      expect(snapshot(profile), `${kind} ${turn}`).toEqual(before);
      expect(readdirSync(temporary)).toEqual([]);
    }
    expect(readdirSync(directory)).toContain('profile');
  });
});

describe.each(clientSamples.filter(({ takesCurves }) => !takesCurves))('$id, which can do nothing with a curve', (sample) => {
  it('is refused such a pair before anything is written', async () => {
    const { client, target, profile } = await settingOf(sample, 'p256');
    const before = snapshot(profile);
    for (const call of ['plan', 'export'] as const)
      await expect(client.mail[call](target)).rejects.toMatchObject({ code: 'client.unfit', details: { algorithm: 'p256' } });
    expect(snapshot(profile)).toEqual(before);
  });
});

it('a program that keeps its settings in memory is not written to while it runs', async () => {
  const sample = clientSamples.find(({ id }) => id === 'claws');
  if (sample === undefined) throw new Error('no such sample');
  const { client, target, profile, directory } = await settingOf(sample);
  const before = snapshot(profile);
  mkdirSync(join(directory, 'processes', '4711'));
  writeFileSync(join(directory, 'processes', '4711', 'comm'), 'claws-mail\n');
  await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.open' });
  expect(snapshot(profile)).toEqual(before);
  writeFileSync(join(directory, 'processes', '4711', 'comm'), 'claws-mail-not\n');
  expect(await client.mail.export(target)).toMatchObject({ checked: true });
});
