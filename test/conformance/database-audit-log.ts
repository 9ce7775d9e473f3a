import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { AuditEntry } from '../../main/domain/audit/entry.ts';
import type { AuditQuery } from '../../main/ports/stores/audit-log.ts';
import { checkpointOf, leafOf, newId } from './database-records.ts';
import { useWorkspace, type TestWorkspace } from './database-workspace.ts';

async function append(workspace: TestWorkspace, ...entries: readonly Partial<AuditEntry>[]): Promise<void> {
  await workspace.database.unit(async ({ auditLog }) => {
    const size = await auditLog.size();
    await auditLog.append(
      entries.map((entry, at) => leafOf(size + at, entry)),
      checkpointOf(size + entries.length),
    );
  });
}

const hour = (at: number): string => `2026-03-01T${String(at).padStart(2, '0')}:00:00.000Z`;

/** Reads every page and gives the indices in order. */
async function indicesOf(workspace: TestWorkspace, more: Partial<AuditQuery>): Promise<number[]> {
  const indices: number[] = [];
  for (let after: string | undefined; ;) {
    const page = await workspace.database.read.auditLog.page({ limit: 3, ...more, after });
    indices.push(...page.rows.map(({ index }) => index));
    if (page.next === undefined) return indices;
    after = page.next;
  }
}

async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[][]> {
  const all: T[][] = [];
  for await (const batch of batches) all.push([...batch]);
  return all;
}

export function describeAuditLog(technology: DatabaseTechnology): void {
  describe('the audit log', () => {
    const workspace = useWorkspace(technology);

    it('is empty at first', async () => {
      const { auditLog } = workspace.database.read;
      expect(await auditLog.size()).toBe(0);
      expect(await auditLog.leaf(0)).toBeUndefined();
      expect(await auditLog.latestCheckpoint()).toBeUndefined();
      expect(await auditLog.latestSigned()).toBeUndefined();
      expect(await auditLog.page({ limit: 10 })).toEqual({ rows: [] });
      expect(await collect(auditLog.leaves(0, 10))).toEqual([]);
    });

    it('gives leaves and checkpoints back octet by octet, in batches', async () => {
      const leaves = Array.from({ length: 5 }, (_, index) => leafOf(index, { reason: `gründlich ${index}` }));
      const checkpoint = checkpointOf(5, { note: 'keyward\n5\n' });
      await workspace.database.unit(({ auditLog }) => auditLog.append(leaves, checkpoint));
      const { auditLog } = workspace.database.read;
      expect(await auditLog.size()).toBe(5);
      expect(normal(await auditLog.leaf(3))).toEqual(normal(leaves[3]));
      expect((await collect(auditLog.leaves(1, 3))).map((batch) => batch.map(normal))).toEqual([
        leaves.slice(1, 4).map(normal),
        leaves.slice(4).map(normal),
      ]);
      expect((await auditLog.leafHashes(1, 3)).map((hash) => Buffer.from(hash))).toEqual(
        leaves.slice(1, 3).map(({ leafHash }) => leafHash),
      );
      expect(await auditLog.latestCheckpoint()).toEqual(checkpoint);
      expect(await collect(auditLog.checkpoints(0, 1))).toEqual([[checkpoint]]);
      expect(await collect(auditLog.checkpoints(6, 1))).toEqual([]);
    });

    it('grows at its end only: another beginning or another total is stale, and nothing is added', async () => {
      await append(workspace, {}, {});
      const tries = [
        { leaves: [leafOf(1)], size: 3 },
        { leaves: [leafOf(3)], size: 4 },
        { leaves: [leafOf(2)], size: 4 },
        { leaves: [leafOf(2)], size: 2 },
        { leaves: [leafOf(0)], size: 1 },
      ];
      for (const { leaves, size } of tries) {
        const unit = workspace.database.unit(({ auditLog }) => auditLog.append(leaves, checkpointOf(size)));
        await expect(unit).rejects.toMatchObject({ code: 'stale' });
      }
      expect(await workspace.database.read.auditLog.size()).toBe(2);
      expect((await workspace.database.read.auditLog.latestCheckpoint())?.size).toBe(2);
    });

    it('takes one of two writers who saw the same end', async () => {
      const attempt = () => workspace.database.unit(({ auditLog }) => auditLog.append([leafOf(0)], checkpointOf(1)));
      const results = await Promise.allSettled([attempt(), attempt()]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(results[1]).toMatchObject({ reason: { code: 'stale' } });
    });

    it('refuses leaves with a gap between them, and a checkpoint without leaves', async () => {
      const gap = workspace.database.unit(({ auditLog }) => auditLog.append([leafOf(0), leafOf(2)], checkpointOf(2)));
      await expect(gap).rejects.toMatchObject({ code: 'internal' });
      const nothing = workspace.database.unit(({ auditLog }) => auditLog.append([], checkpointOf(0)));
      await expect(nothing).rejects.toMatchObject({ code: 'internal' });
    });

    it('takes the signature under its newest checkpoint, once', async () => {
      await append(workspace, {});
      await append(workspace, {});
      const sign = (size: number) => workspace.database.unit(({ auditLog }) => auditLog.sign(size, `note ${size}`));
      await expect(sign(1)).rejects.toMatchObject({ code: 'stale' });
      await expect(sign(3)).rejects.toMatchObject({ code: 'stale' });
      await sign(2);
      await expect(sign(2)).rejects.toMatchObject({ code: 'stale' });
      await append(workspace, {});
      expect((await workspace.database.read.auditLog.latestSigned())?.note).toBe('note 2');
      expect((await workspace.database.read.auditLog.latestCheckpoint())?.note).toBeNull();
    });

    it('is listed newest first, or oldest first, in pages', async () => {
      await append(workspace, ...Array.from({ length: 7 }, () => ({})));
      expect(await indicesOf(workspace, {})).toEqual([6, 5, 4, 3, 2, 1, 0]);
      expect(await indicesOf(workspace, { ascending: true })).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });

    it('that grows between two pages gives no entry twice', async () => {
      await append(workspace, {}, {}, {});
      const first = await workspace.database.read.auditLog.page({ limit: 2 });
      await append(workspace, {}, {});
      const second = await workspace.database.read.auditLog.page({ limit: 2, after: first.next });
      expect([...first.rows, ...second.rows].map(({ index }) => index)).toEqual([2, 1, 0]);
    });

    describe('with entries of many kinds', () => {
      const [anna, bert, certificate] = [newId(), newId(), newId()];
      const entries: readonly Partial<AuditEntry>[] = [
        { action: 'workspace.init', time: hour(1), subject: { practice: 'Ridgeway' } },
        { action: 'people.add', time: hour(2), subject: { person: anna } },
        { action: 'people.add', time: hour(3), subject: { people: [bert] }, outcome: 'refused', error: 'conflict' },
        { action: 'enrollment.issue', time: hour(4), subject: { person: anna, certificates: [certificate, newId()] } },
        { action: 'enrollment.issue', time: hour(5), subject: { person: bert } },
        {
          action: 'certificate.revoke',
          time: hour(6),
          subject: { person: anna, certificates: [certificate] },
          reason: 'Card verloren in Köln',
        },
        { action: 'session.sign-in', time: hour(3), outcome: 'failed', error: 'session.sign-in-failed' },
      ];

      it.each<[string, Partial<AuditQuery>, number[]]>([
        ['an action', { actions: ['people.add'] }, [2, 1]],
        ['several actions', { actions: ['people.add', 'workspace.init', 'people.add'] }, [2, 1, 0]],
        ['no action at all', { actions: [] }, []],
        ['an outcome', { outcomes: ['success'] }, [5, 4, 3, 1, 0]],
        ['outcomes', { outcomes: ['refused', 'failed'] }, [6, 2]],
        ['action and outcome', { actions: ['people.add', 'session.sign-in'], outcomes: ['failed'] }, [6]],
        ['a person', { personId: anna }, [5, 3, 1]],
        ['a certificate', { certificateId: certificate }, [5, 3]],
        ['a person and a certificate', { personId: bert, certificateId: certificate }, []],
        ['a person and an action', { personId: anna, actions: ['certificate.revoke'] }, [5]],
        ['a person and no action', { personId: anna, actions: [] }, []],
        ['nobody', { personId: newId() }, []],
        ['a time on', { from: hour(4) }, [5, 4, 3]],
        ['a time up to another', { from: hour(2), to: hour(4) }, [6, 2, 1]],
        ['a time and an action', { to: hour(4), actions: ['people.add', 'enrollment.issue'] }, [2, 1]],
        ['a word', { search: 'verloren' }, [5]],
        ['folded words in any order', { search: 'KOLN card' }, [5]],
        ['the inside of a word', { search: 'erloren' }, []],
        ['an id as a word', { search: certificate }, [5, 3]],
        ['a word and an action', { search: 'ridge', actions: ['workspace.init'] }, [0]],
        ['a word, a time and a person', { search: 'issue', from: hour(1), personId: anna }, [3]],
      ])('is filtered by %s, in either order', async (_name, query, expected) => {
        await append(workspace, ...entries);
        expect(await indicesOf(workspace, query)).toEqual(expected);
        expect(await indicesOf(workspace, { ...query, limit: 1, ascending: true })).toEqual(expected.toReversed());
      });
    });

    it('that is long is searched for words far back, page by page, with every filter and in either order', async () => {
      const [anna, length] = [newId(), 9000];
      const entry = (at: number): Partial<AuditEntry> => ({
        time: new Date(Date.UTC(2026, 2, 1, 0, 0, at)).toISOString(),
        action: at % 2 === 0 ? 'people.add' : 'enrollment.issue',
        subject: at % 1000 === 7 ? { person: anna, ward: 'Köln Süd' } : { person: newId() },
      });
      for (let from = 0; from < length; from += 1000) await append(workspace, ...Array.from({ length: 1000 }, (_, at) => entry(from + at)));
      const expected = Array.from({ length: 9 }, (_, at) => 1000 * at + 7).toReversed();
      const from = '2026-03-01T00:00:00.000Z';
      for (const more of [
        {},
        { from },
        { from, actions: ['enrollment.issue' as const] },
        { outcomes: ['success' as const] },
        { personId: anna },
      ]) {
        expect(await indicesOf(workspace, { search: 'sud KOL', ...more })).toEqual(expected);
        expect(await indicesOf(workspace, { search: 'süd', ...more, ascending: true })).toEqual(expected.toReversed());
      }
      expect(await indicesOf(workspace, { search: `süd ${anna.toUpperCase()}` })).toEqual(expected);
      expect(await indicesOf(workspace, { search: 'süd nowhere' })).toEqual([]);
      expect(await indicesOf(workspace, { search: 'süd', actions: ['people.add'] })).toEqual([]);
      expect(await indicesOf(workspace, { search: 'süd', to: '2026-03-01T00:17:00.000Z' })).toEqual([1007, 7]);
      expect(await indicesOf(workspace, { search: 'people success', to: '2026-03-01T00:00:05.000Z' })).toEqual([4, 2, 0]);
    });

    it('refuses a mark that it did not give for this order', async () => {
      await append(workspace, {}, {});
      const { next } = await workspace.database.read.auditLog.page({ limit: 1 });
      const byTime = workspace.database.read.auditLog.page({ limit: 1, after: next, from: hour(1) });
      await expect(byTime).rejects.toMatchObject({ code: 'input.invalid', details: { field: 'after' } });
    });
  });
}

/** Octets compare as octets, whichever class the driver gives them. */
const normal = <T extends { readonly leafHash: Uint8Array }>(record: T | undefined) =>
  record && { ...record, leafHash: Buffer.from(record.leafHash) };
