import { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { AreaHandlers } from './handler.ts';
import { requirePresent } from './operator-roster.ts';
import { readPractice } from './practice.ts';
import { confirmFactor, makeFactor, makeRecoveryCodes, proveCode, showFactor, type SecondFactorParts } from './second-factor.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';

export interface AccountFactorParts extends SecondFactorParts {
  readonly attempts: SignInAttempts;
}

type FactorHandlers = Pick<AreaHandlers<'account'>, 'secondFactor' | 'beginSecondFactor' | 'turnOnSecondFactor' | 'turnOffSecondFactor'>;

const conflict = (isOn: boolean): AppError =>
  new AppError('conflict', `The second factor is ${isOn ? 'on already' : 'not on'}.`, { what: 'second factor' });

/** An operator's own second factor. Secrets that nothing has confirmed yet are kept sealed, with the session that asked for them. */
export function createFactorHandlers(parts: AccountFactorParts): FactorHandlers {
  const begun = new WeakMap<UnlockedOperator, Uint8Array>();
  const { read, attempts } = parts;
  return {
    secondFactor: async (_, { session: { operator } }) => {
      const factor = await read().secondFactors.find(operator.id);
      const codes = await read().secondFactors.codes(operator.id);
      return { since: factor?.since ?? null, codesLeft: codes.filter(({ usedAt }) => usedAt === null).length };
    },
    beginSecondFactor: async (_, { session: { operator, unlocked } }) => {
      if ((await read().secondFactors.find(operator.id)) !== undefined) throw conflict(true);
      const sealed = makeFactor(parts, unlocked);
      const shown = showFactor(sealed, unlocked, { practice: (await readPractice(read())).name, operator: operator.name });
      return async () => ({
        value: { uri: new Secret(shown.uri), secret: new Secret(shown.secret) },
        afterwards: () => void begun.set(unlocked, sealed),
      });
    },
    turnOnSecondFactor: async ({ code }, { session: { operator, unlocked } }) => {
      const sealed = begun.get(unlocked);
      if (sealed === undefined) throw conflict(false);
      const lastStep = confirmFactor(parts, sealed, unlocked, code.reveal());
      const { text, hashes } = makeRecoveryCodes(parts, sealed, unlocked);
      return async (stores, { time }) => {
        await requirePresent(stores, operator);
        if ((await stores.secondFactors.find(operator.id)) !== undefined) throw conflict(true);
        await stores.secondFactors.insert({ operatorId: operator.id, sealed, since: time, lastStep }, hashes);
        return { value: { recoveryCodes: new Secret(text) }, afterwards: () => void begun.delete(unlocked) };
      };
    },
    turnOffSecondFactor: async ({ code }, { session: { operator, unlocked } }) => {
      if ((await read().secondFactors.find(operator.id)) === undefined) throw conflict(false);
      const spend = await attempts.tried(operator, () => proveCode(parts, unlocked, code.reveal()));
      return async (stores, { time }) => {
        await requirePresent(stores, operator);
        await spend(stores, time);
        await stores.secondFactors.remove(operator.id);
        await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
        return { value: null, afterwards: () => attempts.forget(operator.id) };
      };
    },
  };
}
