import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { Database } from '../../main/ports/database.ts';
import { hexEncode } from '../../main/domain/encoding/hex.ts';
import { encodeRevokedCertificate } from '../../main/domain/x509/certificate-list.ts';
import type { CertificateQuery, CertificateRecord, RevocationRecord } from '../../main/ports/stores/certificates.ts';
import { certificateOf, keyOf, listOf, newId, octets, personOf, revocationOf } from './database-records.ts';
import { useWorkspace, type TestWorkspace } from './database-workspace.ts';

type More = Partial<CertificateRecord>;

/** Records certificates, each with a key of its own. */
async function issue(workspace: TestWorkspace, ...all: readonly More[]): Promise<CertificateRecord[]> {
  const keys = all.map(({ personId = null }) => keyOf({ personId }));
  const issuerAuthorityId = workspace.practice.authority.id;
  const certificates = all.map((more, at) => certificateOf({ issuerAuthorityId, keyId: keys[at]?.id ?? '', ...more }));
  await workspace.database.unit(async (stores) => {
    await stores.keys.insert(keys);
    await stores.certificates.insert(
      certificates,
      certificates.map((_, at) => octets(700, at)),
    );
  });
  return certificates;
}

async function insertPerson(workspace: TestWorkspace): Promise<string> {
  const person = personOf();
  await workspace.database.unit(({ people }) => people.insert([person], []));
  return person.id;
}

/** Reads every page and gives the ids in order. */
async function idsOf(database: Database, more: Partial<CertificateQuery>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await database.read.certificates.page({ limit: 2, ...more, after });
    ids.push(...page.rows.map(({ id }) => id));
    if (page.next === undefined) return ids;
    after = page.next;
  }
}

const newestFirst = (certificates: readonly CertificateRecord[]): string[] => certificates.map(({ id }) => id).toReversed();

export function describeCertificates(technology: DatabaseTechnology): void {
  describe('certificates', () => {
    const workspace = useWorkspace(technology);

    it('come back as they were recorded, with what their key and their revocation say, and their DER octet by octet', async () => {
      const personId = await insertPerson(workspace);
      const [first, second] = await issue(workspace, { personId, emails: ['a@ridgeway.example', 'ü@ridgeway.example'] }, { personId });
      if (first === undefined || second === undefined) throw new Error('two were issued');
      const key = { keyAlgorithm: 'p256', keyUsage: 'sign', keyState: 'active', keyStore: 'vault' };
      expect(await workspace.database.read.certificates.find(first.id)).toEqual({ ...first, ...key, revocation: null });
      expect(await workspace.database.read.certificates.der(second.id)).toEqual(octets(700, 1));
      expect(await workspace.database.read.certificates.find(personId)).toBeUndefined();
      expect(await workspace.database.read.certificates.der(personId)).toBeUndefined();
    });

    it('of a person and of people come newest first', async () => {
      const [one, other] = [await insertPerson(workspace), await insertPerson(workspace)];
      const [first, second, third] = await issue(
        workspace,
        { personId: one, createdAt: '2026-01-01T00:00:00.000Z' },
        { personId: one },
        { personId: other },
      );
      const ofOne = await workspace.database.read.certificates.ofPerson(one);
      expect(ofOne.map(({ id }) => id)).toEqual([second?.id, first?.id]);
      const ofBoth = await workspace.database.read.certificates.ofPeople([one, other, one]);
      expect(ofBoth.map(({ id }) => id)).toEqual([third?.id, second?.id, first?.id]);
      expect(await workspace.database.read.certificates.ofPeople([])).toEqual([]);
    });

    it('need their DER, each its own', async () => {
      const key = keyOf();
      const certificate = certificateOf({ keyId: key.id, issuerAuthorityId: workspace.practice.authority.id });
      const unit = workspace.database.unit(async (stores) => {
        await stores.keys.insert([key]);
        await stores.certificates.insert([certificate], []);
      });
      await expect(unit).rejects.toMatchObject({ code: 'internal' });
    });

    it('have a serial number that is unique within their issuer, and a digest that is unique', async () => {
      const [first] = await issue(workspace, {});
      const sameSerial = issue(workspace, { serialNumber: first?.serialNumber ?? '' });
      await expect(sameSerial).rejects.toMatchObject({ code: 'conflict', details: { field: 'serialNumber' } });
      await expect(issue(workspace, { sha256: first?.sha256 ?? '' })).rejects.toMatchObject({
        code: 'conflict',
        details: { field: 'sha256' },
      });
      expect((await workspace.database.read.certificates.counts()).all).toBe(2);
    });

    it('are found by the beginning of id, digest or serial number, from eight digits on', async () => {
      const [first, second] = await issue(
        workspace,
        { sha256: `abcdef0123${'4'.repeat(54)}`, serialNumber: 'abcdef0199' },
        { sha256: `abcdef0124${'5'.repeat(54)}` },
      );
      const found = async (text: string) => (await workspace.database.read.certificates.findByPrefix(text)).map(({ id }) => id);
      expect(await found(first?.id ?? '')).toEqual([first?.id]);
      expect(await found('ABCDEF0124')).toEqual([second?.id]);
      expect(await found('abcdef0199')).toEqual([first?.id]);
      expect(await found('abcdef01')).toEqual([second?.id, first?.id]);
      for (const text of ['abcdef0', 'abcdef01g', '', '%bcdef01', 'abcdef02']) expect(await found(text)).toEqual([]);
    });

    it('are listed newest first, all of them or by person, authority and whether they are in use', async () => {
      const personId = await insertPerson(workspace);
      const issued = await issue(workspace, { personId }, {}, { personId, isCurrent: false }, {}, { isCurrent: false });
      const root = workspace.practice.authorityCertificate;
      const { database } = workspace;
      expect(await idsOf(database, {})).toEqual(newestFirst([root, ...issued]));
      expect(await idsOf(database, { personId })).toEqual(newestFirst(issued.filter((row) => row.personId === personId)));
      expect(await idsOf(database, { isCurrent: false })).toEqual(newestFirst(issued.filter((row) => !row.isCurrent)));
      expect(await idsOf(database, { authorityId: workspace.practice.authority.id, isCurrent: true })).toEqual(
        newestFirst([root, ...issued.filter((row) => row.isCurrent)]),
      );
      expect(await idsOf(database, { authorityId: personId })).toEqual([]);
    });

    it('tell whether their issuer has certified anybody but authorities', async () => {
      const { id } = workspace.practice.authority;
      const { database } = workspace;
      await issue(workspace, { isAuthority: true });
      expect(await database.read.certificates.hasSubscribers(id)).toBe(false);
      await issue(workspace, {});
      expect(await database.read.certificates.hasSubscribers(id)).toBe(true);
      expect(await database.read.certificates.hasSubscribers(newId())).toBe(false);
    });

    it('are searched for by the words of subject and addresses', async () => {
      const issued = await issue(workspace, { subject: 'CN=Søren Kjærgaard,O=Ridgeway' }, { emails: ['hong.nguyen@ridgeway.example'] });
      expect(await idsOf(workspace.database, { search: 'soren ridge' })).toEqual([issued[0]?.id]);
      expect(await idsOf(workspace.database, { search: 'nguyen' })).toEqual([issued[1]?.id]);
      expect(await idsOf(workspace.database, { search: 'guyen' })).toEqual([]);
    });

    it('refuse a mark of another list', async () => {
      const after = Buffer.from('["people/name","a","b"]').toString('base64url');
      const page = workspace.database.read.certificates.page({ limit: 2, after });
      await expect(page).rejects.toMatchObject({ code: 'input.invalid', details: { field: 'after' } });
    });

    it('that are superseded are no longer current, and none other', async () => {
      const [first, second] = await issue(workspace, {}, {});
      await workspace.database.unit(({ certificates }) => certificates.supersede([first?.id ?? '']));
      expect((await workspace.database.read.certificates.find(first?.id ?? ''))?.isCurrent).toBe(false);
      expect((await workspace.database.read.certificates.find(second?.id ?? ''))?.isCurrent).toBe(true);
      const unknown = workspace.database.unit(({ certificates }) => certificates.supersede([personOf().id]));
      await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
    });

    it('end on the calendar unless revoked, superseded or outside the days asked for', async () => {
      const on = (day: string, more: More = {}): More => ({ notAfter: `2026-05-${day}T00:00:00.000Z`, ...more });
      const issued = await issue(workspace, on('01'), on('02'), on('03', { isCurrent: false }), on('04'), on('05'), on('02'));
      const revoked = issued[3];
      if (revoked === undefined) throw new Error('six were issued');
      await workspace.database.unit(({ certificates }) => certificates.revoke([revocationOf(revoked)]));
      const ends = await workspace.database.read.certificates.endings('2026-05-02T00:00:00.000Z', '2026-05-05T00:00:00.000Z');
      expect(ends).toEqual(['02', '02'].map((day) => ({ notAfter: `2026-05-${day}T00:00:00.000Z`, personId: null })));
    });

    it('end on the calendar by the thousand', async () => {
      await issue(workspace, ...Array.from({ length: 4500 }, () => ({ notAfter: '2026-05-02T00:00:00.000Z' })));
      expect(await workspace.database.read.certificates.endings('2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z')).toHaveLength(4500);
    });
  });

  describe('revocations', () => {
    const workspace = useWorkspace(technology);

    it('show in the row of their certificate and in the counts', async () => {
      const [certificate] = await issue(workspace, {});
      if (certificate === undefined) throw new Error('one was issued');
      const revocation = revocationOf(certificate, { invalidityDate: '2026-05-01T00:00:00.000Z' });
      await workspace.database.unit(({ certificates }) => certificates.revoke([revocation]));
      const { revokedAt, reason } = revocation;
      expect((await workspace.database.read.certificates.find(certificate.id))?.revocation).toEqual({ revokedAt, reason });
      expect(await workspace.database.read.certificates.counts()).toEqual({ all: 2, revoked: 1 });
      expect(await entriesIn(workspace.database, workspace.practice.authority.id)).toEqual([entryOf(revocation)]);
    });

    it('happen once: a second one changes nothing, not even for others in the same unit', async () => {
      const [first, second] = await issue(workspace, {}, {});
      if (first === undefined || second === undefined) throw new Error('two were issued');
      await workspace.database.unit(({ certificates }) => certificates.revoke([revocationOf(first)]));
      const again = workspace.database.unit(({ certificates }) =>
        certificates.revoke([revocationOf(second), revocationOf(first, { reason: 'superseded' })]),
      );
      await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'certificateId' } });
      expect((await workspace.database.read.certificates.find(second.id))?.revocation).toBeNull();
      expect((await workspace.database.read.certificates.find(first.id))?.revocation?.reason).toBe('keyCompromise');
    });

    it('of certificates that have ended leave the list only after one list has named them beyond their end (RFC 5280 section 3.3)', async () => {
      const authorityId = workspace.practice.authority.id;
      const [ended, valid] = await issue(workspace, { notAfter: '2026-07-01T00:00:00.000Z' }, { notAfter: '2028-07-01T00:00:00.000Z' });
      if (ended === undefined || valid === undefined) throw new Error('two were issued');
      await workspace.database.unit(({ certificates }) =>
        certificates.revoke([
          revocationOf(valid, { revokedAt: '2026-06-02T00:00:00.000Z' }),
          revocationOf(ended, { revokedAt: '2026-06-01T00:00:00.000Z' }),
        ]),
      );
      const named = async (at: string) => {
        await workspace.database.unit(({ certificates }) => certificates.dropEnded(authorityId, at));
        const entries = await entriesIn(workspace.database, authorityId);
        return [ended, valid].filter((one) => entries.some((entry) => entry.includes(one.serialNumber))).map(({ id }) => id);
      };
      const makeList = (number: number, at: string) =>
        workspace.database.unit(({ authorities }) => authorities.insertList(listOf(authorityId, number, at)));
      expect(await named('2026-08-01T00:00:00.000Z')).toEqual([ended.id, valid.id]);
      await makeList(1, '2026-06-15T00:00:00.000Z');
      expect(await named('2026-08-01T00:00:00.000Z')).toEqual([ended.id, valid.id]);
      await makeList(2, '2026-08-01T00:00:00.000Z');
      expect(await named('2026-09-01T00:00:00.000Z')).toEqual([valid.id]);
      expect(await entriesIn(workspace.database, personOf().id)).toEqual([]);
    });

    it('on hold are taken off it, leave the list, and can be put on hold again', async () => {
      const [certificate] = await issue(workspace, {});
      if (certificate === undefined) throw new Error('one was issued');
      const hold = (revokedAt: string) =>
        workspace.database.unit(({ certificates }) =>
          certificates.revoke([revocationOf(certificate, { reason: 'certificateHold', revokedAt })]),
        );
      const resume = (at: string) => workspace.database.unit(({ certificates }) => certificates.resume([certificate.id], at));
      const before = await entriesIn(workspace.database, certificate.issuerAuthorityId);
      for (const day of ['10', '20']) {
        await hold(`2026-09-${day}T00:00:00.000Z`);
        expect(await entriesIn(workspace.database, certificate.issuerAuthorityId)).toHaveLength(before.length + 1);
        await resume(`2026-09-${day}T12:00:00.000Z`);
        expect(await entriesIn(workspace.database, certificate.issuerAuthorityId)).toEqual(before);
        expect((await workspace.database.read.certificates.find(certificate.id))?.revocation).toBeNull();
      }
      await expect(resume('2026-09-21T00:00:00.000Z')).rejects.toMatchObject({ code: 'stale' });
    });

    it('on hold become final since the day they were held; what is final is neither resumed nor changed', async () => {
      const [certificate] = await issue(workspace, {});
      if (certificate === undefined) throw new Error('one was issued');
      const held = revocationOf(certificate, { reason: 'certificateHold', revokedAt: '2026-09-30T00:00:00.000Z' });
      const end = () =>
        workspace.database.unit(({ certificates }) =>
          certificates.revokeHeld([certificate.id], { reason: 'superseded', invalidityDate: null }, '2026-10-02T00:00:00.000Z'),
        );
      await workspace.database.unit(({ certificates }) => certificates.revoke([held]));
      await end();
      expect((await entriesIn(workspace.database, certificate.issuerAuthorityId)).at(-1)).toBe(entryOf({ ...held, reason: 'superseded' }));
      await expect(end()).rejects.toMatchObject({ code: 'stale' });
      const resumed = workspace.database.unit(({ certificates }) => certificates.resume([certificate.id], '2026-10-03T00:00:00.000Z'));
      await expect(resumed).rejects.toMatchObject({ code: 'stale' });
    });

    it('are told apart by what changed since an instant: new, made final, and taken off an older hold', async () => {
      const [old, held, again, fresh] = await issue(workspace, {}, {}, {}, {});
      if (old === undefined || held === undefined || again === undefined || fresh === undefined) throw new Error('four were issued');
      const [before, since, after] = ['2026-10-10T00:00:00.000Z', '2026-10-11T00:00:00.000Z', '2026-10-12T00:00:00.000Z'];
      const hold = { reason: 'certificateHold', revokedAt: before } as const;
      await workspace.database.unit(({ certificates }) =>
        certificates.revoke([revocationOf(old, { revokedAt: before }), revocationOf(held, hold), revocationOf(again, hold)]),
      );
      await workspace.database.unit(async ({ certificates }) => {
        await certificates.resume([held.id, again.id], after);
        await certificates.revoke([revocationOf(fresh, { revokedAt: after }), revocationOf(again, { ...hold, revokedAt: after })]);
      });
      const { revoked, resumed } = await workspace.database.read.certificates.changesSince(old.issuerAuthorityId, since);
      expect(revoked.map(({ certificateId }) => certificateId)).toEqual([again.id, fresh.id]);
      expect(resumed).toEqual([{ serialNumber: held.serialNumber, resumedAt: after }]);
      expect((await workspace.database.read.certificates.changesSince(old.issuerAuthorityId, '2026-10-13')).revoked).toEqual([]);
    });

    it('are entries of the list by time and then by number, by the thousand and however they came', async () => {
      const { authority } = workspace.practice;
      await workspace.database.unit(({ certificates }) => certificates.dropEnded(authority.id, '2026-06-15'));
      const before = await entriesIn(workspace.database, authority.id);
      const issued = await issue(workspace, ...Array.from({ length: 2500 }, () => ({})));
      const records = issued.map((certificate) => revocationOf(certificate, { revokedAt: '2026-09-01T00:00:00.000Z' }));
      const inParts = [records.slice(0, 3), records.slice(3, 1100), records.slice(1100)];
      for (const part of inParts) await workspace.database.unit(({ certificates }) => certificates.revoke(part));
      const expected = inParts.flatMap((part) => part.map(({ serialNumber }) => serialNumber).sort());
      const entries = await entriesIn(workspace.database, authority.id);
      const bySerial = new Map(records.map((record) => [record.serialNumber, entryOf(record)]));
      expect(entries).toEqual([...before, ...expected.map((serial) => bySerial.get(serial))]);
      const size = await workspace.database.read.certificates.listEntriesSize(authority.id);
      expect(size).toEqual({ entries: entries.length, octets: entries.join('').length / 2 });
    });
  });
}

/** The entries a list would have, hex. */
async function entriesIn(database: Database, authorityId: string): Promise<string[]> {
  const entries: string[] = [];
  for await (const some of database.read.certificates.listEntries(authorityId))
    for (let at = 0; at < some.length; at += 2 + (some[at + 1] ?? 0))
      entries.push(hexEncode(some.subarray(at, at + 2 + (some[at + 1] ?? 0))));
  return entries;
}

const entryOf = ({ serialNumber, revokedAt, reason, invalidityDate }: RevocationRecord): string =>
  hexEncode(
    encodeRevokedCertificate({
      serialNumberHex: serialNumber,
      revocationTime: new Date(revokedAt),
      reason,
      ...(invalidityDate === null ? {} : { invalidityDate: new Date(invalidityDate) }),
    }),
  );
