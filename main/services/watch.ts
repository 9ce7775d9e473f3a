import { tryReadLeaf } from '../domain/audit/leaf.ts';
import type { AlarmRule } from '../domain/watch/alarm-rule.ts';
import type { Often, WatchPolicy } from '../domain/watch/policy.ts';
import { aboutOf, certificatesIn, isWatched, matches, watchRules, weightOf, type Watched, type WatchRule } from '../domain/watch/rules.ts';
import type { Stores } from '../ports/database.ts';
import type { EntryDraft } from './audit-trail.ts';
import type { CommitPoint } from './handler.ts';
import { readWatchPolicy } from './watch-policy.ts';

/** An entry that is about to be written, with the number it will have. */
type NewEntry = Watched & { readonly index: number };

/** Reads no further back than so many entries of the watched kinds. */
const farthest = 500;

/**
 * Holds the rules against entries in the unit that writes them, and gives an entry for each alarm they raise. The log itself is what a rule
 * counts by: there is no place to lose, whatever was stopped in between. What no rule is about costs a look into two sets.
 */
export async function watchEntries(stores: Stores, drafts: readonly EntryDraft[], at: CommitPoint): Promise<readonly EntryDraft[]> {
  if (!drafts.some(isWatched)) return [];
  const policy = await readWatchPolicy(stores);
  const entries = drafts.map((draft, position): NewEntry => ({ ...draft, time: at.time, index: at.auditIndex + position }));
  const raised: EntryDraft[] = [];
  for (const entry of entries.filter(isWatched))
    for (const rule of watchRules.filter((one) => matches(one, entry, policy)))
      raised.push(...(await judge(stores, { rule, policy, entry, entries })));
  return raised;
}

interface Match {
  readonly rule: WatchRule;
  readonly policy: WatchPolicy;
  readonly entry: NewEntry;
  /** All of the unit. */
  readonly entries: readonly NewEntry[];
}

async function judge(stores: Stores, match: Match): Promise<readonly EntryDraft[]> {
  const { rule, policy, entry } = match;
  if (rule.only === 'revoked' && !(await namesRevoked(stores, entry))) return [];
  const often = rule.often?.(policy);
  const found = { rule: rule.rule, about: aboutOf(rule, entry.subject), at: entry.time, index: entry.index };
  if (await joinStanding(stores, found, weightOf(entry))) return [];
  const count = often === undefined ? weightOf(entry) : await countRecent(stores, match, often);
  return often !== undefined && count < often.count ? [] : [await raise(stores, { ...found, count })];
}

interface Found {
  readonly rule: AlarmRule;
  readonly about: string;
  readonly at: string;
  readonly index: number;
}

/** Whether an alarm stands that nobody has looked at: then this is more of the same. */
async function joinStanding({ incidents }: Stores, { rule, about, at, index }: Found, weight: number): Promise<boolean> {
  const standing = (await incidents.alarmsAbout(rule, about)).find(({ state }) => state === 'open');
  if (standing === undefined) return false;
  await incidents.grow(standing.number, { lastAt: at, lastIndex: index, count: standing.count + weight });
  return true;
}

/** Records an alarm; gives its entry. */
export async function raise(
  { incidents }: Stores,
  { rule, about, at, index, count }: Found & { readonly count: number },
): Promise<EntryDraft> {
  const number = await incidents.raise({ rule, about, raisedAt: at, firstIndex: index, count });
  const subject = { alarm: number, rule, count, entry: index };
  return { action: 'audit.alarm', operator: undefined, host: 'core', subject, outcome: 'success' };
}

/** A hold is no revocation; what is not ours is nobody's to judge here. */
async function namesRevoked({ certificates }: Stores, { subject }: NewEntry): Promise<boolean> {
  for (const id of certificatesIn(subject)) {
    const revocation = (await certificates.find(id))?.revocation ?? null;
    if (revocation !== null && revocation.reason !== 'certificateHold') return true;
  }
  return false;
}

/** How many acts of the kind came within the time, this entry's among them, that no alarm has counted yet. */
async function countRecent(stores: Stores, match: Match, { count, minutes }: Often): Promise<number> {
  const { rule, policy, entry, entries } = match;
  const since = new Date(Date.parse(entry.time) - minutes * 60_000).toISOString();
  const own = entries.filter((one) => one.index <= entry.index && matches(rule, one, policy));
  let sum = own.reduce((total, one) => total + weightOf(one), 0);
  if (sum >= count) return sum;
  const { rows } = await stores.auditLog.page({
    limit: Math.min(count * 4, farthest),
    actions: rule.actions ?? [],
    outcomes: rule.outcomes,
  });
  const counted = (await stores.incidents.alarmsAbout(rule.rule, ''))[0]?.lastIndex ?? -1;
  for (const { index, leaf } of rows) {
    const earlier = index > counted ? tryReadLeaf(leaf) : undefined;
    if (earlier !== undefined && earlier.time >= since && matches(rule, earlier, policy)) sum += weightOf(earlier);
  }
  return sum;
}
