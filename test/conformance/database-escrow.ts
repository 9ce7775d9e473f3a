import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { NewEscrowRequest } from '../../main/ports/stores/escrow.ts';
import { newId, someInstant } from './database-records.ts';
import { failureOf, useWorkspace } from './database-workspace.ts';

const octets = (...values: number[]) => Uint8Array.from(values);

export function describeEscrow(technology: DatabaseTechnology): void {
  describe('the escrow', () => {
    const workspace = useWorkspace(technology);

    const addOperator = async (): Promise<string> => {
      const id = newId();
      const operator = { id, name: id, role: 'security-officer', publicKey: octets(1), createdAt: someInstant } as const;
      await workspace.database.unit((stores) => stores.operators.insert(operator));
      return id;
    };
    const requestOf = (askedBy: string, expiresAt = '2026-02-02T00:00:00.000Z'): NewEscrowRequest => ({
      id: newId(),
      act: 'recover',
      personId: null,
      keyId: null,
      reason: 'Old letters',
      caseNumber: '17',
      recipient: 'Dr. Lee',
      askedBy,
      askedAt: someInstant,
      expiresAt,
    });
    const loan = { enc: octets(1), ciphertext: octets(2) };
    const approved = (by: string) => ({ state: 'approved', decidedBy: by, decidedAt: someInstant, ...loan }) as const;

    it('has one share for each officer, and sharing anew takes back what was approved under the shares before', async () => {
      const [a, b] = [await addOperator(), await addOperator()];
      const shareOf = (operatorId: string) => ({ operatorId, ...loan, digest: octets(3), sealedDigest: octets(4) });
      const request = requestOf(a);
      await workspace.database.unit(async ({ escrow }) => {
        await escrow.replaceShares([shareOf(a), shareOf(b)]);
        await escrow.ask(request);
        await escrow.decide(request.id, approved(b));
      });
      await workspace.database.unit(({ escrow }) => escrow.removeShares([a]));
      expect(await workspace.database.read.escrow.shares()).toEqual([shareOf(b)]);
      await workspace.database.unit(({ escrow }) => escrow.replaceShares([shareOf(a)]));
      expect(await workspace.database.read.escrow.shares()).toEqual([shareOf(a)]);
      const now = await (await workspace.reopen()).read.escrow.request(request.id);
      expect(now).toMatchObject({ ...request, state: 'asked', decidedBy: null, enc: null, ciphertext: null });
    });

    it('is opened for a request once, and what was lent for it goes; it is to be reviewed until it was, once', async () => {
      const [a, b] = [await addOperator(), await addOperator()];
      const request = requestOf(a);
      const unit = (work: Parameters<typeof workspace.database.unit>[0]) => workspace.database.unit(work);
      await unit(({ escrow }) => escrow.ask(request));
      const finish = () => unit(({ escrow }) => escrow.finish(request.id, { way: 'officers', doneAt: someInstant }));
      const review = () => unit(({ escrow }) => escrow.review(request.id, { reviewedBy: b, reviewedAt: someInstant, note: 'ok' }));
      expect(await failureOf(review())).toMatchObject({ code: 'stale' });
      await unit(({ escrow }) => escrow.decide(request.id, approved(b)));
      expect(await failureOf(unit(({ escrow }) => escrow.decide(request.id, approved(b))))).toMatchObject({ code: 'stale' });
      await finish();
      expect(await failureOf(finish())).toMatchObject({ code: 'stale' });
      expect((await workspace.database.read.escrow.unreviewed()).map(({ id, enc }) => [id, enc])).toEqual([[request.id, null]]);
      await review();
      expect(await failureOf(review())).toMatchObject({ code: 'stale' });
      expect(await workspace.database.read.escrow.unreviewed()).toEqual([]);
    });

    it('takes back what was lent for requests that ran out', async () => {
      const [a, b] = [await addOperator(), await addOperator()];
      const [early, late] = [requestOf(a, '2026-01-05T00:00:00.000Z'), requestOf(a)];
      await workspace.database.unit(async ({ escrow }) => {
        for (const request of [early, late]) {
          await escrow.ask(request);
          await escrow.decide(request.id, approved(b));
        }
        await escrow.dropLoans('2026-01-06T00:00:00.000Z');
      });
      expect((await workspace.database.read.escrow.request(early.id))?.enc).toBeNull();
      expect((await workspace.database.read.escrow.request(late.id))?.enc).toEqual(loan.enc);
    });
  });
}
