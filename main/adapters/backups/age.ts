import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Backups } from '../../ports/backups.ts';
import { createAgeKey } from './age-keys.ts';
import { translating } from './file-errors.ts';
import { readBackup } from './read-backup.ts';
import { digestOf, requireFree, unfinishedPath, writeBackup } from './write-backup.ts';

/** Backups in the age format, by the age-encryption library. */
export const ageBackups: Backups = {
  createKey: createAgeKey,
  requireFree,
  write: writeBackup,
  read: readBackup,
  digest: ({ folder, name }) => translating(() => digestOf(join(folder, name))).catch(unlessAbsent),
  discardUnfinished: (place) => translating(() => rm(unfinishedPath(place), { force: true })),
  remove: ({ folder, name }) => translating(() => rm(join(folder, name), { force: true })),
  pathOf: ({ folder, name }) => join(folder, name),
};

function unlessAbsent(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
  return undefined;
}
