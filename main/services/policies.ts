import { fourEyesActs } from '../domain/access/four-eyes.ts';
import { defaultPolicies, type Policies } from '../domain/access/policies.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';

/** What holds now. */
export async function readPolicies(stores: ReadStores): Promise<Policies> {
  const text = await stores.settings.get('policies');
  return text === undefined ? defaultPolicies : { ...defaultPolicies, ...(JSON.parse(text) as Partial<Policies>) };
}

/** What holds for everybody's sessions, and changing it. */
export function createPolicyHandlers({ read }: { readonly read: () => ReadStores }): AreaHandlers<'policies'> {
  return {
    show: async () => readPolicies(read()),
    set: async ({ idleLockMinutes, jobsGoOnLocked, breakGlass, fourEyes, keepSigningKeys, listsNamePoint, mailPrograms }) => {
      return async (stores) => {
        const before = await readPolicies(stores);
        const after: Policies = {
          idleLockMinutes: idleLockMinutes ?? before.idleLockMinutes,
          jobsGoOnLocked: jobsGoOnLocked ?? before.jobsGoOnLocked,
          breakGlass: breakGlass ?? before.breakGlass,
          fourEyes: fourEyesActs.filter((act) => (fourEyes ?? before.fourEyes).includes(act)),
          keepSigningKeys: keepSigningKeys ?? before.keepSigningKeys,
          listsNamePoint: listsNamePoint ?? before.listsNamePoint,
          mailPrograms: mailPrograms === undefined ? before.mailPrograms : [...new Set(mailPrograms)],
        };
        await stores.settings.put('policies', JSON.stringify(after));
        return {
          value: after,
          subject: {
            ...after,
            before: before.idleLockMinutes,
            didGoOn: before.jobsGoOnLocked,
            wasBreakGlass: before.breakGlass,
            hadFourEyes: before.fourEyes,
            didKeepSigningKeys: before.keepSigningKeys,
            didListsNamePoint: before.listsNamePoint,
            hadMailPrograms: before.mailPrograms,
          },
        };
      };
    },
  };
}
