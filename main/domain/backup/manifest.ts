import { utf8Decode, utf8Encode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';

/** Names of what is in a backup, in this order. */
export const backupParts = { manifest: 'manifest.json', guide: 'README.txt', database: 'keyward.db' } as const;

const format = 'keyward-backup';
/** Raised when an older Keyward could no longer restore what is written. */
const version = 1;

/** The log at the moment of a backup. */
export interface BackedUpLog {
  readonly size: number;
  /** Base64, as in notes. */
  readonly root: string;
  /** The newest signed total (C2SP tlog-checkpoint), if there is one. */
  readonly checkpoint: string | null;
  readonly vkey: string;
}

export interface BackedUpFile {
  readonly name: string;
  readonly octets: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a backup says of itself: the first file in it. */
export interface BackupManifest {
  readonly created: string;
  readonly keyward: string;
  readonly workspace: string;
  readonly practice: string;
  readonly log: BackedUpLog;
  readonly files: readonly BackedUpFile[];
}

export const encodeManifest = (manifest: BackupManifest): Uint8Array =>
  utf8Encode(`${JSON.stringify({ format, version, ...manifest }, null, 2)}\n`);

/** @throws AppError input.not-a-backup for what is not ours, store.schema-too-new, integrity.backup-damaged */
export function readManifest(octets: Uint8Array): BackupManifest {
  const value = parse(octets);
  if (!isRecord(value) || value['format'] !== format)
    throw new AppError('input.not-a-backup', 'What this file holds was not written by Keyward as a backup.');
  if (typeof value['version'] !== 'number' || value['version'] > version)
    throw new AppError('store.schema-too-new', 'This backup was made by a newer Keyward.');
  const { created, keyward, workspace, practice, log, files } = value;
  if (![created, keyward, workspace, practice].every(isText) || !isLog(log) || !Array.isArray(files) || !files.every(isFile))
    throw new AppError('integrity.backup-damaged', 'What this backup says of itself cannot be read.');
  return { created, keyward, workspace, practice, log, files } as BackupManifest;
}

function parse(octets: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Decode(octets) ?? '');
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1000;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const isLog = (value: unknown): value is BackedUpLog =>
  isRecord(value) &&
  isCount(value['size']) &&
  isText(value['root']) &&
  isText(value['vkey']) &&
  (value['checkpoint'] === null || isText(value['checkpoint']));

const isFile = (value: unknown): value is BackedUpFile =>
  isRecord(value) &&
  isText(value['name']) &&
  isCount(value['octets']) &&
  typeof value['sha256'] === 'string' &&
  /^[0-9a-f]{64}$/.test(value['sha256']);
