import type { Recovered } from '../contract/escrow.ts';
import type { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { PfxPrimitives } from '../domain/pfx/primitives.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { EscrowRequestRecord } from '../ports/stores/escrow.ts';
import type { OpenCompartment, Vault } from '../ports/vault.ts';
import { exportPrivateKey } from './certificate-export.ts';
import { dealEscrow, writeDeal } from './escrow-dealing.ts';
import { openEscrow, vouchedOfficers } from './escrow-opening.ts';
import { findOpenRequest, ofPerson, type EscrowRequestParts } from './escrow-request.ts';
import type { Commit } from './handler.ts';
import type { KeyAccess } from './key-access.ts';
import type { Session } from './open-session.ts';

export interface EscrowRecoveryParts extends EscrowRequestParts {
  readonly pfxPrimitives: PfxPrimitives;
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
    const rows = await escrowedOf(parts.read(), request);
    const order = { certificates: rows.map((row) => row.id), format, password };
    const { file, password: made } = await exportPrivateKey({ ...parts, keyAccess: escrowAccess(parts, open) }, session.unlocked, order);
    const deal = await dealEscrow(parts.read(), open, await vouchedOfficers(parts.read(), session.unlocked));
    const subject = { ...ofPerson(request), recipient: request.recipient, case: request.caseNumber, certificates: order.certificates, way };
    return async (stores, { time }) => {
      await writeDeal(stores, deal);
      await stores.escrow.finish(id, { way, doneAt: time });
      const value = { file, password: made, recipient: request.recipient, person: request.personId ?? '' };
      return { value, subject, reason: request.reason };
    };
  } finally {
    open.wipe();
  }
}

/** @throws AppError not-found when no key of theirs is in the escrow */
async function escrowedOf(stores: ReadStores, { personId, keyId }: EscrowRequestRecord): Promise<readonly CertificateRow[]> {
  const rows = (await stores.certificates.ofPerson(personId ?? '')).filter(
    (row) => row.keyStore === 'vault' && row.keyUsage !== 'sign' && (keyId === null || row.keyId === keyId),
  );
  if (rows.length === 0) throw new AppError('not-found', 'No key of theirs is kept in the escrow.', { what: 'key' });
  return rows;
}

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
