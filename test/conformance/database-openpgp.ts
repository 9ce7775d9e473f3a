import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { Stores } from '../../main/ports/database.ts';
import type { OpenPgpRecord } from '../../main/ports/stores/openpgp.ts';
import { keyOf, newId, octets, openPgpOf, personOf, sealedKeyOf } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

export function describeOpenPgp(technology: DatabaseTechnology): void {
  describe('OpenPGP keys', () => {
    const workspace = useWorkspace(technology);

    /** Somebody, and what records of an OpenPGP key refer to. */
    async function insertPerson(stores: Stores): Promise<string> {
      const person = personOf();
      await stores.people.insert([person], []);
      return person.id;
    }

    async function insertFor(stores: Stores, personId: string, more: Partial<OpenPgpRecord> = {}): Promise<OpenPgpRecord> {
      const [primaryKey, subkey] = [keyOf({ personId, algorithm: 'ed25519' }), keyOf({ personId, usage: 'encrypt', algorithm: 'x25519' })];
      const revocationId = newId();
      const record = openPgpOf({ personId, primaryKeyId: primaryKey.id, subkeyId: subkey.id, revocationId, ...more });
      await stores.keys.insert([primaryKey, subkey]);
      await stores.vault.insertSealedKeys([sealedKeyOf(revocationId, [workspace.practice.sealingKey.id])]);
      await stores.openPgp.insert(record, octets(900));
      return record;
    }

    const insertOne = (more: Partial<OpenPgpRecord> = {}): Promise<OpenPgpRecord> =>
      workspace.database.unit(async (stores) => insertFor(stores, await insertPerson(stores), more));

    it('come back as they were recorded, with their certificate', async () => {
      const record = await insertOne({ userIds: ['Zoë Ødegård <zoë@ridgeway.example>', '<second@ridgeway.example>'] });
      const { openPgp } = workspace.database.read;
      expect(await openPgp.find(record.id)).toEqual(record);
      expect(await openPgp.ofPerson(record.personId)).toEqual([record]);
      expect(await openPgp.certificate(record.id)).toEqual(octets(900));
      expect(await openPgp.find(newId())).toBeUndefined();
      expect(await openPgp.certificate(newId())).toBeUndefined();
      expect(await openPgp.ofPerson(newId())).toEqual([]);
    });

    it('are found by the beginning of their id or their fingerprint, and by nothing shorter than eight digits', async () => {
      const record = await insertOne({ fingerprint: 'abcdef0123456789abcdef0123456789abcdef01' });
      const { openPgp } = workspace.database.read;
      expect(await openPgp.findByPrefix(record.id.slice(0, 20))).toContainEqual(record);
      expect(await openPgp.findByPrefix('abcdef01')).toEqual([record]);
      for (const text of ['abcdef0', 'abcdef02', '%', '']) expect(await openPgp.findByPrefix(text)).toEqual([]);
    });

    it('are one at most in use for a person', async () => {
      const record = await insertOne();
      const again = workspace.database.unit((stores) => insertFor(stores, record.personId));
      await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'personId' } });
      const next = await workspace.database.unit(async (stores) => {
        await stores.openPgp.supersede(record.id);
        return insertFor(stores, record.personId);
      });
      expect(await workspace.database.read.openPgp.ofPerson(record.personId)).toEqual([next, { ...record, isCurrent: false }]);
    });

    it('go out of use once', async () => {
      const record = await insertOne();
      await workspace.database.unit(({ openPgp }) => openPgp.supersede(record.id));
      for (const id of [record.id, newId()])
        await expect(workspace.database.unit(({ openPgp }) => openPgp.supersede(id))).rejects.toMatchObject({ code: 'stale' });
    });

    it('is revoked once: it has the certificate that says so, and is in use no more', async () => {
      const record = await insertOne();
      const [at, said] = ['2026-07-01T09:00:00.000Z', octets(950)];
      await workspace.database.unit(({ openPgp }) => openPgp.revoke(record.id, said, at));
      const { openPgp } = workspace.database.read;
      expect(await openPgp.find(record.id)).toEqual({ ...record, isCurrent: false, revokedAt: at });
      expect(await openPgp.certificate(record.id)).toEqual(said);
      for (const id of [record.id, newId()])
        await expect(workspace.database.unit((stores) => stores.openPgp.revoke(id, said, at))).rejects.toMatchObject({ code: 'stale' });
    });

    it('have a fingerprint nobody else has', async () => {
      const { fingerprint } = await insertOne();
      await expect(insertOne({ fingerprint })).rejects.toMatchObject({ code: 'conflict', details: { field: 'fingerprint' } });
    });

    it('refer to a person, keys and a sealed revocation that are there', async () => {
      for (const missing of ['primaryKeyId', 'subkeyId', 'revocationId'] as const)
        await expect(insertOne({ [missing]: newId() })).rejects.toMatchObject({ code: 'internal' });
    });

    it('come page by page, newest first, all of them or those of a person', async () => {
      const records: OpenPgpRecord[] = [];
      for (let count = 0; count < 5; count++) records.unshift(await insertOne());
      const { openPgp } = workspace.database.read;
      const first = await openPgp.page({ limit: 3 });
      expect(first.rows).toEqual(records.slice(0, 3));
      expect(await openPgp.page({ limit: 3, after: first.next })).toEqual({ rows: records.slice(3) });
      expect(await openPgp.page({ limit: 3, personId: records[4]?.personId })).toEqual({ rows: records.slice(4) });
      await expect(openPgp.page({ limit: 3, after: 'nonsense' })).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });
}
