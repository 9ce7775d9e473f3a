import type { Compartment } from '../domain/vault/compartment.ts';
import { AppError } from '../domain/errors.ts';
import type { Random } from '../ports/random.ts';
import type { Stores } from '../ports/database.ts';
import type { OpeningRecord, OperatorRecord } from '../ports/stores/operators.ts';
import type { CompartmentRecord, FreshSealingKey, GrantRecord, SealedKeyRecord, VoucherRecord } from '../ports/stores/vault.ts';
import type { LogKey, NewSealingKey, OpenCompartment, UnlockedOperator, Vault } from '../ports/vault.ts';

/** A vault with its first operator, made and not yet recorded. */
export interface NewVault {
  readonly operator: Omit<OperatorRecord, 'createdAt' | 'lastSignInAt' | 'removedAt'>;
  readonly unlocked: UnlockedOperator;
  readonly recoveryCode: Uint8Array;
  readonly openings: readonly OpeningRecord[];
  readonly compartments: readonly CompartmentRecord[];
  readonly grants: readonly GrantRecord[];
  readonly vouchers: readonly VoucherRecord[];
  readonly sealingKeys: readonly FreshSealingKey[];
  readonly logKey: { readonly keyId: string; readonly publicKey: Uint8Array; readonly record: SealedKeyRecord; readonly signer: LogKey };
  /** Seals an authority's private key for its compartment. `pkcs8` stays the caller's to wipe. */
  sealAuthorityKey(keyId: string, pkcs8: Uint8Array): SealedKeyRecord;
}

/**
 * Makes all compartments, the first operator entitled to every one of them, and the log key.
 * @throws AppError input.* for a passphrase that cannot be used
 */
export async function createVaultFor(
  parts: { readonly vault: Vault; readonly random: Random },
  name: string,
  passphrase: Uint8Array,
): Promise<NewVault> {
  const operatorId = parts.random.uuid();
  const created = await parts.vault.createOperator(operatorId, passphrase);
  const open = await parts.vault.createCompartments();
  try {
    const { unlocked } = created;
    const grants = await Promise.all(open.map((compartment) => compartment.grantTo({ id: operatorId, publicKey: unlocked.publicKey })));
    const authority = await parts.vault.createSealingKey(recordOf(open, 'authority'));
    const audit = await parts.vault.createSealingKey(recordOf(open, 'audit'));
    const operator = { id: operatorId, name, role: 'administrator', publicKey: unlocked.publicKey, personId: null } as const;
    return {
      operator,
      unlocked,
      recoveryCode: created.recoveryCode,
      openings: created.openings,
      compartments: open.map(({ record }) => record),
      grants,
      vouchers: open.map((compartment) => compartment.vouch(operator)),
      sealingKeys: [authority.record, audit.record],
      logKey: createLogKey(parts, audit),
      sealAuthorityKey: (keyId, pkcs8) => parts.vault.seal({ keyId, pkcs8, under: [authority.open] }),
    };
  } finally {
    for (const compartment of open) compartment.wipe();
  }
}

function createLogKey({ vault, random }: { readonly vault: Vault; readonly random: Random }, audit: NewSealingKey): NewVault['logKey'] {
  const keyId = random.uuid();
  const { record, publicKey } = vault.createLogKey(keyId, audit.open);
  return { keyId, record, publicKey, signer: vault.openLogKey(record, audit.open) };
}

function recordOf(open: readonly OpenCompartment[], name: Compartment): CompartmentRecord {
  const found = open.find(({ record }) => record.compartment === name);
  if (found === undefined) throw new AppError('internal', 'the vault was made without one of its compartments');
  return found.record;
}

/** Writes a new vault within a unit. */
export async function recordVault(stores: Stores, made: NewVault, time: string): Promise<void> {
  await stores.operators.insert({ ...made.operator, createdAt: time });
  await stores.operators.noteSignIn(made.operator.id, time);
  for (const opening of made.openings) await stores.operators.putOpening(opening);
  await stores.vault.insertCompartments(made.compartments);
  await stores.vault.insertGrants(made.grants);
  await stores.vault.putVouchers(made.vouchers);
  await stores.vault.insertSealingKeys(made.sealingKeys);
  await stores.vault.insertSealedKeys([made.logKey.record]);
}
