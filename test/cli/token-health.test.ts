import { expect, test } from 'vitest';
import { faultyModule } from '../services/support/faulty-module.ts';
import { stoppedReaderService } from '../services/support/reader-service.ts';
import { softHsmModule } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm } from '../services/support/soft-hsm.ts';
import { deskWithPractice } from './support/command-line.ts';

interface Health {
  readonly readers: readonly { readonly reader: string | null; readonly error: { readonly code: string } | null }[];
  readonly modules: readonly { readonly name: string; readonly state: string }[];
  readonly tokens: readonly { readonly serialNumber: string }[];
}

test('what works and what does not is one line each, with what to do about it', async () => {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const tokenModules = [softHsmModule, faultyModule(hsm.directory, 'crashes')];
  const desk = await deskWithPractice({ tokenModules, tokenDeadlines: impatient, readerService: stoppedReaderService });
  const { stdout, exit } = await desk.run('token', 'health');
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^readers: This computer is not looking for cards: .* pcscd/m);
  expect(stdout).toMatch(/^driver SoftHSM: working$/m);
  expect(stdout).toMatch(/^driver crashes: The driver for these cards crashed: crashes\. Try again\./m);
  expect(await desk.json<Health>('token', 'health')).toMatchObject({
    readers: [{ reader: null, error: { code: 'token.service-stopped' } }],
    modules: [{ state: 'working' }, { state: 'crashed' }],
    tokens: [{ serialNumber: token }],
  });
});
