import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { faultyModule } from '../services/support/faulty-module.ts';
import { newPractice, openPractice, secret } from '../services/support/practice.ts';
import { pin } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn } from '../services/support/soft-hsm.ts';

const program = fileURLToPath(new URL('authority-making-process.ts', import.meta.url));

it.each([
  ['create', 'C_CreateObject'],
  ['request', 'C_Sign'],
] as const)(
  'a key born on a token for an authority (%s) whose core is killed before the rest is listed as unfinished, and taken off by the PIN',
  { timeout: 60_000 },
  async (what, reached) => {
    const hsm = newSoftHsm();
    const token = hsm.addToken('Authority');
    const module = faultyModule(hsm.directory, 'on demand');
    const parts = { tokenModules: [module], tokenDeadlines: impatient };
    const first = await newPractice(parts);
    await first.door.close();

    hsm.fail(reached, 'before', 'hang');
    const making = spawn(process.execPath, [program, first.directory, token, module.library, what], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await vi.waitFor(() => expect(hsm.hasFailed()).toBe(true), { timeout: 30_000, interval: 20 });
    making.kill('SIGKILL');
    await once(making, 'exit');
    hsm.fail();
    expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, publicKeys: 1, certificates: [] }]);

    const { client, door } = await openPractice({ ...parts, workspaceDirectory: first.directory });
    await client.session.signIn({ passphrase: secret() });
    const unfinished = async () => (await client.tokens.list({})).unfinished;
    expect(await unfinished()).toMatchObject([{ token, authority: 'Card CA', personId: null, state: 'begun', isEnrolment: false }]);
    expect((await client.tokens.list({})).tokens).toMatchObject([{ unfinished: true, isEnrolmentBegun: false }]);
    expect((await client.authorities.list({})).authorities.some(({ name }) => name === 'Card CA')).toBe(false);
    await client.tokens.reconcile({ token, pin: secret(pin) });
    expect([await unfinished(), objectsOn(token)]).toEqual([[], []]);
    expect(await client.audit.verify({})).toMatchObject({ holds: true });
    await door.close();
  },
);
