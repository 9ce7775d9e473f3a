/** One file in a backup: octets in hand, or a file of the workspace. */
export interface BackupPart {
  readonly name: string;
  readonly content: Uint8Array | { readonly path: string; readonly octets: number };
}

/** Where a backup stands: a folder that exists, absolute, and a plain name in it. */
export interface BackupPlace {
  readonly folder: string;
  readonly name: string;
}

/** A file as it was read from its first octet to its last. */
export interface FileDigest {
  readonly octets: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Which parts are to be put where. */
export interface WantedParts {
  readonly folder: string;
  readonly names: readonly string[];
}

/**
 * Backups as files: a tar archive encrypted in the age format (age-encryption.org/v1) to one X25519 key, whose public half is enough to
 * write. Guarantees: under its name a backup is whole and on the disk, or not there, whatever ends the process; nothing of its content is
 * written anywhere in the clear; files are for their owner only. Trust: the format does not say who encrypted. Whoever knows the public
 * half can make a file that opens; the signed log inside is what shows whose it is.
 */
export interface Backups {
  /** A fresh key, ASCII, the caller's to wipe, and its public half. */
  createKey(): Promise<{ readonly key: Uint8Array; readonly recipient: string }>;
  /** @throws AppError not-found for a folder that is not there, conflict for a name that is taken */
  requireFree(place: BackupPlace): Promise<void>;
  /** @throws AppError not-found, conflict, store.* */
  write(
    place: BackupPlace,
    order: { readonly recipient: string; readonly created: Date; readonly parts: readonly BackupPart[] },
  ): Promise<FileDigest>;
  /**
   * Opens a file and hands its first part, at most 64 KiB, to `open`, which says which others are wanted and the folder to put them in;
   * where it wants none, nothing more is read. Gives what each file put there turned out to be, once the whole backup was authenticated.
   * @throws AppError not-found, input.invalid for a mistyped key, input.not-a-backup, input.wrong-backup-key, integrity.backup-damaged, store.*
   */
  read(path: string, key: Uint8Array, open: (first: Uint8Array) => WantedParts | undefined): Promise<ReadonlyMap<string, FileDigest>>;
  /** The file under a name, or undefined where there is none. */
  digest(place: BackupPlace): Promise<FileDigest | undefined>;
  /** Takes away what a killed process had not finished. None is fine, and so is a folder that is not there. */
  discardUnfinished(place: BackupPlace): Promise<void>;
  /** Takes a backup away. @throws AppError store.read-only */
  remove(place: BackupPlace): Promise<void>;
  /** Whole path of a place, for people to read. */
  pathOf(place: BackupPlace): string;
}
