import { expect, test } from 'vitest';
import { z } from 'zod';
import { rooms } from '../../scripts/static-checks.ts';
import { runTool } from './support/run.ts';
import { sampleTree } from './support/sample-tree.ts';
import { filesOf, root } from './support/tree.ts';

const cruiseSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

async function cruise(directory: string) {
  const found = await runTool('depcruise', ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...rooms], directory);
  return cruiseSchema.parse(JSON.parse(found.stdout));
}

/** Modules that other samples import. */
const imported = {
  'main/compose.ts': 'export const value = 1;',
  'main/contract/area.ts': 'export const value = 1; export type Value = number;',
  'main/contract/client.ts': 'export const value = 1;',
  'main/domain/value.ts': 'export const value = 1; export type Value = number;',
  'main/ports/clock.ts': 'export interface Clock { readonly now: number }',
  'main/services/use-case.ts': 'export const value = 1; export type Value = number;',
  'main/adapters/databases/sqlite.ts': 'export const value = 1;',
  'main/hosts/host.ts': 'export const value = 1;',
  'native/pkcs11/face.ts': 'export const value = 1;',
  'renderer/api.ts': 'export const value = 1;',
  'resources/locales/en/errors.json': '{}',
  'scripts/tool.ts': 'export const value = 1;',
  'test/sample.ts': 'export const value = 1;',
};

/** One wrong module for every rule, by the rule's name. */
const wrong: Readonly<Record<string, readonly [file: string, content: string]>> = {
  'rooms:main/domain': ['main/domain/wrong-room.ts', `import type { Clock } from '../ports/clock.ts'; export type A = Clock;`],
  'rooms:main/ports': ['main/ports/wrong-room.ts', `import { type Value } from '../services/use-case.ts'; export type A = Value;`],
  'rooms:main/contract': ['main/contract/wrong-room.ts', `export { value } from '../services/use-case.ts';`],
  'rooms:main/services': ['main/services/wrong-room.ts', `export { value } from '../adapters/databases/sqlite.ts';`],
  'rooms:main/adapters': ['main/adapters/clocks/wrong-room.ts', `export type { Value } from '../../services/use-case.ts';`],
  'rooms:main/workers': ['main/workers/wrong-room.ts', `export * from '../services/use-case.ts';`],
  'rooms:main/hosts': ['main/hosts/wrong-room.ts', `export const lazy = () => import('../services/use-case.ts');`],
  'rooms:main/cli': ['main/cli/wrong-room.ts', `export { value } from '../services/use-case.ts';`],
  'rooms:renderer': ['renderer/wrong-room.ts', `import type { Value } from '../main/services/use-case.ts'; export type A = Value;`],
  'rooms:preload': ['preload/wrong-room.ts', `export { value } from '../renderer/api.ts';`],
  'rooms:native': ['native/pkcs11/wrong-room.ts', `export { value } from '../../main/hosts/host.ts';`],
  'packages:main/domain': ['main/domain/wrong-package.ts', `import { z } from 'zod'; export const a = z;`],
  'packages:main/ports': ['main/ports/wrong-package.ts', `import type { z } from 'zod'; export type A = z.ZodType;`],
  'packages:main/contract': ['main/contract/wrong-package.ts', `export { CipherSuite } from '@hpke/core';`],
  'packages:main/services': ['main/services/wrong-package.ts', `export { CipherSuite } from '@hpke/core';`],
  'packages:main/workers': ['main/workers/wrong-package.ts', `export { CipherSuite } from '@hpke/core';`],
  'packages:main/cli': ['main/cli/wrong-package.ts', `export { CipherSuite } from '@hpke/core';`],
  'packages:preload': ['preload/wrong-package.ts', `export { z } from 'zod';`],
  'home:shamir-secret-sharing': ['main/adapters/backups/wrong-shares.ts', `export { split } from 'shamir-secret-sharing';`],
  'home:age-encryption': ['main/adapters/databases/wrong-backup.ts', `export { Encrypter } from 'age-encryption';`],
  'home:electron': ['main/hosts/chromium/wrong-home.ts', `import type { App } from 'electron'; export type A = App;`],
  'home:playwright-core': ['main/hosts/electron/wrong-home.ts', `export { chromium } from 'playwright-core';`],
  'home:kysely': ['main/adapters/key-stores/wrong-home.ts', `export { Kysely } from 'kysely';`],
  'home:nodemailer': ['main/adapters/key-stores/wrong-nodemailer.ts', `export { createTransport } from 'nodemailer';`],
  'home:openpgp': ['main/adapters/key-stores/wrong-openpgp.ts', `export { generateKey } from 'openpgp';`],
  'home:node:sqlite': ['main/adapters/key-stores/wrong-database.ts', `export { DatabaseSync } from 'node:sqlite';`],
  'home:pkcs11js': ['main/adapters/key-stores/wrong-token.ts', `export { PKCS11 } from 'pkcs11js';`],
  'home:@napi-rs/keyring': ['main/adapters/key-stores/wrong-keychain.ts', `export { Entry } from '@napi-rs/keyring';`],
  'no-cycles': ['main/services/cycle-first.ts', `import type { B } from './cycle-second.ts'; export type A = B;`],
  'no-node-in-pure-rooms': ['main/services/wrong-node.ts', `export { readFileSync } from 'node:fs';`],
  'adapters-apart': ['main/adapters/key-stores/wrong-neighbour.ts', `export { value } from '../databases/sqlite.ts';`],
  'window-knows-types-only': ['renderer/wrong-run-time.ts', `export { value } from '../main/contract/area.ts';`],
  'preload-knows-types-only': ['preload/wrong-run-time.ts', `export { value } from '../main/contract/area.ts';`],
  'no-tests-in-product': ['main/core.ts', `export { value } from '../test/sample.ts';`],
  'no-development-packages-in-product': ['main/adapters/clocks/wrong-package.ts', `export { Sequence } from 'asn1js';`],
  resolvable: ['main/hosts/wrong-address.ts', `export { value } from './not-there.ts';`],
};

/** What looks alike and is right. */
const right = {
  'main/services/cycle-second.ts': `import type { A } from './cycle-first.ts'; export type B = A;`,
  'main/services/right.ts': `import type { Clock } from '../ports/clock.ts'; import { value } from '../domain/value.ts'; export const a = (c: Clock) => c.now + value;`,
  'main/adapters/databases/right.ts': `import { DatabaseSync } from 'node:sqlite'; import { Kysely } from 'kysely'; export const a = [DatabaseSync, Kysely];`,
  'main/hosts/electron/right.ts': `import { app } from 'electron'; import { value } from '../../domain/value.ts'; export const a = [app, value];`,
  'main/hosts/chromium/right.ts': `export { chromium } from 'playwright-core';`,
  'main/cli.ts': `export { value } from './compose.ts';`,
  'main/cli/right.ts': `import { z } from 'zod'; import { value } from '../contract/client.ts'; export const a = [z, value];`,
  'main/compose/right.ts': `import errors from '../../resources/locales/en/errors.json' with { type: 'json' }; export const a = errors;`,
  'native/pkcs11/right.ts': `import { PKCS11 } from 'pkcs11js'; import { value } from '../../main/domain/value.ts'; export const a = [PKCS11, value];`,
  'preload/electron.ts': `export { contextBridge } from 'electron';`,
  'preload/right.ts': `import type { Value } from '../main/contract/area.ts'; export type A = Value;`,
  'renderer/right.ts': `import type { Value } from '../main/contract/area.ts'; export { value } from '../main/contract/client.ts'; export type A = Value;`,
};

test('every module of the rooms is looked at, and there are some', async () => {
  const { modules } = await cruise(root);
  const files = filesOf(...rooms.map((room) => `${room}/**/*.{ts,tsx}`));
  expect(files.length).toBeGreaterThan(100);
  expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(files));
});

test('every rule has a module that breaks it, and refuses that one and no other', async () => {
  const files = { ...imported, ...right, ...Object.fromEntries(Object.values(wrong)) };
  const { summary } = await cruise(sampleTree(files, ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.base.json']));
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  const expected = Object.entries(wrong).map(([rule, [file]]) => `${rule}: ${file}`);
  expect(Object.keys(wrong).sort()).toEqual(summary.ruleSetUsed.forbidden.map(({ name }) => name).sort());
  expect(found.sort()).toEqual(expected.sort());
});
