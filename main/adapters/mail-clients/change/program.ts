import type { MailClientId, MailIdentity, MailReading, MailSetup } from '../../../domain/mail-client/mail-client.ts';
import type { MailKeyForm, MailProfile } from '../../../ports/mail-client.ts';
import type { KeyEngine } from '../engines/key-engine.ts';
import type { FileLayout } from './client-files.ts';
import type { OpenPgpProgram } from './openpgp-program.ts';
import type { Workbench } from './workbench.ts';

export interface KnownProfile extends Pick<MailProfile, 'path' | 'name' | 'isDefault'> {}

/** All that tells one mail program from another. The rest (what is changed when, proved, and taken back) is the same for each. */
export interface Program {
  readonly id: MailClientId;
  readonly keyForm: MailKeyForm;
  readonly layout: FileLayout;
  readonly isAnybodys?: boolean;
  /** Where private files may stand for a moment, memory first. */
  readonly temporary: readonly string[];
  /** The files a plan names. */
  readonly planned: Readonly<Record<'keys' | 'certificates' | 'trust' | 'settings', string>>;
  isInstalled(): boolean;
  /** The profiles this computer's lists name. */
  knownProfiles(): readonly KnownProfile[];
  isOpen(profile: string): boolean;
  /** @throws AppError client.unreadable */
  identitiesIn(profile: string): readonly MailIdentity[];
  /** How many settings an identity gets. */
  countSettings(setup: MailSetup, identities: readonly MailIdentity[]): number;
  /** @throws AppError client.absent, client.locked */
  openKeys(bench: Workbench, password: Uint8Array | undefined): Promise<KeyEngine>;
  /** Sets the identities up. @throws AppError client.no-certificate, client.unreadable */
  write(directory: string, identities: readonly MailIdentity[], setup: MailSetup, keys: KeyEngine): Promise<void>;
  /** `withheld`: what the file that tools get no copy of says, or is going to say. */
  read(directory: string, setup: MailSetup, keys: KeyEngine, withheld: Uint8Array | undefined): Promise<MailReading>;
  /** What the withheld file is to say, so that the program finds the cards somebody's keys are on; without it, it uses no cards. */
  readonly withCards?: (withheld: Uint8Array, setup: MailSetup) => Uint8Array;
  /** Without it, OpenPGP keys are not handed over from here. */
  readonly openPgp?: OpenPgpProgram;
}
