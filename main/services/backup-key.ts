import type { BackupKeyView } from '../contract/backup.ts';
import { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { Backups } from '../ports/backups.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';

/** What backups are locked with: the public half alone is kept, so a backup can be made while nobody is there to type. */
export async function findBackupKey(stores: ReadStores): Promise<BackupKeyView | undefined> {
  const text = await stores.settings.get('backup-key');
  return text === undefined ? undefined : (JSON.parse(text) as BackupKeyView);
}

/** @throws AppError input.no-backup-key */
export async function requireBackupKey(stores: ReadStores): Promise<BackupKeyView> {
  const key = await findBackupKey(stores);
  if (key === undefined) throw new AppError('input.no-backup-key', 'There is no backup key yet.');
  return key;
}

/** Makes a key and keeps its public half. */
export async function makeBackupKey({ backups }: { readonly backups: Backups }): ReturnType<AreaHandlers<'backup'>['makeKey']> {
  const { key, recipient } = await backups.createKey();
  return async (stores, { time }) => {
    const kept: BackupKeyView = { recipient, madeAt: time };
    await stores.settings.put('backup-key', JSON.stringify(kept));
    return { value: { ...kept, key: new Secret(key) }, subject: { recipient }, pushes: [{ name: 'backup.changed', payload: {} }] };
  };
}
