import { existsSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { newDesk } from './support/command-line.ts';

it('the demo makes the sample practice, and openssl, gpg and NSS find nothing wrong with any of it', async () => {
  const before = process.env['SOFTHSM2_CONF'];
  onTestFinished(() => {
    if (before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = before;
  });
  const desk = newDesk();
  const demo = await desk.json<{
    readonly people: number;
    readonly certificates: number;
    readonly auditHolds: boolean;
    readonly thunderbird: { readonly directory: string } | null;
    readonly token: { readonly certificate: string } | null;
    readonly checks: readonly { readonly by: string; readonly what: string; readonly held: number; readonly of: number }[];
  }>('demo', '--out', desk.path('demo'));
  expect(demo).toMatchObject({ people: 25, certificates: 50, auditHolds: true });
  expect(demo.checks.filter(({ held, of }) => held !== of)).toEqual([]);
  expect(new Set(demo.checks.map(({ by }) => by))).toEqual(new Set(['openssl', 'gpg', 'NSS']));
  expect(existsSync(demo.thunderbird?.directory ?? '')).toBe(true);
  expect(existsSync(demo.token?.certificate ?? '')).toBe(true);
  expect((await desk.run('demo', '--out', desk.path('demo'))).exit).toBe(3);
});
