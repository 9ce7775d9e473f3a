import { deskWithPractice, type Desk } from './command-line.ts';
import { makeOpensslCa, type OpensslCa } from './openssl-ca.ts';

/** What an import answers. */
export interface Taken {
  readonly authority: string;
  readonly certificates: number;
  readonly revoked: number;
  readonly list: { readonly number: number };
  readonly below: readonly { readonly authority: string }[];
}

/** Two people's certificates, the first revoked, and the list that says so; its number is 0x1F. */
export async function deskWithOldCa(): Promise<{ desk: Desk; ca: OpensslCa; issued: string[]; crl: string }> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', 'name,email\nAda Lovelace,ada@ridgeway.example\n'));
  const ca = makeOpensslCa(desk.directory);
  const issued = ['old@ridgeway.example', 'ada@ridgeway.example'].map((mailbox) => ca.issue(mailbox));
  ca.revoke(issued[0] ?? '', 'keyCompromise');
  return { desk, ca, issued, crl: ca.list() };
}

/** How it was refused, and how many authorities there are after it. */
export async function refusal(desk: Desk, ...args: readonly string[]) {
  const { exit, stdout } = await desk.run('authority', 'import', ...args, '--json');
  const { authorities } = await desk.json<{ authorities: object[] }>('authority', 'list');
  return { exit, error: (JSON.parse(stdout) as { error: object }).error, authorities: authorities.length };
}
