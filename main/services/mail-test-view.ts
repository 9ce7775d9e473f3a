import type { MailTest } from '../contract/mail.ts';
import type { MailTestRecord } from '../ports/stores/mail-tests.ts';

export const viewTest = ({ id, personId, client, state, madeAt, expiresAt, provedAt }: MailTestRecord): MailTest => ({
  id,
  person: personId,
  client,
  state,
  madeAt,
  expiresAt,
  provedAt,
});

/** Of test messages, newest first: the newest for each program that was answered, and the newest that was not. */
export function lastOfEach(tests: readonly MailTestRecord[]): readonly MailTestRecord[] {
  const seen = new Set<string>();
  return tests.filter(({ client, state }) => {
    const key = `${client ?? ''} ${state === 'proved'}`;
    return state !== 'made' && !seen.has(key) && seen.add(key);
  });
}
