import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { OutsideRequestRecord } from '../../main/ports/stores/outside-requests.ts';
import { certificateOf, keyOf, newId, octets, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const requestOf = (keyId: string, more: Partial<OutsideRequestRecord> = {}): OutsideRequestRecord => ({
  id: newId(),
  keyId,
  personId: null,
  subject: 'CN=Front Desk,O=Ridgeway',
  emails: ['desk@ridgeway.example'],
  purpose: 'dual',
  der: octets(300),
  createdAt: someInstant,
  certificateId: null,
  ...more,
});

export function describeOutside(technology: DatabaseTechnology): void {
  describe('requests for authorities outside', () => {
    const workspace = useWorkspace(technology);

    it('are open until they have their one answer, and found by their key', async () => {
      const { database, practice } = workspace;
      const [first, second] = [keyOf({ state: 'preActive' }), keyOf({ state: 'preActive' })];
      const requests = [requestOf(first.id), requestOf(second.id, { createdAt: '2026-04-01T00:00:00.000Z' })] as const;
      const certificate = certificateOf({ keyId: first.id, issuerAuthorityId: practice.authority.id });
      await database.unit(async (stores) => {
        await stores.keys.insert([first, second]);
        for (const request of requests) await stores.outsideRequests.insert(request);
      });
      expect(await database.read.outsideRequests.open()).toEqual(requests);
      await database.unit(async (stores) => {
        await stores.certificates.insert([certificate], [octets(400)]);
        await stores.outsideRequests.answer(requests[0].id, certificate.id);
      });
      expect(await database.read.outsideRequests.open()).toEqual([requests[1]]);
      expect(await database.read.outsideRequests.findByKey(first.id)).toEqual({ ...requests[0], certificateId: certificate.id });
      expect(await database.read.outsideRequests.findByKey(newId())).toBeUndefined();
      expect(await database.read.outsideRequests.find(requests[1].id)).toEqual(requests[1]);
      const again = database.unit((stores) => stores.outsideRequests.answer(requests[0].id, certificate.id));
      await expect(again).rejects.toMatchObject({ code: 'stale' });
    });

    it('can be given up while they are open, and not afterwards', async () => {
      const { database, practice } = workspace;
      const key = keyOf({ state: 'preActive' });
      const request = requestOf(key.id);
      const certificate = certificateOf({ keyId: key.id, issuerAuthorityId: practice.authority.id });
      await database.unit(async (stores) => {
        await stores.keys.insert([key]);
        await stores.outsideRequests.insert(request);
      });
      await database.unit(({ outsideRequests }) => outsideRequests.remove(request.id));
      expect(await database.read.outsideRequests.find(request.id)).toBeUndefined();
      await database.unit(async (stores) => {
        await stores.certificates.insert([certificate], [octets(400)]);
        await stores.outsideRequests.insert({ ...request, certificateId: certificate.id });
      });
      const answered = database.unit(({ outsideRequests }) => outsideRequests.remove(request.id));
      await expect(answered).rejects.toMatchObject({ code: 'stale' });
      expect(await database.read.outsideRequests.find(request.id)).toMatchObject({ certificateId: certificate.id });
    });
  });

  describe('authorities outside', () => {
    const workspace = useWorkspace(technology);

    it('are found like the practice’s own and listed apart from them', async () => {
      const { database, practice } = workspace;
      const key = keyOf({ store: 'elsewhere', usage: 'authority' });
      const [id, certificateId] = [newId(), newId()];
      const outside = { ...practice.authority, id, keyId: key.id, certificateId, parentId: null, name: 'Public Mail', slug: 'outside-1' };
      const certificate = certificateOf({ id: certificateId, keyId: key.id, issuerAuthorityId: id, isAuthority: true });
      await database.unit(async (stores) => {
        await stores.keys.insert([key]);
        await stores.certificates.insert([certificate], [octets(400)]);
        await stores.authorities.insertOutside(outside);
      });
      expect(await database.read.authorities.find(id)).toEqual(outside);
      expect(await database.read.authorities.outside()).toEqual([outside]);
      expect(await database.read.authorities.list()).toEqual([practice.authority]);
    });
  });

  describe('the usage of a key', () => {
    const workspace = useWorkspace(technology);

    it('becomes what its certificate says', async () => {
      const key = keyOf({ usage: 'dual' });
      await workspace.database.unit(({ keys }) => keys.insert([key]));
      await workspace.database.unit(({ keys }) => keys.setUsage(key.id, 'sign'));
      expect(await workspace.database.read.keys.find(key.id)).toEqual({ ...key, usage: 'sign' });
    });
  });
}
