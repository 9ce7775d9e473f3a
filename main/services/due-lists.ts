import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/database.ts';
import type { CertificateListRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { issueCertificateList, type ListUse } from './certificate-lists.ts';
import type { OpenIssuer } from './list-content.ts';
import { listFile, type ListFile } from './list-file.ts';
import { isKeyAtHand, openIssuer, type IssuerParts } from './issuers.ts';
import { isListDue, listPeriodOf } from './list-period.ts';
import { isListOwed } from './publish.ts';

export interface DueListParts extends IssuerParts {
  readonly clock: Clock;
}

/** Authorities whose next list is due. */
export interface DueLists {
  /** Those whose key signs now, open. */
  readonly issuers: readonly OpenIssuer[];
  /** Ids of those whose key has to be brought first. */
  readonly owed: readonly string[];
}

/** @throws AppError session.not-permitted */
export async function openDueIssuers(parts: DueListParts, operator: UnlockedOperator): Promise<DueLists> {
  const stores = parts.read();
  const now = parts.clock.now();
  const [issuers, owed] = [[] as OpenIssuer[], [] as string[]];
  for (const authority of await stores.authorities.list()) {
    const isOwed = await isListOwed(stores, authority, now);
    if (!(await isKeyAtHand(parts, operator, authority))) {
      if (isOwed) owed.push(authority.id);
      continue;
    }
    if (isOwed || isListDue(await listPeriodOf(stores, authority), await stores.authorities.latestList(authority.id), now))
      issuers.push(await openIssuer(parts, operator, authority));
  }
  return { issuers, owed };
}

export interface MadeList extends ListFile {
  readonly list: CertificateListRecord;
}

/** The next full list of each, within a unit. */
export async function makeDueLists(
  stores: Stores,
  issuers: readonly OpenIssuer[],
  time: string,
  use: ListUse,
): Promise<readonly MadeList[]> {
  const made: MadeList[] = [];
  for (const issuer of issuers) {
    const list = await issueCertificateList(stores, issuer, time, use);
    made.push({ list, ...(await listFile(stores, issuer.authority, list)) });
  }
  return made;
}
