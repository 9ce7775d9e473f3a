import { expect, test } from 'vitest';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm } from '../services/support/soft-hsm.ts';
import { deskWithPractice, type Run } from './support/command-line.ts';

const errorOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string; hint: string } }).error;

test('a card is registered, signs in instead of the passphrase, and is taken away again', async () => {
  const hsm = newSoftHsm();
  const [token, other] = [hsm.addToken('Admin'), hsm.addToken('Other')];
  const desk = await deskWithPractice({ tokenModules: [softHsmModule] });
  const ownPin = ['--pin-file', desk.put('pin', `${pin}\n`)];
  // A passphrase file that does not open: whatever signs in here, it is not the passphrase.
  const byCard = ['--sign-in-token', token.slice(-6), '--passphrase-file', desk.put('none', 'no passphrase\n')];
  expect((await desk.run('operator', 'card')).stdout).toBe('No card signs you in.\n');
  expect(errorOf(await desk.run('people', 'list', ...byCard, ...ownPin, '--json'))).toMatchObject({ code: 'session.card-unknown' });
  expect(await desk.json('operator', 'card', 'add', token, ...ownPin)).toEqual({ token });
  expect((await desk.run('operator', 'card')).stdout).toContain(token);
  expect(await desk.json('operator', 'list', ...byCard, ...ownPin)).toMatchObject({ operators: [{ name: 'admin' }] });

  const wrong = await desk.run('people', 'list', ...byCard, '--pin-file', desk.put('wrong', '987124\n'), '--json');
  expect([wrong.exit, errorOf(wrong).code]).toEqual([5, 'token.pin-incorrect']);
  const none = await desk.run('people', 'list', ...byCard, '--json');
  expect([none.exit, errorOf(none).code]).toEqual([2, 'input.invalid']);
  const others = await desk.run('people', 'list', '--sign-in-token', other, ...ownPin, '--json');
  expect([others.exit, errorOf(others).code]).toEqual([4, 'session.card-unknown']);
  expect(errorOf(others).hint).toContain('keyward operator card add');
  expect((await desk.run('people', 'list', '--sign-in-token', 'ffffffff', ...ownPin, '--json')).exit).toBe(5);

  expect(await desk.json('operator', 'card', 'remove', token, ...byCard, ...ownPin)).toEqual({ token });
  expect(errorOf(await desk.run('people', 'list', ...byCard, ...ownPin, '--json'))).toMatchObject({ code: 'session.card-unknown' });
});
