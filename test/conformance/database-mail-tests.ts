import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { MailTestRecord } from '../../main/ports/stores/mail-tests.ts';
import { newId, personOf, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const later = '2027-01-02T03:04:05.678Z';

export function describeMailTests(technology: DatabaseTechnology): void {
  describe('test messages', () => {
    const workspace = useWorkspace(technology);

    async function send(personId: string, more: Partial<MailTestRecord> = {}): Promise<MailTestRecord> {
      const test: MailTestRecord = {
        id: newId(),
        personId,
        client: null,
        codeSha256: newId(),
        encryptedTo: workspace.practice.authorityCertificate.id,
        state: 'made',
        operatorId: workspace.practice.operator.id,
        madeAt: someInstant,
        expiresAt: later,
        provedAt: null,
        provedWith: null,
        ...more,
      };
      await workspace.database.unit(({ mailTests }) => mailTests.insert(test));
      return test;
    }

    async function somebody(): Promise<string> {
      const person = personOf();
      await workspace.database.unit(({ people }) => people.insert([person], []));
      return person.id;
    }

    it('come back by their code, and by person with the newest first', async () => {
      const person = await somebody();
      const first = await send(person);
      const second = await send(person, { client: 'outlook', madeAt: later });
      const { mailTests } = workspace.database.read;
      expect(await mailTests.findByCode(first.codeSha256)).toEqual(first);
      expect(await mailTests.findByCode(newId())).toBeUndefined();
      expect(await mailTests.ofPerson(person)).toEqual([second, first]);
      expect(await mailTests.ofPerson(await somebody())).toEqual([]);
    });

    it('have codes that are there once, and are proved once', async () => {
      const test = await send(await somebody());
      await expect(send(test.personId, { codeSha256: test.codeSha256 })).rejects.toMatchObject({ code: 'conflict' });
      const proved = { state: 'proved', provedAt: later, provedWith: newId() } as const;
      const prove = () => workspace.database.unit(({ mailTests }) => mailTests.change(test.id, ['made', 'waiting'], proved));
      await prove();
      expect(await workspace.database.read.mailTests.findByCode(test.codeSha256)).toEqual({ ...test, ...proved });
      await expect(prove()).rejects.toMatchObject({ code: 'stale' });
    });
  });
}
