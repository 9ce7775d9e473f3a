import { describe, expect, test } from 'vitest';
import type { PivCardState } from '../adapters/fixtures/piv-card.ts';
import { deskWithPractice, type Run } from '../cli/support/command-line.ts';
import { yubiKeyModule } from '../services/support/piv-modules.ts';
import { lacksReaderService, newReaderDesk } from '../services/support/reader-service.ts';
import { impatient } from '../services/support/soft-hsm.ts';
import { fresh, patience, pin, puk } from './support/desk-with-card.ts';

interface Shown {
  readonly serialNumber: string;
  readonly tries: { readonly pin: number | null; readonly unlockCode: number | null };
  readonly isUnlockCodeKept: boolean;
}

async function lineWithCard(differing: Partial<PivCardState>) {
  const readers = newReaderDesk();
  const desk = await deskWithPractice({ tokenModules: [yubiKeyModule], tokenDeadlines: impatient });
  const card = readers.newCard(differing);
  readers.start('two').insert(card);
  const list = async () => (await desk.json<{ tokens: Shown[] }>('token', 'list')).tokens;
  await expect.poll(async () => (await list()).map(({ tries }) => tries.pin), patience).toEqual([3]);
  const token = (await list())[0]?.serialNumber ?? '';
  const changePin = async (...more: readonly string[]) =>
    desk.run(
      'token',
      'change-pin',
      token,
      '--pin-file',
      desk.put('wrong', '111222\n'),
      '--new-pin-file',
      desk.put('new', `${fresh}\n`),
      ...more,
      '--json',
    );
  /** Three wrong PINs; before the last the line wants to be told that it is known to be the last. */
  const lock = async () => [await changePin(), await changePin(), await changePin(), await changePin('--yes'), await changePin('--yes')];
  return { desk, card, list, token, lock };
}

const errorOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string; hint: string } }).error;
const outcomeOf = (run: Run) => [run.exit, errorOf(run).code];

const locking = [
  [5, 'token.pin-incorrect'],
  [5, 'token.pin-incorrect'],
  [5, 'token.pin-final-try'],
  [5, 'token.pin-locked'],
  [5, 'token.pin-locked'],
];

describe.skipIf(lacksReaderService('a PIV card on the command line'))('a PIV card on the command line', () => {
  test('is locked by three wrong PINs, the last only with --yes, and unlocked by its PUK from a file; a wrong PUK costs one try', async () => {
    const { desk, card, list, token, lock } = await lineWithCard({ pin, puk });
    expect((await lock()).map(outcomeOf)).toEqual(locking);
    expect(card.read()).toMatchObject({ pin, pinTries: 0, pukTries: 3 });
    const unblock = async (code: string) =>
      desk.run('token', 'unblock', token, '--so-pin-file', desk.put('puk', `${code}\n`), '--new-pin-file', desk.path('new'), '--json');
    const wrong = await unblock('00112233');
    expect([...outcomeOf(wrong), /\w/.test(errorOf(wrong).hint)]).toEqual([5, 'token.unlock-code-incorrect', true]);
    expect((await list()).map(({ tries }) => tries)).toEqual([{ pin: 0, unlockCode: 2 }]);
    const done = await unblock(puk);
    expect([done.exit, card.read().pin, card.read().pinTries, card.read().pukTries]).toEqual([0, fresh, 3, 3]);
    for (const { stdout, stderr } of [wrong, done]) expect(stdout + stderr).not.toMatch(new RegExp(`${puk}|${fresh}|00112233`));
  });

  test('gets an unlock code that the vault keeps by one line, once, and is unlocked by it without anybody typing one', async () => {
    const { desk, card, list, token, lock } = await lineWithCard({ pin });
    expect(await desk.json('token', 'secure', token)).toMatchObject({ token });
    const { puk: own } = card.read();
    expect([own === '12345678', (await list()).map(({ isUnlockCodeKept }) => isUnlockCodeKept)]).toEqual([false, [true]]);
    expect(outcomeOf(await desk.run('token', 'secure', token, '--json'))).toEqual([3, 'conflict']);
    expect((await lock()).map(outcomeOf)).toEqual(locking);
    const done = await desk.run('token', 'unblock', token, '--new-pin-file', desk.path('new'), '--json');
    expect([done.exit, card.read().pin, card.read().pinTries, card.read().puk]).toEqual([0, fresh, 3, own]);
    expect((await desk.run('audit', 'list', '--json')).stdout).not.toContain(own);
  });
});
