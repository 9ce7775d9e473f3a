import type { EscrowRequestView, EscrowState } from '../contract/escrow.ts';
import { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { formatSheet } from '../domain/vault/escrow-sheet.ts';
import type { ReadStores } from '../ports/database.ts';
import type { EscrowRequestRecord, SheetsRecord } from '../ports/stores/escrow.ts';
import type { OpenCompartment } from '../ports/vault.ts';
import { dealEscrow, findSheets, officersOf, writeDeal } from './escrow-dealing.ts';
import { drill } from './escrow-drill.ts';
import { hasWhole, openEscrow, vouchedOfficers } from './escrow-opening.ts';
import { recover, type EscrowRecoveryParts } from './escrow-recovery.ts';
import { createEscrowRequestHandlers, findOpenRequest } from './escrow-request.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import type { Session } from './open-session.ts';
import { presentOperators } from './operator-roster.ts';
import { readPolicies } from './policies.ts';

/** What is kept so that mail opens when somebody is gone, and what it takes to open it. */
export function createEscrowHandlers(parts: EscrowRecoveryParts): AreaHandlers<'escrow'> {
  return {
    ...createEscrowRequestHandlers(parts),
    state: async () => stateOf(parts.read(), parts.clock.now()),
    deliver: async (input, { session }) => recover(parts, input, session, false),
    breakGlass: async (input, { session }) => recover(parts, input, session, true),
    share: async (input, { session }) => share(parts, input, session),
    drill: async (input, { session }) => drill(parts, input, session),
  };
}

interface Sharing {
  readonly request?: string | undefined;
  readonly sheets?: Secret | undefined;
  readonly print?: { readonly total: number; readonly threshold: number } | undefined;
}

async function share(
  parts: EscrowRecoveryParts,
  { request: id, sheets, print }: Sharing,
  session: Session,
): Promise<Commit<{ officers: readonly string[]; sheets: Secret | null }>> {
  if (print !== undefined && print.threshold > print.total)
    throw new AppError('input.invalid', 'Not more sheets can be needed than there are.', { field: 'threshold', rule: 'range' });
  const request = id === undefined ? undefined : await findOpenRequest(parts, id);
  if (request !== undefined && (request.act !== 'share' || request.askedBy !== session.operator.id))
    throw new AppError('conflict', 'This request is for something else, or somebody else’s.', { what: 'request', id: request.id });
  const alone = request === undefined && sheets === undefined && (await hasWhole(parts.read(), session.operator.id));
  const { open, way } = await openEscrow(parts, session, { request, sheets, alone });
  const printed: Uint8Array[] = [];
  try {
    const officers = await vouchedOfficers(parts.read(), session.unlocked);
    const deal = await dealEscrow(parts.read(), open, officers, print && ((next) => printSheets(parts, next, print, printed)));
    return async (stores, { time }) => {
      await writeDeal(stores, deal);
      if (request !== undefined) await stores.escrow.finish(request.id, { way, doneAt: time });
      const value = { officers: officers.map(({ name }) => name), sheets: print === undefined ? null : new Secret(joined(printed)) };
      return { value, subject: { way, officers: officers.map((officer) => officer.id) } };
    };
  } finally {
    open.wipe();
  }
}

/** Fresh sheets; what is on them is added to `printed`. */
async function printSheets(
  { random }: EscrowRecoveryParts,
  next: OpenCompartment,
  { total, threshold }: { readonly total: number; readonly threshold: number },
  printed: Uint8Array[],
): Promise<SheetsRecord> {
  const set = hexEncode(random.bytes(6));
  const { record, shares } = await next.makeSheets({ id: set, total, threshold });
  for (const [at, one] of shares.entries()) {
    printed.push(formatSheet({ set, number: at + 1, share: one }));
    one.fill(0);
  }
  return record;
}

/** One a line. */
function joined(lines: readonly Uint8Array[]): Uint8Array {
  const octets = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    octets.set(line, at);
    octets[at + line.length] = 0x0a;
    at += line.length + 1;
    line.fill(0);
  }
  return octets;
}

/** How many of the newest requests are shown. */
const shown = 100;

async function stateOf(stores: ReadStores, now: Date): Promise<EscrowState> {
  const operators = await stores.operators.list();
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  const holders = new Set((await stores.escrow.shares()).map(({ operatorId }) => operatorId));
  const officers: EscrowState['officers'][number][] = [];
  for (const { id, name } of officersOf(await presentOperators(stores)))
    officers.push({ id, name, hasShare: holders.has(id), hasWhole: await hasWhole(stores, id) });
  const sheets = await findSheets(stores);
  const requests: EscrowRequestView[] = [];
  for (const request of await stores.escrow.requests(shown)) requests.push(await viewOf(stores, request, names, now));
  return {
    state: nameState(officers, (await readPolicies(stores)).breakGlass),
    officers,
    sheets: sheets && { set: sheets.id, total: sheets.total, threshold: sheets.threshold },
    requests,
  };
}

function nameState(officers: EscrowState['officers'], breakGlass: boolean): EscrowState['state'] {
  const isWhole = officers.some(({ hasWhole: whole }) => whole);
  if (isWhole && officers.length < 2) return 'alone';
  if (isWhole) return breakGlass ? 'break-glass' : 'whole';
  return officers.filter(({ hasShare }) => hasShare).length < 2 ? 'short' : 'shared';
}

async function viewOf(
  stores: ReadStores,
  request: EscrowRequestRecord,
  names: ReadonlyMap<string, string>,
  now: Date,
): Promise<EscrowRequestView> {
  const { id, act, personId, reason, caseNumber, recipient, askedBy, askedAt, expiresAt, decidedBy, way, doneAt } = request;
  const person = personId === null ? undefined : await stores.people.find(personId);
  const isOpen = request.state === 'asked' || request.state === 'approved';
  const nameOf = (operatorId: string) => names.get(operatorId) ?? operatorId;
  return {
    id,
    act,
    reason,
    caseNumber,
    recipient,
    askedAt,
    expiresAt,
    way,
    doneAt,
    person: person === undefined ? null : { id: person.id, name: person.name },
    askedBy: nameOf(askedBy),
    state: isOpen && Date.parse(expiresAt) <= now.getTime() ? 'run-out' : request.state,
    decidedBy: decidedBy === null ? null : nameOf(decidedBy),
    review:
      request.reviewedBy === null || request.reviewedAt === null
        ? null
        : { by: nameOf(request.reviewedBy), at: request.reviewedAt, note: request.note ?? '' },
  };
}
