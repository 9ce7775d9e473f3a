import type { Recovered } from '../contract/escrow.ts';
import type { Secret } from '../contract/secret.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import { AppError } from '../domain/errors.ts';
import type { PfxPrimitives } from '../domain/pfx/primitives.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpenPgp } from '../ports/openpgp.ts';
import type { OpenCompartment, Vault } from '../ports/vault.ts';
import { dealEscrow, writeDeal } from './escrow-dealing.ts';
import { openEscrow, vouchedOfficers } from './escrow-opening.ts';
import { escrowedKeysOf, exportEscrowed, type EscrowedKeys } from './escrowed-keys.ts';
import { filePassword } from './file-password.ts';
import { findOpenRequest, ofPerson, type EscrowRequestParts } from './escrow-request.ts';
import type { Commit } from './handler.ts';
import type { KeyAccess } from './key-access.ts';
import type { Session } from './open-session.ts';

export interface EscrowRecoveryParts extends EscrowRequestParts {
  readonly pfxPrimitives: PfxPrimitives;
  readonly openPgp: OpenPgp;
}

interface Delivery {
  readonly request: string;
  readonly format: 'p12-modern' | 'p12-compatible';
  readonly password?: Secret | undefined;
  readonly sheets?: Secret | undefined;
}

/**
 * The keys that were asked for, under a password, for who asked. While the escrow is open it gets another key pair and is shared anew: the
 * share that was lent opens nothing from then on.
 * @throws AppError as `findOpenRequest` and `openEscrow`; session.not-permitted for somebody else's request; integrity.operator-changed
 */
export async function recover(
  parts: EscrowRecoveryParts,
  { request: id, format, password, sheets }: Delivery,
  session: Session,
  alone: boolean,
): Promise<Commit<Recovered>> {
  const request = await findOpenRequest(parts, id);
  if (request.askedBy !== session.operator.id) throw new AppError('session.not-permitted', 'Only who asked is given the keys.');
  if (request.personId === null) throw new AppError('conflict', 'This request is not for keys.', { what: 'request', id });
  const { open, way } = await openEscrow(parts, session, { request, sheets, alone });
  try {
    const keys = await escrowedKeysOf(parts.read(), request);
    const { octets, made } = filePassword(password, parts.random);
    const within = { ...parts, keyAccess: escrowAccess(parts, open) };
    const files = await exportEscrowed(within, session.unlocked, keys, { format, password: octets });
    const deal = await dealEscrow(parts.read(), open, await vouchedOfficers(parts.read(), session.unlocked));
    const subject = { ...ofPerson(request), recipient: request.recipient, case: request.caseNumber, ...idsOf(keys), way };
    return async (stores, { time }) => {
      await writeDeal(stores, deal);
      await stores.escrow.finish(id, { way, doneAt: time });
      const value = { ...files, password: made, recipient: request.recipient, person: request.personId ?? '' };
      return { value, subject, reason: request.reason };
    };
  } finally {
    open.wipe();
  }
}

const idsOf = ({ certificates, openPgp }: EscrowedKeys): AuditSubject => ({
  certificates: certificates.map(({ id }) => id),
  ...(openPgp.length === 0 ? {} : { openPgp: openPgp.map(({ id }) => id) }),
});

/** Opens what is sealed for the escrow with its open key pair, whoever asks. */
const escrowAccess = (
  { read, vault }: { readonly read: () => ReadStores; readonly vault: Vault },
  open: OpenCompartment,
): Pick<KeyAccess, 'withPrivateKey'> => ({
  async withPrivateKey(_, keyId, __, use) {
    const sealed = await read().vault.sealedKey(keyId);
    for (const { sealingKeyId } of sealed?.wraps ?? []) {
      const record = await read().vault.sealingKey(sealingKeyId);
      if (sealed === undefined || record?.compartment !== 'escrow') continue;
      const pkcs8 = vault.open(sealed, await open.openSealingKey(record));
      try {
        return await use(pkcs8);
      } finally {
        pkcs8.fill(0);
      }
    }
    throw new AppError('not-found', 'This key is not kept in the escrow.', { what: 'key', id: keyId });
  },
});
