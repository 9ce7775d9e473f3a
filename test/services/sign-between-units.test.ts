import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { AppError } from '../../main/domain/errors.ts';
import { inRounds, signBetweenUnits } from '../../main/services/sign-between-units.ts';

const sha256Hex = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  for (const letter of text) yield octets(letter);
}

/** A token whose signatures say what they are of; `isInUnit` tells whether a unit ran while it signed. */
function token() {
  const state = { isInUnit: false, signed: [] as string[], duringUnits: 0 };
  const signOne = async (data: Uint8Array) => {
    state.signed.push(new TextDecoder().decode(data));
    if (state.isInUnit) state.duringUnits++;
    return octets(`signed ${new TextDecoder().decode(data)}`);
  };
  const sign = signBetweenUnits({ sign: signOne, each: async (datas) => Promise.all(datas.map(signOne)) }, sha256Hex);
  const unit = async <T>(work: () => Promise<T>): Promise<T> => {
    state.isInUnit = true;
    return work().finally(() => (state.isInUnit = false));
  };
  return { state, sign, unit };
}

const first = new Date('2026-11-28T12:00:00.000Z');
const later = new Date('2026-11-28T12:00:09.000Z');

test('what a unit needs signed is signed between two rounds of it, once, at the time of the first', async () => {
  const { state, sign, unit } = token();
  const times: string[] = [];
  const made = await inRounds((timeOf) =>
    unit(async () => {
      times.push(timeOf(times.length === 0 ? first : later, undefined));
      return [await sign.inTurns(pieces('one')), await sign.inTurns(pieces('two'))].map((signature) => new TextDecoder().decode(signature));
    }),
  );
  expect(made).toEqual(['signed one', 'signed two']);
  expect(state).toMatchObject({ signed: ['one', 'two'], duringUnits: 0 });
  expect(new Set(times)).toEqual(new Set([first.toISOString()]));
});

test('where others have written meanwhile the unit stands at a time after theirs', async () => {
  const { sign, unit } = token();
  const times: string[] = [];
  await inRounds((timeOf) =>
    unit(async () => {
      times.push(timeOf(times.length === 0 ? first : later, times.length === 0 ? undefined : '2026-11-28T12:00:05.000Z'));
      return sign.inTurns(pieces(times.at(-1) ?? ''));
    }),
  );
  expect(times).toEqual([first.toISOString(), later.toISOString(), later.toISOString()]);
});

test('a token that fails ends it with its error, and a unit that never comes to rest is given up', async () => {
  const gone = async () => Promise.reject(new AppError('token.removed', 'gone'));
  const failing = signBetweenUnits({ sign: gone, each: gone }, sha256Hex);
  await expect(inRounds(async () => failing.inTurns(pieces('one')))).rejects.toMatchObject({ code: 'token.removed' });
  const { state, sign } = token();
  const restless = inRounds(async () => sign.inTurns(pieces(String(state.signed.length))));
  await expect(restless).rejects.toMatchObject({ code: 'store.busy' });
});
