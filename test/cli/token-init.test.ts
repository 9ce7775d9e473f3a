import { expect, it } from 'vitest';
import { newSoftHsm } from '../services/support/soft-hsm.ts';
import { deskWithPractice } from './support/command-line.ts';

it('a new token is set up with its PINs, then takes a key, and is never set up again', async () => {
  newSoftHsm();
  const desk = await deskWithPractice();
  desk.put('pin', '482915\n');
  desk.put('so-pin', '73946105\n');
  const options = ['--label', 'Front desk', '--so-pin-file', desk.path('so-pin'), '--pin-file', desk.path('pin')];
  const { token } = await desk.json<{ token: string }>('token', 'init', '--module', 'SoftHSM', ...options);
  const list = await desk.json<{ tokens: { serialNumber: string; label: string; pin: string }[] }>('token', 'list');
  expect(list.tokens).toMatchObject([{ serialNumber: token, label: 'Front desk', pin: 'fine' }]);
  const another = await desk.json<{ token: string }>('token', 'init', '--module', 'SoftHSM', ...options);
  expect(another.token).not.toBe(token);
  const { entries } = await desk.json<{ entries: { action: string; outcome: string }[] }>('audit', 'list');
  const actions = entries.map(({ action, outcome }) => `${action} ${outcome}`);
  expect(actions.filter((action) => action.startsWith('token.')).toSorted()).toEqual(
    ['token.initialize success', 'token.initialize success', 'token.initialize-begin success', 'token.initialize-begin success'].toSorted(),
  );
});

it('a driver that is not there and a PIN the token does not take are refused in words', async () => {
  newSoftHsm();
  const desk = await deskWithPractice();
  desk.put('pin', '9\n');
  desk.put('so-pin', '73946105\n');
  const options = ['--label', 'x', '--so-pin-file', desk.path('so-pin'), '--pin-file', desk.path('pin'), '--json'];
  const unknown = await desk.run('token', 'init', '--module', 'Nobody', ...options);
  expect([unknown.exit, unknown.stdout]).toEqual([3, expect.stringContaining('not-found')]);
  const short = await desk.run('token', 'init', '--module', 'SoftHSM', ...options);
  expect([short.exit, short.stdout]).toEqual([5, expect.stringContaining('token.pin-refused')]);
});
