import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { TokenAbilities } from '../domain/token/abilities.ts';
import type { PinLength } from '../domain/token/new-pin.ts';
import type { PinStatus, TriesLeft, UnlockCodeStatus } from '../domain/token/pin-status.ts';
import { command, push, query } from './call.ts';
import type { AttestationView, CertificateSummary } from './certificates.ts';
import type { JobError } from './enrollment.ts';
import { id } from './paging.ts';
import type { NewRequest } from './requests.ts';
import { fileContent, secret } from './secret.ts';
import { subjectAlgorithms } from './workspace.ts';

export interface TokenSummary {
  readonly serialNumber: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  /** Name of the module that shows it. */
  readonly module: string;
  /** The slot it is in, as its driver describes it. */
  readonly reader: string;
  /** What the token tells about tries, read before anybody is asked for the PIN. */
  readonly pin: PinStatus;
  /** It is typed on the pad of the reader: then a PIN without characters is sent. */
  readonly isPinTypedAtReader: boolean;
  /** How long its PIN may be. */
  readonly pinLength: PinLength;
  /** What the token tells about tries of its unlock code: the security officer's PIN, or the PUK. */
  readonly unlockCode: UnlockCodeStatus;
  /** How many tries each of the two has left, counted by the card itself; null where it tells no number. */
  readonly tries: TriesLeft;
  /** Whether its unlock code is the one from the factory, which anybody knows; null where it does not tell. */
  readonly isUnlockCodeFactory: boolean | null;
  /** The vault has the unlock code: nobody has to type it. */
  readonly isUnlockCodeKept: boolean;
  /** The same two of the management key of a PIV card, which makes keys on it. */
  readonly isManagementKeyFactory: boolean | null;
  readonly isManagementKeyKept: boolean;
  /** What keys can be made on it, the preferred first: `p256`, `rsa-2048`, and so on. */
  readonly algorithms: readonly string[];
  /** What it is, whether it opens mail, and whether keys can be put on it. */
  readonly abilities: TokenAbilities;
  /** Whose signing key was put on it last, as recorded; null when nobody's. */
  readonly personId: string | null;
  readonly personName: string | null;
  /** Those recorded as belonging to keys on it, newest first. */
  readonly certificates: readonly CertificateSummary[];
  /** Names of authorities whose key is on it. */
  readonly authorities: readonly string[];
  /** What the maker of the card attests of the keys made on it that have a certificate, by id. */
  readonly attestations: readonly { readonly certificate: string; readonly attestation: AttestationView }[];
  /** Something was begun on it and not finished: enrol the same person again, or reconcile it with its PIN. */
  readonly unfinished: boolean;
  /** What is unfinished on it is an enrolment, which enrolling again completes; everything else is settled by looking the token through. */
  readonly isEnrolmentBegun: boolean;
  /** When it was reported lost: it is refused for use until it is taken back. Null for one that is not lost. */
  readonly lostAt: string | null;
}

/** A driver for tokens. `error` says in words what is wrong when it does not work. */
export interface ModuleSummary {
  readonly name: string;
  readonly library: string;
  readonly state: 'working' | 'missing' | 'unusable' | 'crashed' | 'hung';
  readonly error: JobError | null;
}

/** What was begun on a token and not finished, whether the token is there or not. */
export interface UnfinishedOnToken {
  readonly token: string;
  /** Null for a key of an authority. */
  readonly personId: string | null;
  readonly personName: string | null;
  /** What the authority was to be called whose key it is; null for a person's. */
  readonly authority: string | null;
  readonly begunAt: string;
  /** `begun`: nothing was issued; what may be on the token goes. `issued`: the certificate is still to be written to it. */
  readonly state: 'begun' | 'issued';
  /** Somebody's enrolment; not a key that was put there, nor one for an authority outside. */
  readonly isEnrolment: boolean;
}

/** A token that was reported lost and not taken back. */
export interface LostToken {
  readonly token: string;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly lostAt: string;
}

/** What reporting a token lost would do. */
export interface LossPreview {
  /** Serial number. */
  readonly token: string;
  /** Whose keys are on it; null when nobody's. */
  readonly personId: string | null;
  readonly personName: string | null;
  /** Since when it is lost already; then nothing more can be done. */
  readonly lostAt: string | null;
  /** Those of keys on it that are good, or on hold: they are revoked. */
  readonly revoking: readonly CertificateSummary[];
  /** Good ones of the same person whose keys are elsewhere: they go on. */
  readonly keeping: readonly CertificateSummary[];
  /** When others know, as `certificates.previewRevocation` has it. */
  readonly knownBy: string | null;
  readonly publishUrl: string | null;
  /** Authorities whose next list cannot be made here, because their key is offline or on a token that is not open: it is owed. */
  readonly owing: readonly string[];
  /** Authorities whose own key is on it: their certificate is not revoked by this, and nothing new can be signed by them. */
  readonly authorities: readonly string[];
  /** The practice's OpenPGP keys that sign with it: they are revoked as well. */
  readonly openPgp: readonly LostOpenPgp[];
}

export interface LostOpenPgp {
  readonly id: string;
  readonly fingerprint: string;
}

export interface TokenLost extends Pick<LossPreview, 'token' | 'personId' | 'personName' | 'knownBy' | 'owing' | 'authorities'> {
  readonly revoked: readonly string[];
  /** One that is not revoked has to be by an administrator: only their keys open what ends it. */
  readonly openPgp: readonly (LostOpenPgp & { readonly isRevoked: boolean })[];
  /** The lists that say so. */
  readonly lists: readonly { readonly authority: string; readonly number: number; readonly nextUpdate: string }[];
  readonly auditIndex: number;
}

/** How it stands with one reader of the system, or with all of them where none is named. */
export interface ReaderHealth {
  readonly reader: string | null;
  /** Serial number of the token in it, where all is well. */
  readonly token: string | null;
  /** What keeps a card in it from being used, and what to do; null where all is well. */
  readonly error: JobError | null;
}

export interface TokenList {
  readonly tokens: readonly TokenSummary[];
  readonly modules: readonly ModuleSummary[];
  readonly unfinished: readonly UnfinishedOnToken[];
  /** Those that are lost, whether they are there or not; the last first. */
  readonly lost: readonly LostToken[];
  /** The readers, as far as the system can be asked. */
  readonly readers: readonly ReaderHealth[];
}

export interface TokenEnrollment {
  /** Those of this act; of an earlier one that it completed, if it did. */
  readonly certificates: readonly string[];
  /** Serial number. */
  readonly token: string;
  readonly auditIndex: number;
  /** What kept the certificate from being written to the token: all else is done, and enrolling again completes it. */
  readonly unfinished: JobError | null;
}

/** A key that was made on a token, and the request for it that an authority outside is to sign. */
export interface TokenGenerated extends NewRequest {
  /** Serial number. */
  readonly token: string;
  readonly auditIndex: number;
}

/** A key that opens mail is on a token now, and in the vault as before. */
export interface TokenImported {
  readonly certificate: string;
  /** Serial number. */
  readonly token: string;
  readonly auditIndex: number;
}

/** Who certifies the attestation keys of cards. */
export interface AttestationIssuer {
  readonly sha256: string;
  readonly subject: string;
  readonly notAfter: string;
  /** It comes with Keyward, and stays. */
  readonly isBuiltIn: boolean;
}

/** One that a file brings, before it is taken in. */
export interface BroughtIssuer {
  readonly sha256: string;
  readonly subject: string;
  readonly notAfter: string;
  /** It is among those that are believed already. */
  readonly isKnown: boolean;
}

/** What was done on one token, and where the log says so. */
export interface TokenDone {
  /** Serial number. */
  readonly token: string;
  readonly auditIndex: number;
}

/** A serial number, or the end of one: 4 characters or more. */
const token = z.string().trim().min(1).max(64);

/** The same, also of one that is not there; or a certificate of a key on it by id; or the person by id, mail address or staff number. */
const tokenOrOwner = z.string().trim().min(1).max(320);

/** What was typed may be somebody's address, which stays out of the log. */
const named = (input: { readonly token: string }) => (input.token.includes('@') ? {} : { token: input.token });

const pin = {
  pin: secret(),
  /** The person was told that a wrong PIN now locks the token. */
  finalTry: z.boolean().default(false),
};

/** With what makes keys on a PIV card, 48 hexadecimal digits, where the vault does not have it; left out wherever it has. */
const keys = { ...pin, managementKey: secret().optional() };

export const tokens = {
  /** The tokens that are there now, the drivers that were asked, and what is unfinished. */
  list: query<TokenList>()({ access: whoMay('tokens.list'), input: z.strictObject({}) }),

  attestationIssuers: query<{ readonly issuers: readonly AttestationIssuer[] }>()({
    access: whoMay('tokens.attestationIssuers'),
    input: z.strictObject({}),
  }),

  /** What such a file brings, to be compared with the maker's before it is added; changes nothing. */
  readAttestationIssuers: query<{ readonly issuers: readonly BroughtIssuer[] }>()({
    access: whoMay('tokens.readAttestationIssuers'),
    input: z.strictObject({ file: fileContent() }),
  }),

  /** Believes from now on what these certify of cards: certificates of authorities, PEM or DER, that somebody has compared with the maker's. */
  addAttestationIssuers: command<{ readonly added: readonly AttestationIssuer[] }>()({
    access: whoMay('tokens.addAttestationIssuers'),
    input: z.strictObject({ file: fileContent() }),
    audit: 'token.attestation-issuer-add',
    subject: () => ({}),
  }),

  removeAttestationIssuer: command<{ readonly removed: string }>()({
    access: whoMay('tokens.removeAttestationIssuer'),
    input: z.strictObject({ sha256: z.string().regex(/^[0-9a-fA-F]{64}$/) }),
    audit: 'token.attestation-issuer-remove',
    subject: () => ({}),
  }),

  show: query<TokenSummary>()({ access: whoMay('tokens.show'), input: z.strictObject({ token }) }),

  /**
   * Gives one person a signing key made on the token, its certificate on it, and a decryption key in the vault unless they
   * have one. Without an algorithm the practice's usual one if the token offers it, else the first it offers.
   */
  enroll: command<TokenEnrollment>()({
    access: whoMay('tokens.enroll'),
    input: z.strictObject({
      person: id,
      token,
      ...keys,
      profile: z.string().max(64).default('smime-mailbox-multipurpose'),
      algorithm: z.enum(subjectAlgorithms).optional(),
    }),
    audit: 'token.enroll',
    subject: (input) => ({ person: input.person, token: input.token, profile: input.profile }),
  }),

  /**
   * Makes a signing key for one person on the token, and the request (PKCS #10) that it signs to prove itself: for an authority outside.
   * Its answer is taken in by `requests.accept`; the certificate is written to the token when that is looked through with its PIN.
   */
  generate: command<TokenGenerated>()({
    access: whoMay('tokens.generate'),
    input: z.strictObject({
      person: id,
      token,
      ...keys,
      algorithm: z.enum(subjectAlgorithms).optional(),
      /** As `CN=Front Desk,O=Ridgeway`; their name where left out. */
      subject: z.string().trim().min(1).max(1000).optional(),
      /** Theirs where left out. */
      emails: z.array(z.string().min(1).max(320)).max(50).default([]),
    }),
    audit: 'token.generate',
    subject: (input) => ({ person: input.person, token: input.token }),
  }),

  /** Puts the key of this certificate, which opens mail, on its owner's token, with the certificate. The vault keeps it. */
  import: command<TokenImported>()({
    access: whoMay('tokens.import'),
    input: z.strictObject({ certificate: id, token, ...keys }),
    audit: 'token.import',
    subject: (input) => ({ token: input.token, certificates: [input.certificate] }),
  }),

  /** Another PIN in the place of the one that is known. A wrong one costs one try; what the token would refuse costs none. */
  changePin: command<TokenDone>()({
    access: whoMay('tokens.changePin'),
    input: z.strictObject({ token, ...pin, newPin: secret() }),
    audit: 'token.change-pin',
    subject: (input) => ({ token: input.token }),
  }),

  /** Another PIN by the unlock code, in the place of one that is locked, forgotten or was never set. */
  unblock: command<TokenDone>()({
    access: whoMay('tokens.unblock'),
    input: z.strictObject({
      token,
      /** May be left out where the vault has it. */
      unlockCode: secret().optional(),
      newPin: secret(),
      /** The person was told that a wrong code now locks the token for good. */
      finalTry: z.boolean().default(false),
    }),
    audit: 'token.unblock',
    subject: (input) => ({ token: input.token }),
  }),

  /** Gives a card whose unlock code or management key is the one from the factory another one, which the vault keeps and nobody has to know. */
  secure: command<TokenDone>()({
    access: whoMay('tokens.secure'),
    input: z.strictObject({ token }),
    audit: 'token.secure',
    subject: (input) => ({ token: input.token }),
  }),

  /** Says what reporting it lost would do; changes nothing. */
  previewLoss: query<LossPreview>()({ access: whoMay('tokens.previewLoss'), input: z.strictObject({ token: tokenOrOwner }) }),

  /** Marks a token lost and revokes the certificates of the keys on it, as keys others may have, with the next lists, in one unit. */
  reportLost: command<TokenLost>()({
    access: whoMay('tokens.reportLost'),
    input: z.strictObject({ token: tokenOrOwner, note: z.string().trim().min(1).max(1000).optional() }),
    audit: 'token.lost',
    subject: (input) => named(input),
  }),

  /** Takes back a token that was lost. What was revoked stays revoked. */
  takeBack: command<TokenDone>()({
    access: whoMay('tokens.takeBack'),
    input: z.strictObject({ token: tokenOrOwner }),
    audit: 'token.found',
    subject: (input) => named(input),
  }),

  /** Takes everything off a token that is there, by its unlock code, also its PIN. Only where no certificate on it is good. */
  wipe: command<TokenDone>()({
    access: whoMay('tokens.wipe'),
    input: z.strictObject({
      token,
      unlockCode: secret(),
      /** The person was told that a wrong code now locks the token for good. */
      finalTry: z.boolean().default(false),
    }),
    audit: 'token.wipe',
    subject: (input) => ({ token: input.token }),
  }),

  /** Settles what was left unfinished on the token: removes what was never issued, writes the certificate that was. */
  reconcile: command<{ readonly token: string; readonly finished: number; readonly abandoned: number }>()({
    access: whoMay('tokens.reconcile'),
    input: z.strictObject({ token, ...keys }),
    audit: 'token.reconcile',
    subject: (input) => ({ token: input.token }),
  }),

  /** Sets up a new token of a driver with a label and PINs. One that was set up before is never touched. */
  initialize: command<{ readonly token: string }>()({
    access: whoMay('tokens.initialize'),
    input: z.strictObject({
      module: z.string().trim().min(1).max(100),
      label: z.string().trim().min(1).max(32),
      soPin: secret(),
      pin: secret(),
    }),
    audit: 'token.initialize',
    subject: (input) => ({ module: input.module, label: input.label }),
  }),

  /** Serial numbers of tokens that came, went or changed; none where only a driver stopped working or works again. Sent while somebody is signed in at a window that has listed tokens. */
  changed: push<{ readonly tokens: readonly string[] }>(),
};
