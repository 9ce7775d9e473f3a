import { join } from 'node:path';
import type { Environment } from '../../../domain/process/environment.ts';
import type { MailClientId } from '../../../domain/mail-client/mail-client.ts';
import type { MailKeyForm } from '../../../ports/mail-client.ts';
import type { RunTool } from '../change/run-tool.ts';

/** Where the stores of the system are reached from; tests name another platform, and a program that stands in for the real one. */
export interface SystemStorePlaces {
  readonly platform: string;
  readonly home: string;
  /** Windows' own directory. */
  readonly windows: string;
  /** The program that stands in; undefined for the system's own. */
  readonly program?: string;
  /** Where private files may stand for a moment, memory first. */
  readonly temporary: readonly string[];
}

export const systemStorePlaces = (home: string, environment: Environment, temporary: readonly string[]): SystemStorePlaces => ({
  platform: process.platform,
  home,
  windows: environment['SystemRoot'] ?? 'C:\\Windows',
  temporary,
});

export interface SystemStoreParts {
  readonly places: SystemStorePlaces;
  /** Tests let the tool fail; the product never does. */
  readonly run?: RunTool;
}

/** What is put into a store, each in the place the system has for it. `key`: a certificate with its private key. */
export const storeKinds = ['key', 'issuer', 'root', 'recipient'] as const;
export type StoreKind = (typeof storeKinds)[number];

/** One thing in a store, by the SHA-1 of its certificate, which is what these systems name it by. Upper-case hexadecimal. */
export interface StoreEntry {
  readonly kind: StoreKind;
  readonly thumbprint: string;
}

/** What was in a store when it was looked at. */
export interface StoreListing {
  has(entry: StoreEntry): boolean;
}

/** A certificate on its way, or looked at. */
export interface StoreCertificate {
  readonly thumbprint: string;
  /** A file only this user can read, with it in DER. */
  readonly file: string;
}

/** One store, by the system's own tool. All throw AppError client.absent without the tool, client.unreadable where it refuses. */
export interface OpenStore {
  list(): Promise<StoreListing>;
  /** Private keys cannot be taken out again by anybody. The password is ASCII and stays the caller's to wipe. */
  importKeys(file: string, password: Uint8Array): Promise<void>;
  /** The system itself asks the person whether a root is to be trusted. */
  add(kind: Exclude<StoreKind, 'key'>, certificate: StoreCertificate): Promise<void>;
  /** One that is not there is none the less gone. */
  remove(entry: StoreEntry): Promise<void>;
  /** Whether the system takes it, with these authorities; nothing is fetched. */
  accepts(certificate: StoreCertificate, listing: StoreListing, issuers: readonly StoreEntry[]): Promise<boolean>;
}

/** All that tells the store of one system from another. */
export interface SystemStore {
  readonly id: MailClientId;
  readonly system: { readonly platform: string; readonly name: string };
  readonly keyForm: MailKeyForm;
  /** What a plan calls the places. */
  readonly planned: Readonly<Record<StoreKind, string>>;
  /** The one that is meant where none is named. */
  readonly usual: string;
  /** Whether there is such a store. */
  isThere(path: string): boolean;
  open(path: string): OpenStore;
}

/** Where a change of this store is written down until it is done. */
export const journalPath = ({ home }: SystemStorePlaces, id: MailClientId): string => join(home, `.keyward-undo-${id}.json`);
