import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { keyOf, listOf, newId, octets, operatorOf, personOf, sealedKeyOf, sealingKeyOf, someInstant } from './database-records.ts';
import type { CompartmentRotation, FreshSealingKey } from '../../main/ports/stores/vault.ts';
import { useWorkspace } from './database-workspace.ts';

export function describeKeys(technology: DatabaseTechnology): void {
  describe('keys', () => {
    const workspace = useWorkspace(technology);

    it('come back as they were recorded, by id and by person', async () => {
      const person = personOf();
      const keys = [keyOf({ personId: person.id }), keyOf({ personId: person.id, usage: 'encrypt', algorithm: 'rsa-3072' })];
      await workspace.database.unit(async (stores) => {
        await stores.people.insert([person], []);
        await stores.keys.insert([...keys, keyOf()]);
      });
      expect(await workspace.database.read.keys.find(keys[1]?.id ?? '')).toEqual(keys[1]);
      expect(await workspace.database.read.keys.ofPerson(person.id)).toEqual(keys);
      expect(await workspace.database.read.keys.find(person.id)).toBeUndefined();
    });

    it('are recorded once', async () => {
      const key = keyOf();
      await workspace.database.unit(({ keys }) => keys.insert([key]));
      const again = workspace.database.unit(({ keys }) => keys.insert([keyOf({ spkiSha256: key.spkiSha256 })]));
      await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'spkiSha256' } });
    });

    it('tell all their transitions, the first one included', async () => {
      const [active, waiting] = [keyOf(), keyOf({ state: 'preActive' })];
      const later = '2026-05-01T00:00:00.000Z';
      await workspace.database.unit(({ keys }) => keys.insert([active, waiting]));
      const first = { keyId: active.id, from: 'preActive', to: 'active', at: someInstant };
      expect(await workspace.database.read.keys.transitions(active.id)).toEqual([first]);
      expect(await workspace.database.read.keys.transitions(waiting.id)).toEqual([]);
      expect(await workspace.database.read.keys.transitions(newId())).toEqual([]);
      await workspace.database.unit(({ keys }) =>
        keys.move([
          { keyId: active.id, from: 'active', to: 'suspended', at: later },
          { keyId: active.id, from: 'suspended', to: 'compromised', at: later },
          { keyId: waiting.id, from: 'preActive', to: 'active', at: later },
        ]),
      );
      expect(await workspace.database.read.keys.transitions(active.id)).toEqual([
        first,
        { keyId: active.id, from: 'active', to: 'suspended', at: later },
        { keyId: active.id, from: 'suspended', to: 'compromised', at: later },
      ]);
      expect(await workspace.database.read.keys.transitions(waiting.id)).toEqual([
        { keyId: waiting.id, from: 'preActive', to: 'active', at: later },
      ]);
      expect((await workspace.database.read.keys.find(active.id))?.state).toBe('compromised');
    });

    it('that were elsewhere are brought home once', async () => {
      const key = keyOf({ store: 'elsewhere' });
      await workspace.database.unit(({ keys }) => keys.insert([key]));
      await workspace.database.unit(({ keys }) => keys.bringHome(key.id, 'vault'));
      expect((await workspace.database.read.keys.find(key.id))?.store).toBe('vault');
      const again = workspace.database.unit(({ keys }) => keys.bringHome(key.id, 'vault'));
      await expect(again).rejects.toMatchObject({ code: 'stale' });
    });

    it('do not move from a state they are no longer in, and then none moves', async () => {
      const [one, other] = [keyOf(), keyOf({ state: 'deactivated' })];
      await workspace.database.unit(({ keys }) => keys.insert([one, other]));
      const moves = [one, other].map(({ id }) => ({ keyId: id, from: 'active' as const, to: 'deactivated' as const, at: someInstant }));
      await expect(workspace.database.unit(({ keys }) => keys.move(moves))).rejects.toMatchObject({ code: 'stale' });
      expect((await workspace.database.read.keys.find(one.id))?.state).toBe('active');
    });
  });

  describe('the vault', () => {
    const workspace = useWorkspace(technology);

    it('gives sealed keys back octet by octet, with every wrap', async () => {
      const escrow = sealingKeyOf('escrow');
      const { sealingKey } = workspace.practice;
      const sealed = [sealedKeyOf(newId(), [sealingKey.id, escrow.id]), sealedKeyOf(newId(), [sealingKey.id])];
      await workspace.database.unit(async ({ vault }) => {
        await vault.insertSealingKeys([escrow]);
        await vault.insertSealedKeys(sealed);
      });
      for (const record of sealed) expect(await workspace.database.read.vault.sealedKey(record.keyId)).toEqual(record);
      expect({ ...(await workspace.database.read.vault.sealingKey(escrow.id)), sealedFor: escrow.sealedFor }).toEqual(escrow);
      expect(await workspace.database.read.vault.sealedKey(newId())).toBeUndefined();
      expect(await workspace.database.read.vault.sealingKey(newId())).toBeUndefined();
    });

    it('a sealed key that is removed is gone, once, and its key can be said to be elsewhere', async () => {
      const { database, practice } = workspace;
      const record = sealedKeyOf(practice.authority.keyId, [practice.sealingKey.id]);
      await database.unit(({ vault }) => vault.insertSealedKeys([record]));
      await database.unit(async ({ vault, keys }) => {
        await vault.removeSealedKey(record.keyId);
        await keys.setStore(record.keyId, 'offline');
      });
      expect(await database.read.vault.sealedKey(record.keyId)).toBeUndefined();
      expect(await database.read.keys.find(record.keyId)).toMatchObject({ store: 'offline' });
      const again = database.unit(({ vault }) => vault.removeSealedKey(record.keyId));
      await expect(again).rejects.toMatchObject({ code: 'not-found' });
      await expect(database.unit(({ keys }) => keys.setStore(newId(), 'vault'))).rejects.toMatchObject({ code: 'not-found' });
    });

    it('keeps a sealed key for good: a second one of the same id is refused', async () => {
      const record = sealedKeyOf(newId(), [workspace.practice.sealingKey.id]);
      await workspace.database.unit(({ vault }) => vault.insertSealedKeys([record]));
      const again = workspace.database.unit(({ vault }) => vault.insertSealedKeys([record]));
      await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'keyId' } });
    });

    it('gives an operator the grants made to that operator only', async () => {
      const grant = { compartment: 'people' as const, operatorId: workspace.practice.operator.id, enc: octets(32), ciphertext: octets(48) };
      await workspace.database.unit(({ vault }) => vault.insertGrants([grant]));
      expect(await workspace.database.read.vault.grants(grant.operatorId)).toEqual([grant]);
      expect(await workspace.database.read.vault.grants(newId())).toEqual([]);
      expect((await workspace.database.read.vault.compartments()).map(({ compartment }) => compartment)).toEqual(['escrow', 'people']);
    });
  });

  describe('a compartment that gets another key pair', () => {
    const workspace = useWorkspace(technology);
    const after = octets(32, 7);
    const rotationOf = (more: Partial<CompartmentRotation> = {}): CompartmentRotation => {
      const { sealedFor: _, ...sealingKey } = { ...workspace.practice.sealingKey, enc: octets(32, 8), ciphertext: octets(48, 8) };
      const grant = {
        compartment: 'people' as const,
        operatorId: workspace.practice.operator.id,
        enc: octets(32, 9),
        ciphertext: octets(48, 9),
      };
      return { compartment: 'people', before: octets(32), after, sealingKeys: [sealingKey], grants: [grant], ...more };
    };
    const rotate = (rotation: CompartmentRotation) => workspace.database.unit(({ vault }) => vault.rotateCompartment(rotation));

    it('is refused while something is wrapped for the old one that was left out, and from another pair than it has', async () => {
      for (const wrong of [{ sealingKeys: [] }, { before: octets(32, 5) }])
        await expect(rotate(rotationOf(wrong))).rejects.toMatchObject({ code: 'stale', details: { what: 'compartment' } });
      expect((await workspace.database.read.vault.compartments()).map(({ publicKey }) => publicKey)).toEqual([octets(32), octets(32)]);
    });

    it('holds what was wrapped again, and only the grants made anew', async () => {
      const { vault } = workspace.database.read;
      const rotation = rotationOf();
      const [grant] = rotation.grants;
      if (grant === undefined) throw new Error('no grant');
      await workspace.database.unit((stores) => stores.vault.insertGrants([{ ...grant, enc: octets(32, 1) }]));
      await rotate(rotation);
      expect(await vault.sealingKeys('people')).toEqual(rotation.sealingKeys);
      expect(await vault.grants(grant.operatorId)).toEqual([grant]);
      expect((await vault.compartments()).map(({ publicKey }) => publicKey)).toEqual([octets(32), after]);
    });

    it('takes no sealing key that is wrapped for the old one, new or stored before', async () => {
      await rotate(rotationOf());
      const { sealingKey } = workspace.practice;
      const insert = (record: FreshSealingKey) => workspace.database.unit(({ vault }) => vault.insertSealingKeys([record]));
      await expect(insert(sealingKeyOf('people'))).rejects.toMatchObject({ code: 'stale', details: { what: 'compartment' } });
      await insert({ ...sealingKeyOf('people'), sealedFor: after });
      const check = workspace.database.unit(({ vault }) => vault.requireCurrent([sealingKey]));
      await expect(check).rejects.toMatchObject({ code: 'stale', details: { what: 'compartment' } });
    });
  });

  describe('operators', () => {
    const workspace = useWorkspace(technology);

    it('get another role, are removed with every way in, and stay on record', async () => {
      const operator = operatorOf({ name: 'Maud' });
      const grant = { compartment: 'people' as const, operatorId: operator.id, enc: octets(32), ciphertext: octets(48) };
      const voucher = { operatorId: operator.id, compartment: 'people' as const, code: octets(32, 4) };
      await workspace.database.unit(async ({ operators, vault }) => {
        await operators.insert(operator);
        await operators.putOpening({ operatorId: operator.id, method: 'passphrase', parameters: '{}', sealed: octets(48) });
        await operators.noteSignIn(operator.id, someInstant);
        await vault.insertGrants([grant]);
        for (const code of [octets(32), voucher.code]) await vault.putVouchers([{ ...voucher, code }]);
        await operators.setRole(operator.id, 'registrar');
      });
      const { operators, vault } = workspace.database.read;
      expect(await operators.find(operator.id)).toEqual({ ...operator, role: 'registrar', lastSignInAt: someInstant });
      expect(await vault.vouchers(operator.id)).toEqual([voucher]);
      await workspace.database.unit(async (stores) => {
        await stores.vault.removeGrants(operator.id);
        await stores.operators.remove(operator.id, someInstant);
      });
      expect(await operators.find(operator.id)).toMatchObject({ name: 'Maud', removedAt: someInstant });
      expect(await operators.opening(operator.id, 'passphrase')).toBeUndefined();
      expect([await vault.grants(operator.id), await vault.vouchers(operator.id)]).toEqual([[], []]);
    });

    it('are found by name without regard to case, and no name is given twice', async () => {
      const operator = operatorOf({ name: 'Zoë' });
      await workspace.database.unit(({ operators }) => operators.insert(operator));
      expect(await workspace.database.read.operators.findByName('ZOË')).toEqual(operator);
      expect(await workspace.database.read.operators.findByName('Zoe')).toBeUndefined();
      const again = workspace.database.unit(({ operators }) => operators.insert(operatorOf({ name: 'zoë' })));
      await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'name' } });
      expect((await workspace.database.read.operators.list()).map(({ name }) => name)).toEqual(['Nadia Rahman', 'Zoë']);
    });

    it('have one opening of each method, the newest', async () => {
      const operatorId = workspace.practice.operator.id;
      const opening = { operatorId, method: 'passphrase' as const, parameters: '{}', sealed: octets(48) };
      await workspace.database.unit(async ({ operators }) => {
        await operators.putOpening(opening);
        await operators.putOpening({ ...opening, method: 'recovery-code' });
        await operators.putOpening({ ...opening, sealed: octets(48, 9) });
      });
      expect(await workspace.database.read.operators.opening(operatorId, 'passphrase')).toEqual({ ...opening, sealed: octets(48, 9) });
      expect(await workspace.database.read.operators.opening(operatorId, 'recovery-code')).toEqual({ ...opening, method: 'recovery-code' });
      expect(await workspace.database.read.operators.opening(newId(), 'passphrase')).toBeUndefined();
    });

    it('keep count of failed sign-ins', async () => {
      const { id } = workspace.practice.operator;
      expect(await workspace.database.read.operators.failures(id)).toEqual({ count: 0, lastAt: null });
      for (const count of [1, 2])
        await workspace.database.unit(({ operators }) => operators.setFailures(id, { count, lastAt: someInstant }));
      expect(await workspace.database.read.operators.failures(id)).toEqual({ count: 2, lastAt: someInstant });
    });
  });

  describe('authorities', () => {
    const workspace = useWorkspace(technology);

    it('come back as they were recorded', async () => {
      const { authority } = workspace.practice;
      expect(await workspace.database.read.authorities.find(authority.id)).toEqual(authority);
      expect(await workspace.database.read.authorities.list()).toEqual([authority]);
      expect(await workspace.database.read.authorities.find(newId())).toBeUndefined();
    });

    it('number their lists upwards: keys of one name share the numbers, so some are left out', async () => {
      const { id } = workspace.practice.authority;
      const insert = (number: number) =>
        workspace.database.unit(({ authorities }) => authorities.insertList(listOf(id, number, someInstant)));
      expect(await workspace.database.read.authorities.latestList(id)).toBeUndefined();
      await insert(1);
      await insert(2);
      for (const number of [1, 2]) await expect(insert(number)).rejects.toMatchObject({ code: 'stale' });
      await insert(4);
      await expect(insert(3)).rejects.toMatchObject({ code: 'stale' });
      expect(await workspace.database.read.authorities.latestList(id)).toEqual(listOf(id, 4, someInstant));
    });

    it('wait with their key until they have their certificate, once', async () => {
      const { database, practice } = workspace;
      const request = {
        id: newId(),
        name: 'Clinic',
        algorithm: 'p256',
        keyId: practice.authority.keyId,
        publishUrl: null,
        createdAt: someInstant,
        der: octets(300),
      } as const;
      await database.unit(({ authorities }) => authorities.insertRequest(request));
      expect(await database.read.authorities.requests()).toEqual([request]);
      expect(await database.read.authorities.requestByKey(request.keyId)).toEqual(request);
      await database.unit(({ authorities }) => authorities.removeRequest(request.id));
      expect(await database.read.authorities.requestByKey(request.keyId)).toBeUndefined();
      expect(await database.read.authorities.requests()).toEqual([]);
      const again = database.unit(({ authorities }) => authorities.removeRequest(request.id));
      await expect(again).rejects.toMatchObject({ code: 'stale' });
    });

    it('know the certificates their keys have from each other, and where OCSP is answered', async () => {
      const { database, practice } = workspace;
      const { authority, authorityCertificate } = practice;
      await database.unit(async ({ authorities }) => {
        await authorities.insertCrossCertificate(authorityCertificate.id, authority.id);
        await authorities.setOcspUrl(authority.id, 'http://pki.example/ocsp');
      });
      expect(await database.read.authorities.crossCertificates(authority.id)).toEqual([authorityCertificate.id]);
      expect(await database.read.authorities.crossCertificates(newId())).toEqual([]);
      expect(await database.read.authorities.find(authority.id)).toMatchObject({ ocspUrl: 'http://pki.example/ocsp' });
      const absent = database.unit(({ authorities }) => authorities.setOcspUrl(newId(), null));
      await expect(absent).rejects.toMatchObject({ code: 'not-found' });
    });

    it('give a list that was kept to others later', async () => {
      const { id } = workspace.practice.authority;
      await workspace.database.unit(({ authorities }) => authorities.insertList(listOf(id, 1, someInstant)));
      await workspace.database.unit(({ authorities }) => authorities.publishList(id, 1, someInstant));
      expect(await workspace.database.read.authorities.latestPublished(id)).toMatchObject({ number: 1, publishedAt: someInstant });
      const absent = workspace.database.unit(({ authorities }) => authorities.publishList(id, 2, someInstant));
      await expect(absent).rejects.toMatchObject({ code: 'not-found' });
    });

    it('tell the newest list that others were given from newer ones that were kept', async () => {
      const { id } = workspace.practice.authority;
      const published = { ...listOf(id, 3, someInstant), publishedAt: someInstant };
      expect(await workspace.database.read.authorities.latestPublished(id)).toBeUndefined();
      await workspace.database.unit(({ authorities }) => authorities.insertList(published));
      await workspace.database.unit(({ authorities }) => authorities.insertList(listOf(id, 4, someInstant)));
      expect(await workspace.database.read.authorities.latestPublished(id)).toMatchObject({ number: 3, publishedAt: someInstant });
      expect(await workspace.database.read.authorities.latestList(id)).toMatchObject({ number: 4 });
    });

    it('keep lists of any size, octet for octet, and have none that was not made', async () => {
      const { id } = workspace.practice.authority;
      const { database } = workspace;
      const parts = [octets(600_001, 3), octets(1, 4), octets(2000, 5)].map((der, position) => ({
        authorityId: id,
        number: 5,
        position,
        der,
      }));
      await database.unit(async ({ authorities }) => {
        await authorities.insertList(listOf(id, 5, someInstant));
        for (const part of parts.toReversed()) await authorities.insertListPart(part);
      });
      const whole = Buffer.concat(parts.map(({ der }) => der));
      expect(Buffer.from((await database.read.authorities.listDer(id, 5)) ?? []).equals(whole)).toBe(true);
      expect((await database.read.authorities.listParts(id, 5, 1, 1)).map(({ position, der }) => [position, Buffer.from(der)])).toEqual([
        [1, Buffer.from(octets(1, 4))],
      ]);
      expect(await database.read.authorities.listParts(id, 5, 3, 9)).toEqual([]);
      expect(await database.read.authorities.listDer(id, 6)).toBeUndefined();
    });
  });
}
