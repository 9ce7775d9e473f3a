import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { DelegateRecord } from '../../main/ports/stores/delegates.ts';
import { certificateOf, keyOf, octets, someInstant, type PracticeRecords } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

export function describeDelegates(technology: DatabaseTechnology): void {
  describe('delegates of an authority', () => {
    const workspace = useWorkspace(technology);

    async function delegateUntil({ authority }: PracticeRecords, notAfter: string): Promise<DelegateRecord> {
      const key = keyOf({ usage: 'revocation' });
      const certificate = certificateOf({ keyId: key.id, issuerAuthorityId: authority.id, notAfter, emails: [] });
      const delegate: DelegateRecord = {
        certificateId: certificate.id,
        authorityId: authority.id,
        kind: 'ocsp-responder',
        keyId: key.id,
        algorithm: 'p256',
        notAfter,
        createdAt: someInstant,
      };
      await workspace.database.unit(async (stores) => {
        await stores.keys.insert([key]);
        await stores.certificates.insert([certificate], [octets(300)]);
        await stores.delegates.insert(delegate);
      });
      return delegate;
    }

    it('the one that lasts longest and is not revoked is found, of its kind alone', async () => {
      const practice = workspace.practice;
      const { id } = practice.authority;
      const longest = await delegateUntil(practice, '2028-01-01T00:00:00.000Z');
      const other = await delegateUntil(practice, '2027-01-01T00:00:00.000Z');
      const { delegates } = workspace.database.read;
      expect(await delegates.longest(id, 'ocsp-responder')).toEqual(longest);
      expect(await delegates.longest(id, 'crl-signer')).toBeUndefined();
      await workspace.database.unit(async (stores) => {
        const row = await stores.certificates.find(longest.certificateId);
        const { serialNumber = '', notAfter = '' } = row ?? {};
        const revocation = { revokedAt: someInstant, reason: 'superseded', invalidityDate: null } as const;
        await stores.certificates.revoke([
          { certificateId: longest.certificateId, authorityId: id, serialNumber, notAfter, ...revocation },
        ]);
      });
      expect(await delegates.longest(id, 'ocsp-responder')).toEqual(other);
    });

    it('answers add up within an instant, and those that count longest are told', async () => {
      const { authority } = workspace.practice;
      const answers = { authorityId: authority.id, answeredAt: someInstant, nextUpdate: '2027-01-05T00:00:00.000Z', responses: 3 };
      const shorter = { ...answers, answeredAt: '2027-01-02T00:00:00.000Z', nextUpdate: '2027-01-03T00:00:00.000Z' };
      await workspace.database.unit(({ delegates }) => delegates.recordAnswers(answers));
      await workspace.database.unit(({ delegates }) => delegates.recordAnswers(answers));
      await workspace.database.unit(({ delegates }) => delegates.recordAnswers(shorter));
      expect(await workspace.database.read.delegates.latestAnswers(authority.id)).toEqual({ ...answers, responses: 6 });
    });

    it('statuses come by serial number, a page at a time, without what has ended; asked for by number, also that', async () => {
      const { authority } = workspace.practice;
      const keys = Array.from({ length: 3 }, () => keyOf());
      const rows = keys.map((key, at) =>
        certificateOf({
          keyId: key.id,
          issuerAuthorityId: authority.id,
          serialNumber: `4${at}00`,
          notAfter: at === 1 ? '2026-01-01T00:00:00.000Z' : '2030-01-01T00:00:00.000Z',
        }),
      );
      await workspace.database.unit(async (stores) => {
        await stores.keys.insert(keys);
        await stores.certificates.insert(
          rows,
          rows.map(() => octets(300)),
        );
      });
      const { certificates } = workspace.database.read;
      const query = { authorityId: authority.id, at: '2027-01-01T00:00:00.000Z' };
      const page = await certificates.statuses({ ...query, after: '4', limit: 1 });
      expect(page).toEqual([{ serialNumber: '4000', revocation: null }]);
      expect(await certificates.statuses({ ...query, after: '4000', limit: 1 })).toMatchObject([{ serialNumber: '4200' }]);
      expect(await certificates.statusesOf(authority.id, ['4100', 'ff'])).toEqual([{ serialNumber: '4100', revocation: null }]);
      expect(await certificates.statusesOf(authority.id, [])).toEqual([]);
    });
  });
}
