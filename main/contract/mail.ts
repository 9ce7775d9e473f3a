import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { encryptionChoices, mailClientIds, type MailClientId } from '../domain/mail-client/mail-client.ts';
import type { MailFindingCode } from '../domain/mail-client/mail-finding.ts';
import { mailKitIds } from '../domain/mail-client/kit/kits.ts';
import { command, query } from './call.ts';
import { secret, type FileContent, type Secret } from './secret.ts';

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
  readonly profile: string;
  readonly addresses: readonly string[];
  readonly certificates: readonly string[];
}

export interface MailKit {
  readonly files: readonly FileContent[];
  readonly password: Secret | null;
}

export interface MailCheck {
  /** True exactly when there is no finding. */
  readonly isReady: boolean;
  readonly profile: string;
  readonly findings: readonly MailFindingView[];
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

export const mail = {
  /** The mail programs on this computer, and who they send as. */
  clients: query<{ readonly clients: readonly MailClientSummary[] }>()({ access: whoMay('mail.clients'), input: z.strictObject({}) }),

  plan: query<MailPlan>()({ access: whoMay('mail.plan'), input: z.strictObject({ ...target, encrypt }) }),

  /** Puts a person's keys into their mail program, and reads them back. The way private keys leave without a file to carry. */
  export: command<MailExport>()({
    access: whoMay('mail.export'),
    input: z.strictObject({ ...target, encrypt, profilePassword }),
    audit: 'mail.export',
    subject: (input) => ({ client: input.client, encrypt: input.encrypt }),
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

  /** Reads a profile back for a person. */
  check: query<MailCheck>()({ access: whoMay('mail.check'), input: z.strictObject({ ...target, profilePassword }) }),
};
