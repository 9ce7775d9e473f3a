import { isAskedFor, type SecondPersonFor } from '../domain/access/four-eyes.ts';
import { canonicalJson } from '../domain/audit/canonical-json.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import { AppError } from '../domain/errors.ts';
import { FileContent, Secret } from '../contract/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { ApprovalRecord } from '../ports/stores/approvals.ts';
import { officersOf } from './escrow-dealing.ts';
import type { Commit } from './handler.ts';
import { presentOperators } from './operator-roster.ts';
import type { Session } from './open-session.ts';
import { readPolicies } from './policies.ts';
import { Refusal } from './refusal.ts';

/** A call as it was made, checked. */
export interface MadeCall {
  readonly name: string;
  readonly act: SecondPersonFor;
  readonly input: unknown;
  readonly subject: AuditSubject;
}

export interface FourEyes {
  /**
   * What another officer approved for exactly this call by this operator; undefined where nobody has to.
   * @throws AppError approval.required, once what was asked is recorded
   */
  approvalFor(call: MadeCall, session: Session): Promise<ApprovalRecord | undefined>;
}

export interface FourEyesParts {
  readonly read: () => ReadStores;
  readonly random: Random;
  readonly clock: Clock;
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** What was asked for must be approved and done within so many milliseconds. */
const longest = 24 * 3_600_000;

export const createFourEyes = (parts: FourEyesParts): FourEyes => ({
  approvalFor: async (call, session) => {
    const stores = parts.read();
    if (!isAskedFor(call.act, (await readPolicies(stores)).fourEyes)) return undefined;
    const officers = officersOf(await presentOperators(stores));
    if (!officers.some(({ id }) => id !== session.operator.id)) return undefined;
    const digest = digestOf(parts, call);
    const found = await stores.approvals.open(session.operator.id, digest, parts.clock.now().toISOString());
    if (found === undefined) throw ask(parts, call, digest, session.operator.id);
    if (found.state === 'approved' && officers.some(({ id }) => id === found.decidedBy)) return found;
    throw waiting(found, async (writing) => (found.state === 'approved' ? writing.approvals.reopen(found.id) : undefined));
  },
});

/** The unit of an approved call: the approval is used up with it, or both are as before. */
export function usingApproval<T>(commit: Commit<T>, approval: ApprovalRecord | undefined): Commit<T> {
  if (approval === undefined) return commit;
  const { id, decidedBy } = approval;
  const unit: Commit<T> = async (stores, at) => {
    await requireOfficer(stores, decidedBy);
    await stores.approvals.use(id, at.time);
    const done = await commit(stores, at);
    return { ...done, subject: { ...done.subject, approval: id, approvedBy: decidedBy ?? '' } };
  };
  return commit.takeBack === undefined ? unit : Object.assign(unit, { takeBack: commit.takeBack });
}

/** @throws AppError stale when who approved it is no officer any more */
async function requireOfficer(stores: Stores, operatorId: string | null): Promise<void> {
  if (!officersOf(await presentOperators(stores)).some(({ id }) => id === operatorId))
    throw new AppError('stale', 'Who approved this is no officer any more.', { what: 'approval' });
}

function ask({ random, clock }: FourEyesParts, { name, act, subject }: MadeCall, digest: string, askedBy: string): Refusal {
  const now = clock.now();
  const [askedAt, expiresAt] = [now, new Date(now.getTime() + longest)].map((instant) => instant.toISOString());
  const record = { id: random.uuid(), call: name, act, digest, subject: JSON.stringify(subject), askedBy };
  const asked = { ...record, askedAt: askedAt ?? '', expiresAt: expiresAt ?? '' };
  return waiting(asked, async (stores) => stores.approvals.ask(asked));
}

const waiting = ({ id, expiresAt }: Pick<ApprovalRecord, 'id' | 'expiresAt'>, consequence: (stores: Stores) => Promise<void>): Refusal =>
  new Refusal('approval.required', 'Another officer has to approve this first.', { approval: id, until: expiresAt }, consequence);

/** Of the call and all its input but the secrets: these are told by nothing that is kept. */
const digestOf = ({ sha256Hex }: FourEyesParts, { name, input }: MadeCall): string =>
  sha256Hex(new TextEncoder().encode(canonicalJson({ call: name, input: plain(input, sha256Hex) })));

function plain(value: unknown, sha256Hex: FourEyesParts['sha256Hex']): unknown {
  if (value instanceof Secret) return '[secret]';
  if (value instanceof FileContent) return { name: value.name, sha256: sha256Hex(value.bytes) };
  if (Array.isArray(value)) return value.map((one) => plain(one, sha256Hex));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member, sha256Hex)]));
}
