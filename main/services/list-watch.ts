import { may } from '../domain/access/permissions.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import { AppError } from '../domain/errors.ts';
import type { AuditTrail, Attempt } from './audit-trail.ts';
import { makeDueLists, openDueIssuers, type DueListParts } from './due-lists.ts';
import type { Session } from './session-registry.ts';

export interface ListWatchParts extends DueListParts {
  readonly auditTrail: AuditTrail;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly isThere: (session: Session) => boolean;
  readonly report: (error: unknown) => void;
}

/**
 * Makes lists of revoked certificates anew before they run out, as long as somebody is signed in at the window whose role may ask for them
 * and whose keys open the authorities'. They are kept, to be published: nobody outside is told anything by it.
 */
export interface ListWatch {
  /** Looks at once and from now on, with the keys of this session until it ends. */
  begin(session: Session, host: AuditOrigin['host']): void;
  /** Resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks. A list is due days before it runs out. */
const pause = 3_600_000;

export function createListWatch(parts: ListWatchParts): ListWatch {
  let stop: (() => void) | undefined;
  let looking: Promise<void> = Promise.resolve();
  const end = () => {
    stop?.();
    stop = undefined;
  };
  const begin: ListWatch['begin'] = (session, host) => {
    if (host !== 'window' || !may(session.operator.role, 'authorities.crlDue')) return;
    end();
    const look = () => {
      looking = looking.then(async () => {
        if (!parts.isThere(session)) return;
        await renewLists(parts, session).catch((error: unknown) => {
          end();
          parts.report(error);
        });
      });
    };
    stop = parts.repeat(pause, look);
    look();
  };
  return {
    begin,
    stop: () => {
      end();
      return looking;
    },
  };
}

/** One unit for all that are due; none, and no entry, while none is. What fails is entered once, and tried again at the next sign-in. */
async function renewLists(parts: ListWatchParts, session: Session): Promise<void> {
  const attempt: Attempt = { action: 'authority.renew-lists', operator: session.operator.id, host: 'core', subject: {} };
  try {
    const { issuers } = await openDueIssuers(parts, session.unlocked);
    if (issuers.length === 0) return;
    await parts.auditTrail.commit(attempt, async (stores, { time }) => {
      const made = await makeDueLists(stores, issuers, time, 'kept');
      return { value: null, subject: { authorities: made.map(({ list }) => list.authorityId) } };
    });
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    await parts.auditTrail.enter({ ...attempt, outcome: 'failed', error: code });
    throw error;
  }
}
