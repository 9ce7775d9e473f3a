import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { OperatorCardRecord } from '../../main/ports/stores/operator-cards.ts';
import { newId, octets, operatorOf, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

export function describeOperatorCards(technology: DatabaseTechnology): void {
  describe('cards of operators', () => {
    const workspace = useWorkspace(technology);

    const cardOf = (operatorId: string, serialNumber = newId()): OperatorCardRecord => ({
      operatorId,
      serialNumber,
      ckaId: '5f1e',
      challenge: octets(65),
      parameters: '{}',
      sealed: octets(60),
      since: someInstant,
    });

    /** Somebody with these cards. */
    async function withCards(...serialNumbers: readonly (string | undefined)[]) {
      const operator = operatorOf({ name: `Nadia ${newId()}` });
      const cards = serialNumbers.map((serialNumber) => cardOf(operator.id, serialNumber));
      await workspace.database.unit(async (stores) => {
        await stores.operators.insert(operator);
        for (const card of cards) await stores.operatorCards.insert(card);
      });
      return { id: operator.id, cards, read: workspace.database.read.operatorCards };
    }

    it('come back as they were recorded, by whose they are and by the card', async () => {
      const shared = newId();
      const { id, cards, read } = await withCards(shared, undefined);
      const other = await withCards(shared);
      expect(await read.isAny()).toBe(true);
      expect(await read.find(id, shared)).toEqual(cards[0]);
      expect(await read.find(id, newId())).toBeUndefined();
      expect(await read.ofOperator(id)).toEqual(expect.arrayContaining(cards));
      expect((await read.ofCard(shared)).map(({ operatorId }) => operatorId)).toEqual([id, other.id].toSorted());
    });

    it('are each one’s once', async () => {
      const { id, cards } = await withCards(undefined);
      const again = workspace.database.unit(({ operatorCards }) => operatorCards.insert(cardOf(id, cards[0]?.serialNumber)));
      await expect(again).rejects.toMatchObject({ code: 'conflict' });
    });

    it('go one by one or all of an operator’s, nobody else’s', async () => {
      const shared = newId();
      const { id, read } = await withCards(shared, undefined, undefined);
      const other = await withCards(shared);
      const remove = () => workspace.database.unit(({ operatorCards }) => operatorCards.remove(id, shared));
      expect([await remove(), await remove()]).toEqual([true, false]);
      expect(await read.ofOperator(id)).toHaveLength(2);
      await workspace.database.unit(({ operatorCards }) => operatorCards.removeOf(id));
      expect(await read.ofOperator(id)).toEqual([]);
      expect(await read.ofOperator(other.id)).toEqual(other.cards);
    });
  });
}
