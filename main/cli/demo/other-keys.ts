import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../contract/secret.ts';
import type { CommandContext } from '../command.ts';
import { single, type Check } from './check.ts';
import type { DemoFiles } from './checks.ts';
import { checkOpenPgp, makeOpenPgp, type DemoOpenPgp } from './openpgp.ts';
import { findProgram, opensslPlaces } from './program.ts';
import { enrollOnSoftToken, type DemoToken } from './soft-token.ts';
import { checkThunderbird, setUpThunderbird, type DemoProfile } from './thunderbird.ts';

/** Who gets what beside the pair that everybody has. */
export interface OtherKeysOrder {
  readonly openPgp: string;
  readonly thunderbird: string;
  readonly token: string;
  readonly directory: string;
  /** The passphrase that opens whatever the demo makes. */
  readonly copy: () => Secret;
}

export interface OtherKeys {
  readonly openPgp: DemoOpenPgp;
  /** Null where the tools that write such a profile are missing. */
  readonly thunderbird: DemoProfile | null;
  /** Null where there is no software token. */
  readonly token: DemoToken | null;
}

/** An OpenPGP key, a mail program that is set up, and a signing key that never leaves its token. */
export async function makeOtherKeys(context: CommandContext, order: OtherKeysOrder): Promise<OtherKeys> {
  const { directory, copy } = order;
  const [openPgp, thunderbird, token] = [
    await makeOpenPgp(context, order.openPgp, directory, copy),
    existsSync('/usr/bin/pk12util') ? await setUpThunderbird(context, order.thunderbird, directory) : null,
    await enrollOnSoftToken(context, order.token, directory, copy),
  ];
  return { openPgp, thunderbird, token };
}

/** The same, as gpg, NSS and openssl see it. */
export async function checkOtherKeys(
  context: CommandContext,
  order: OtherKeysOrder,
  made: OtherKeys,
  files: DemoFiles,
): Promise<readonly Check[]> {
  const password = order.copy();
  try {
    return [
      ...checkOpenPgp(made.openPgp, join(files.directory, 'message', 'message.txt'), password.reveal()),
      ...(made.thunderbird === null ? [] : await checkThunderbird(context, order.thunderbird, made.thunderbird)),
      ...(made.token === null ? [] : checkToken(made.token, files)),
    ];
  } finally {
    password.wipe();
  }
}

function checkToken({ certificate }: DemoToken, { root, issuing }: DemoFiles): Check[] {
  const openssl = findProgram(opensslPlaces);
  if (openssl === undefined) return [];
  const holds = openssl.check(['verify', '-x509_strict', '-CAfile', root, '-untrusted', issuing, '-purpose', 'smimesign', certificate]);
  return [single('openssl', 'a certificate for the key that was born on a token', holds)];
}
