import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../main/adapters/mail-clients/change/client-files.ts';
import { runTool } from '../../main/adapters/mail-clients/change/run-tool.ts';
import { AppError } from '../../main/domain/errors.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { clientSamples, makeSample, type ClientSample } from '../mail/support/client-samples.ts';
import { copyOf, snapshot } from '../mail/support/profile.ts';
import { newPractice } from '../services/support/practice.ts';

const address = 'ada@ridgeway.example';
const day = 86_400_000;

/** A practice with one person who has an OpenPGP key, and her profile of one mail program. */
async function settingOf(sample: ClientSample, seams: Parameters<ClientSample['create']>[1] = {}) {
  const directory = privateDirectory();
  const profile = makeSample(directory, sample, address);
  const clock = { at: Date.now() };
  const practice = await newPractice({ mailClients: [sample.create(directory, seams)], clock: { now: () => new Date(clock.at) } });
  const { person } = await practice.client.people.add({ name: 'Ada Lovelace', emails: [address] });
  const target = { person, client: sample.id, target: profile, technology: 'openpgp' } as const;
  const codes = async (where = profile) =>
    (await practice.client.mail.check({ ...target, target: where })).findings.map(({ code }) => code);
  const makeKey = (days?: number) => practice.client.openpgp.generate({ person, ...(days === undefined ? {} : { days }) });
  return { ...practice, directory, profile, target, person, codes, makeKey, clock, temporary: join(directory, 'temporary') };
}

describe.each(clientSamples.filter(({ spoilOpenPgp }) => spoilOpenPgp !== undefined))('OpenPGP in $id', (sample) => {
  it('says what it would write without writing, is handed over, proved, found out when spoilt, and keeps what opens old mail', async () => {
    const { client, target, profile, codes, temporary, makeKey, clock, person } = await settingOf(sample);
    const before = snapshot(profile);
    for (const call of ['plan', 'export'] as const)
      await expect(client.mail[call](target)).rejects.toMatchObject({ code: 'client.no-openpgp', details: { address } });
    const { id } = await makeKey(30);
    const plan = await client.mail.plan(target);
    expect(plan.identities).toMatchObject([{ address, sign: id, encrypt: id }]);
    expect(await codes()).toEqual(['openpgp-nothing-chosen', 'not-signing']);
    expect(snapshot(profile)).toEqual(before);

    expect(await client.mail.export(target)).toMatchObject({
      checked: true,
      addresses: [address],
      technology: 'openpgp',
      certificates: [id],
    });
    expect(await codes()).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    const after = snapshot(profile);
    expect(Object.keys(before).filter((name) => after[name] === undefined)).toEqual([]);
    expect((await client.people.show({ person })).mailSetups).toMatchObject([{ technology: 'openpgp', isCurrent: true, findings: [] }]);

    for (const [code, act] of Object.entries(sample.spoilOpenPgp ?? {})) {
      const copy = copyOf(profile, code);
      act(copy);
      expect(await codes(copy), code).toEqual([code]);
    }
    clock.at += 31 * day;
    await makeKey();
    expect(await codes()).toEqual(['openpgp-superseded']);
    expect((await client.people.show({ person })).mailSetups).toMatchObject([{ isCurrent: false }]);
    await client.mail.export(target);
    expect(await codes()).toEqual([]);
    expect((await client.mail.plan(target)).certificates).toHaveLength(2);
  });

  it('is as it was, octet by octet, wherever handing it over is interrupted', async () => {
    const counts = { file: 0, tool: 0 };
    const state: { kind?: 'file' | 'tool'; turn: number } = { turn: 0 };
    const mayFail = (kind: 'file' | 'tool') => {
      if (counts[kind]++ === state.turn && kind === state.kind) throw new AppError('store.full', 'The disk is full.');
    };
    const { client, target, profile, temporary, makeKey } = await settingOf(sample, {
      run: async (run) => {
        mayFail('tool');
        return runTool(run);
      },
      replace: (path, file) => {
        mayFail('file');
        replaceFile(path, file);
      },
    });
    await makeKey();
    const before = snapshot(profile);
    await client.mail.export({ ...target, target: copyOf(profile, 'whole') });
    expect(counts.file).toBeGreaterThan(2);
    const turns = [0, counts.file - 1].map((turn) => ({ kind: 'file', turn }) as const);
    for (const { kind, turn } of [...turns, { kind: 'tool', turn: counts.tool - 1 } as const]) {
      Object.assign(counts, { file: 0, tool: 0 });
      Object.assign(state, { kind, turn });
      await expect(client.mail.export(target), `${kind} ${turn}`).rejects.toMatchObject({ code: 'store.full' });
      expect(snapshot(profile), `${kind} ${turn}`).toEqual(before);
      expect(readdirSync(temporary)).toEqual([]);
    }
  });
});

describe.each(clientSamples.filter(({ spoilOpenPgp }) => spoilOpenPgp === undefined))(
  '$id, which is given no OpenPGP key from here',
  (sample) => {
    it('refuses it before anything is written', async () => {
      const { client, target, profile, makeKey } = await settingOf(sample);
      await makeKey();
      const before = snapshot(profile);
      for (const call of ['plan', 'export', 'check'] as const)
        await expect(client.mail[call](target)).rejects.toMatchObject({ code: 'unsupported' });
      expect(snapshot(profile)).toEqual(before);
    });
  },
);
