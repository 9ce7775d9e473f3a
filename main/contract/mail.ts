import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import {
  encryptionChoices,
  mailClientIds,
  mailTechnologies,
  type MailClientId,
  type MailTechnology,
} from '../domain/mail-client/mail-client.ts';
import type { MailFindingCode } from '../domain/mail-client/mail-finding.ts';
import { mailProgramIds } from '../domain/mail-client/handover-guide.ts';
import { deliverableKitIds, mailKitIds, type MailKitId } from '../domain/mail-client/kit/kits.ts';
import type { MailProgramId, MailTestState } from '../domain/mail-client/test-message.ts';
import { mostPackages, packageDays, type MailPackageState } from '../domain/mail-client/mail-package.ts';
import { command, query } from './call.ts';
import type { JobError } from './enrollment.ts';
import { fileContent, secret, type FileContent, type Secret } from './secret.ts';

export interface MailProfileSummary {
  readonly path: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly isOpen: boolean;
  /** Sender addresses, under the program's own keys for them. */
  readonly identities: readonly { readonly key: string; readonly address: string }[];
  /** It has no accounts of its own, and serves whoever has keys in it. */
  readonly isAnybodys: boolean;
}

export interface MailClientSummary {
  readonly id: MailClientId;
  readonly name: string;
  readonly isInstalled: boolean;
  /** OpenPGP keys are handed to it from here as well. */
  readonly takesOpenPgp: boolean;
  readonly profiles: readonly MailProfileSummary[];
}

export interface MailFindingView {
  readonly code: MailFindingCode;
  /** The sender address it is about; null when it is about the whole profile. */
  readonly address: string | null;
  readonly sentence: string;
}

/** What would be written, and in what the profile is not ready as it stands. Nothing was changed. */
export interface MailPlan {
  readonly profile: MailProfileSummary;
  /** File within the profile, and a sentence. */
  readonly writes: readonly { readonly file: string; readonly what: string }[];
  /** The identities that would be set up, with the certificates they would get. */
  readonly identities: readonly { readonly key: string; readonly address: string; readonly sign: string; readonly encrypt: string }[];
  /** The certificates that would be there with their private keys, and what the program calls each. */
  readonly certificates: readonly { readonly id: string; readonly name: string }[];
}

export interface MailExport {
  /** Read back after writing: a set-up that would not sign and encrypt is taken back, and answered as client.not-ready. */
  readonly checked: true;
  readonly client: MailClientId;
  readonly technology: MailTechnology;
  readonly profile: string;
  readonly addresses: readonly string[];
  /** Of those in use, or of OpenPGP keys. */
  readonly certificates: readonly string[];
}

/** What was read back from a profile is entered as proved. */
export interface MailProof {
  readonly provedAt: string;
  readonly client: MailClientId;
  readonly profile: string;
  /** Keys whose copy in the vault was destroyed. */
  readonly released: readonly string[];
}

export interface MailKit {
  readonly files: readonly FileContent[];
  readonly password: Secret | null;
}

export interface MailCheck {
  /** True exactly when there is no finding. */
  readonly isReady: boolean;
  /** Null for a program that is not on this computer: what it does is known from its answer to a test message. */
  readonly profile: string | null;
  readonly findings: readonly MailFindingView[];
  /** When it was proved to sign, encrypt and open, now or before; null where it is not. */
  readonly provedAt: string | null;
}

/** A test message to one person, and what became of it. */
export interface MailTest {
  readonly id: string;
  readonly person: string;
  readonly client: MailProgramId | null;
  readonly state: MailTestState;
  readonly madeAt: string;
  /** Answers are taken until then. */
  readonly expiresAt: string;
  readonly provedAt: string | null;
}

export interface MadeMailTest {
  readonly test: MailTest;
  /** The address it is to. */
  readonly to: string;
  /** The mail, to be sent by other means; null where it was sent. */
  readonly file: FileContent | null;
}

/** What the answer to a test message proved. */
export interface MailAnswer {
  readonly test: MailTest;
  readonly person: string;
  readonly name: string;
  readonly client: MailProgramId | null;
  readonly provedAt: string;
  /** Packages that are proved by it. */
  readonly packages: readonly string[];
  /** Keys whose copy in the vault was destroyed. */
  readonly released: readonly string[];
}

/** Where somebody may read mail, and whether their keys can be handed there. */
export interface MailProgram {
  readonly client: MailKitId | MailClientId;
  readonly name: string;
  /** Set up on this computer (`export`), or by files that are taken elsewhere (`kit`, `deliver`). */
  readonly how: 'here' | 'files';
  /** Why their certificates are of no use there, and what to issue instead; null where nothing stands in the way. */
  readonly obstacle: JobError | null;
}

/** One person's package: what is in it, and how far it has come. */
export interface MailPackage {
  readonly id: string;
  /** On its file, and on the slip with its password. */
  readonly number: string;
  readonly delivery: string;
  readonly person: string;
  readonly name: string;
  readonly client: MailKitId;
  readonly state: MailPackageState;
  readonly certificates: readonly string[];
  /** Of the file, hexadecimal; null until it is made. */
  readonly sha256: string | null;
  readonly askedAt: string;
  readonly expiresAt: string | null;
  readonly pickedUpAt: string | null;
  readonly provedAt: string | null;
  /** Why it could not be made. */
  readonly error: JobError | null;
}

export interface MadeMailPackage {
  readonly package: MailPackage;
  /** One ZIP: what their mail program takes, the authorities, the sheet. Private keys in it are under the password. */
  readonly file: FileContent;
  readonly password: Secret | null;
}

const target = {
  /** By id, mail address or staff number. */
  person: z.string().trim().min(1).max(320),
  client: z.enum(mailClientIds),
  /** The profile's directory, absolute; without it the person's default profile on this computer. */
  target: z.string().min(1).max(4096).optional(),
};

/** `ask`: encrypted when the writer asks. `always`: what cannot be encrypted is not sent. */
const encrypt = z.enum(encryptionChoices).default('ask');

/** Where the mail program keeps its keys under a password of its own. UTF-8. */
const profilePassword = secret().optional();

/** People they write to: mail to them can be encrypted from the beginning. */
const recipients = z.array(target.person).max(1000).optional();

/** Their certificates, or their OpenPGP key for whoever uses that instead. */
const technology = z.enum(mailTechnologies).default('smime');

/** Any place where somebody may read mail. */
const program = z.enum(mailProgramIds);

export const mail = {
  /** The mail programs on this computer, and who they send as. */
  clients: query<{ readonly clients: readonly MailClientSummary[] }>()({ access: whoMay('mail.clients'), input: z.strictObject({}) }),

  plan: query<MailPlan>()({ access: whoMay('mail.plan'), input: z.strictObject({ ...target, technology, encrypt, recipients }) }),

  /** Puts a person's keys into their mail program, and reads them back. The way private keys leave without a file to carry. */
  export: command<MailExport>()({
    access: whoMay('mail.export'),
    input: z.strictObject({ ...target, technology, encrypt, profilePassword, recipients }),
    audit: 'mail.export',
    subject: (input) => ({ client: input.client, technology: input.technology, encrypt: input.encrypt }),
  }),

  /**
   * The files a mail program takes that is not set up from here, in its own forms, under one password: made, and answered
   * once, unless one is given. A kit without private keys has none.
   */
  kit: command<MailKit>()({
    access: whoMay('mail.kit'),
    input: z.strictObject({ person: target.person, client: z.enum(mailKitIds), password: secret().optional() }),
    audit: 'mail.kit',
    subject: (input) => ({ client: input.client }),
  }),

  /**
   * Plans a package for each of these people, as one delivery: nothing has left yet. Who makes them goes through what is owed with
   * `makePackage` and `savedPackage`; stopped in the middle, the rest is still owed, and what was not said to be saved is made anew.
   */
  deliver: command<{ readonly delivery: string; readonly packages: readonly MailPackage[] }>()({
    access: whoMay('mail.deliver'),
    input: z.strictObject({
      people: z.array(target.person).min(1).max(mostPackages),
      client: z.enum(deliverableKitIds),
      days: z.int().min(packageDays.least).max(packageDays.most).default(packageDays.usual),
    }),
    audit: 'mail.deliver',
    subject: ({ client, days, people }) => ({ client, days, count: people.length }),
  }),

  /** Makes one package that is owed. Its password is answered this once, and is kept nowhere. */
  makePackage: command<MadeMailPackage>()({
    access: whoMay('mail.makePackage'),
    input: z.strictObject({ package: z.uuid(), password: secret().optional() }),
    audit: 'mail.package',
    subject: (input) => ({ package: input.package }),
  }),

  /** It is where it can be picked up. An earlier one for the same person and program that still waited is withdrawn. */
  savedPackage: command<MailPackage>()({
    access: whoMay('mail.savedPackage'),
    input: z.strictObject({ package: z.uuid() }),
    audit: 'mail.package-saved',
    subject: (input) => ({ package: input.package }),
  }),

  /** Somebody has fetched it. Refused for one that expired; with its file, also for a file that is not the one that was made. */
  pickUp: command<MailPackage>()({
    access: whoMay('mail.pickUp'),
    input: z.strictObject({ package: z.uuid(), file: fileContent().optional(), note: z.string().trim().min(1).max(500).optional() }),
    audit: 'mail.pick-up',
    subject: (input) => ({ package: input.package }),
  }),

  /** Writes down which packages nobody picked up in time; they are refused from their last moment on, whether or not that was done. */
  expire: command<{ readonly packages: readonly MailPackage[] }>()({
    access: whoMay('mail.expire'),
    input: z.strictObject({}),
    audit: 'mail.expire',
    subject: () => ({}),
  }),

  /** Of one delivery or one person, or the newest. */
  packages: query<{ readonly packages: readonly MailPackage[] }>()({
    access: whoMay('mail.packages'),
    input: z.strictObject({ delivery: z.uuid().optional(), person: target.person.optional() }),
  }),

  /**
   * Reads a profile back and enters that it signs, encrypts and opens. The vault's copy of what it signs with is destroyed then, unless
   * the policy keeps it; never that of a key that opens mail. Refused, and nothing destroyed, while anything is missing there.
   */
  prove: command<MailProof>()({
    access: whoMay('mail.prove'),
    input: z.strictObject({ ...target, profilePassword }),
    audit: 'mail.prove',
    subject: (input) => ({ client: input.client }),
  }),

  /** Where this person's keys could go, before anything is made. */
  programs: query<{ readonly programs: readonly MailProgram[] }>()({
    access: whoMay('mail.programs'),
    input: z.strictObject({ person: target.person }),
  }),

  /**
   * Looks again whether a mail program signs, encrypts and opens for a person, and enters what was found: a profile here is read back, and of a
   * program elsewhere the answer to a test message counts, while what it was proved with is in use. No key leaves the vault by it.
   */
  check: command<MailCheck>()({
    access: whoMay('mail.check'),
    input: z.strictObject({ person: target.person, client: program, target: target.target, technology, profilePassword, recipients }),
    audit: 'mail.check',
    subject: (input) => ({ client: input.client, technology: input.technology }),
  }),

  /**
   * A message that the practice's own mailbox signs, encrypted to a person, with a code that only who opens it sees. With `send` it goes through the
   * practice's mail server, else it is answered as a file.
   */
  test: command<MadeMailTest>()({
    access: whoMay('mail.test'),
    input: z.strictObject({
      person: target.person,
      client: program.optional(),
      send: z.boolean().default(false),
      days: z.int().min(packageDays.least).max(packageDays.most).default(packageDays.usual),
    }),
    audit: 'mail.test',
    subject: ({ client, send, days }) => ({ ...(client === undefined ? {} : { client }), send, days }),
  }),

  /**
   * The answer to a test message: where the code comes back in a mail that the person's certificate in use signed, their mail program is proved to
   * open and to sign. What `prove` does then happens: the vault lets go of the signing key, unless the policy keeps it.
   */
  takeProof: command<MailAnswer>()({
    access: whoMay('mail.takeProof'),
    input: z.strictObject({ file: fileContent() }),
    audit: 'mail.prove',
    subject: () => ({}),
  }),
};
