import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../contract/secret.ts';
import type { CommandContext } from '../command.ts';

const driver = 'SoftHSM';

/** Before the core is there: a place for software tokens that is the demo's own, so that nobody's tokens are touched. */
export function prepareSoftToken(directory: string): void {
  const tokens = join(directory, 'token', 'store');
  const configuration = join(directory, 'token', 'softhsm2.conf');
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`, { mode: 0o600 });
  process.env['SOFTHSM2_CONF'] = configuration;
}

export interface DemoToken {
  readonly serialNumber: string;
  /** PEM file of the certificate whose key was born on the token. */
  readonly certificate: string;
}

/** Sets up a token, `copy` giving its PINs, and makes one person's signing key on it. Null where there is no software token. */
export async function enrollOnSoftToken(
  { client, files }: CommandContext,
  person: string,
  directory: string,
  copy: () => Secret,
): Promise<DemoToken | null> {
  const { modules } = await client.tokens.list({});
  if (!modules.some(({ name, state }) => name === driver && state === 'working')) return null;
  const { token } = await client.tokens.initialize({ module: driver, label: 'Sample card', soPin: copy(), pin: copy() });
  await client.tokens.enroll({ person, token, pin: copy() });
  const [signing] = (await client.tokens.show({ token })).certificates;
  if (signing === undefined) return null;
  const { name, bytes } = await client.certificates.export({ certificate: signing.id, format: 'pem' });
  const certificate = join(directory, 'token', name);
  files.write(certificate, bytes);
  return { serialNumber: token, certificate };
}
