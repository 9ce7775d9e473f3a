import { AppError } from '../../../domain/errors.ts';
import { describeHeld } from '../../../domain/mail-client/held-openpgp.ts';
import { judgeOpenPgp } from '../../../domain/mail-client/judge-openpgp.ts';
import { mailClientNames, type MailWrite } from '../../../domain/mail-client/mail-client.ts';
import { chooseOpenPgpKey, type MailOpenPgpKey } from '../../../domain/mail-client/openpgp-setup.ts';
import type { LockOpenPgpKeys, OpenPgpHandOver, OpenPgpProfileRequest } from '../../../ports/mail-client.ts';
import { digestOf } from './digest.ts';
import type { OpenPgpProgram } from './openpgp-program.ts';
import { requireReady, theirs, type ProfileChanges } from './profile-changes.ts';
import type { Program } from './program.ts';
import type { Workbench } from './workbench.ts';

/** OpenPGP as the port wants it: changed on a copy, read back there, swapped in, read back again. */
export function openPgpHandOver(program: Program, openPgp: OpenPgpProgram, changes: ProfileChanges): OpenPgpHandOver {
  const readBack = (request: OpenPgpProfileRequest) => changes.onCopy(request, (bench) => openPgp.read(bench, request));
  const makeOn = async (bench: Workbench, request: OpenPgpProfileRequest, lock: LockOpenPgpKeys) => {
    await openPgp.write(bench, theirs(request.profile, request.setup.mailboxes), request, lock);
    requireReady(judgeOpenPgp(await openPgp.read(bench, request)));
    return bench.changes(bench.withheld());
  };
  return {
    plan: (request) => plan(program, openPgp, request),
    read: async (request) => {
      changes.refuseOpen(request.profile.path);
      return readBack(request);
    },
    apply: (request, lock, change) =>
      changes.apply(request.profile.path, change, {
        check: () => void plan(program, openPgp, request),
        prepare: () => changes.onCopy(request, (bench) => makeOn(bench, request, lock)),
        prove: async () => requireReady(judgeOpenPgp(await readBack(request))),
      }),
  };
}

function plan(
  program: Program,
  { planned, settings }: OpenPgpProgram,
  { profile, setup, now }: OpenPgpProfileRequest,
): readonly MailWrite[] {
  const identities = theirs(profile, setup.mailboxes);
  for (const key of identities.map((identity) => chooseOpenPgpKey(setup, identity))) requireFit(program, key, now);
  const writes: readonly MailWrite[] = [
    { file: planned.keys, kind: 'openpgp-secrets', count: setup.keys.length },
    { file: planned.rings, kind: 'openpgp-keys', count: setup.keys.length },
    { file: planned.acceptance, kind: 'openpgp-acceptance', count: setup.keys.length + setup.recipients.length },
    { file: planned.settings, kind: 'openpgp-settings', count: settings * identities.length },
    { file: planned.rings, kind: 'openpgp-recipients', count: setup.recipients.length },
  ];
  return writes.filter(({ count }) => count > 0);
}

/** @throws AppError client.unfit-openpgp for a key that signs alone, or opens mail alone, or is over */
function requireFit({ id }: Program, { certificate, fingerprint }: MailOpenPgpKey, now: Date): void {
  const held = describeHeld(certificate, digestOf, now);
  if (held?.canSign === true && held.canEncrypt && !held.isRevoked && !held.isExpired) return;
  throw new AppError('client.unfit-openpgp', `${mailClientNames[id]} can do nothing with this OpenPGP key.`, {
    program: mailClientNames[id],
    fingerprint,
  });
}
