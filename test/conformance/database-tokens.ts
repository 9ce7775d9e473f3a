import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { TokenIntentRecord, TokenKeyRecord } from '../../main/ports/stores/tokens.ts';
import { keyOf, newId, personOf, someInstant } from './database-records.ts';
import { useWorkspace, type TestWorkspace } from './database-workspace.ts';

const placeOf = (keyId: string, serialNumber: string): TokenKeyRecord => ({ keyId, module: 'SoftHSM', serialNumber, ckaId: 'a1b2c3' });

async function begin(workspace: TestWorkspace, more: Partial<TokenIntentRecord> = {}): Promise<TokenIntentRecord> {
  const person = personOf();
  const intent: TokenIntentRecord = {
    ...placeOf(newId(), '1f2e3d4c'),
    id: newId(),
    personId: person.id,
    certificateId: newId(),
    state: 'begun',
    createdAt: someInstant,
    endedAt: null,
    ...more,
  };
  await workspace.database.unit(async (stores) => {
    await stores.people.insert([person], []);
    await stores.tokens.insertIntent(intent);
  });
  return intent;
}

export function describeTokens(technology: DatabaseTechnology): void {
  describe('tokens', () => {
    const workspace = useWorkspace(technology);

    it('keep where a key is, by the serial number of its token', async () => {
      const keys = [keyOf({ store: 'token' }), keyOf({ store: 'token' }), keyOf({ store: 'token' })];
      const places = keys.map(({ id }, at) => placeOf(id, at < 2 ? 'one' : 'other'));
      await workspace.database.unit(async (stores) => {
        await stores.keys.insert(keys);
        for (const place of places) await stores.tokens.insertKey(place);
      });
      const { tokens, keys: read } = workspace.database.read;
      expect(await tokens.keysOn(['one'])).toEqual(places.slice(0, 2));
      expect((await tokens.keysOn(['one', 'other', 'none'])).length).toBe(3);
      expect(await tokens.keysOn([])).toEqual([]);
      expect((await read.find(keys[0]?.id ?? ''))?.store).toBe('token');
    });

    it('keep what a card said of a key as it came', async () => {
      const key = keyOf({ store: 'token' });
      const record = { keyId: key.id, statement: Uint8Array.of(1, 2), device: Uint8Array.of(3), createdAt: someInstant };
      await workspace.database.unit(async (stores) => {
        await stores.keys.insert([key]);
        await stores.tokens.insertAttestation(record);
      });
      const { tokens } = workspace.database.read;
      const kept = await tokens.attestation(key.id);
      expect({ ...kept, statement: [...(kept?.statement ?? [])], device: [...(kept?.device ?? [])] }).toEqual({
        ...record,
        statement: [1, 2],
        device: [3],
      });
      expect(await tokens.attestation(newId())).toBeUndefined();
    });

    it('have a key that the vault keeps on one of them at most, also again after a wiping', async () => {
      const key = keyOf({ store: 'vault' });
      const [one, other] = [newId(), newId()];
      const place = (serialNumber: string) => workspace.database.unit(({ tokens }) => tokens.placeKey(placeOf(key.id, serialNumber)));
      const places = async () => (await workspace.database.read.tokens.placesOf([key.id])).map(({ serialNumber }) => serialNumber);
      await workspace.database.unit((stores) => stores.keys.insert([key]));
      await place(one);
      await place(other);
      expect(await places()).toEqual([other]);
      await workspace.database.unit((stores) => stores.tokens.recordWiping(other, someInstant));
      expect(await places()).toEqual([]);
      await place(other);
      expect(await places()).toEqual([other]);
    });

    it('forget what was in a place that another key takes, and nothing beside it', async () => {
      const keys = [keyOf({ store: 'token' }), keyOf({ store: 'token' }), keyOf({ store: 'token' })];
      const [token, other] = [newId(), newId()];
      const places = keys.map(({ id }, at) => ({ ...placeOf(id, at < 2 ? token : other), ckaId: at === 1 ? '01' : '02' }));
      await workspace.database.unit(async (stores) => {
        await stores.keys.insert(keys);
        for (const place of places) await stores.tokens.insertKey(place);
        await stores.tokens.vacate({ serialNumber: token, ckaId: '02' }, someInstant);
      });
      expect(await workspace.database.read.tokens.keysOn([token, other])).toEqual(
        places.slice(1).toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1)),
      );
    });

    it('keep no place of a key that is not there', async () => {
      const lost = workspace.database.unit(({ tokens }) => tokens.insertKey(placeOf(newId(), 'one')));
      await expect(lost).rejects.toMatchObject({ code: 'internal' });
    });

    it('are lost once until they are taken back, and can be lost again', async () => {
      const [one, other] = [newId(), newId()];
      const lose = (serialNumber: string, lostAt: string) =>
        workspace.database.unit(({ tokens }) => tokens.insertLoss({ id: newId(), serialNumber, lostAt, foundAt: null }));
      const lost = async () =>
        (await workspace.database.read.tokens.lost()).filter(({ serialNumber }) => [one, other].includes(serialNumber));
      await lose(one, '2026-03-01T00:00:00.000Z');
      await lose(other, '2026-03-02T00:00:00.000Z');
      expect((await lost()).map(({ serialNumber }) => serialNumber)).toEqual([other, one]);
      await expect(lose(one, someInstant)).rejects.toMatchObject({ code: 'conflict' });
      expect(await workspace.database.read.tokens.recorded()).toEqual(expect.arrayContaining([one, other]));
      await workspace.database.unit(({ tokens }) => tokens.endLoss(one, someInstant));
      expect((await lost()).map(({ serialNumber }) => serialNumber)).toEqual([other]);
      await expect(workspace.database.unit(({ tokens }) => tokens.endLoss(one, someInstant))).rejects.toMatchObject({ code: 'stale' });
      await lose(one, someInstant);
      expect(await lost()).toHaveLength(2);
    });

    it('keep no key and nothing begun once they are wiped, and others keep theirs', async () => {
      const [wiped, other] = [newId(), newId()];
      const keys = [keyOf({ store: 'token' }), keyOf({ store: 'token' })];
      const intent = await begin(workspace, { serialNumber: wiped });
      await workspace.database.unit(async (stores) => {
        await stores.keys.insert(keys);
        await stores.tokens.insertKey(placeOf(keys[0]?.id ?? '', wiped));
        await stores.tokens.insertKey(placeOf(keys[1]?.id ?? '', other));
      });
      const { tokens } = workspace.database.read;
      expect(await tokens.placesOf(keys.map(({ id }) => id))).toHaveLength(2);
      await workspace.database.unit((stores) => stores.tokens.recordWiping(wiped, someInstant));
      expect(await tokens.keysOn([wiped])).toEqual([]);
      expect((await tokens.placesOf(keys.map(({ id }) => id))).map(({ serialNumber }) => serialNumber)).toEqual([other]);
      expect(await tokens.recorded()).not.toContain(wiped);
      expect((await tokens.unfinished()).map(({ id }) => id)).not.toContain(intent.id);
    });

    it('have intents that are unfinished until they are finished or abandoned, oldest first', async () => {
      const first = await begin(workspace, { createdAt: '2026-03-01T00:00:00.000Z' });
      const second = await begin(workspace, { createdAt: '2026-02-01T00:00:00.000Z' });
      expect((await workspace.database.read.tokens.unfinished()).map(({ id }) => id)).toEqual([second.id, first.id]);
      await workspace.database.unit(({ tokens }) => tokens.moveIntent(first.id, 'begun', 'issued', someInstant));
      expect((await workspace.database.read.tokens.unfinished())[1]).toEqual({ ...first, state: 'issued' });
      await workspace.database.unit(async ({ tokens }) => {
        await tokens.moveIntent(first.id, 'issued', 'finished', someInstant);
        await tokens.moveIntent(second.id, 'begun', 'abandoned', someInstant);
      });
      expect(await workspace.database.read.tokens.unfinished()).toEqual([]);
    });

    it('settle an intent once: the whole unit is refused', async () => {
      const intent = await begin(workspace);
      const twice = workspace.database.unit(async ({ tokens }) => {
        await tokens.moveIntent(intent.id, 'begun', 'issued', someInstant);
        await tokens.moveIntent(intent.id, 'begun', 'abandoned', someInstant);
      });
      await expect(twice).rejects.toMatchObject({ code: 'stale' });
      expect((await workspace.database.read.tokens.unfinished()).find(({ id }) => id === intent.id)?.state).toBe('begun');
    });
  });
}
