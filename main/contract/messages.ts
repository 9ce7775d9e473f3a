import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { command } from './call.ts';
import { id } from './paging.ts';
import { fileContent, secret, type FileContent } from './secret.ts';

/** A card that is there, with its PIN; `finalTry` takes the last try too. */
export const cardWithPin = () =>
  z.strictObject({ token: z.string().trim().min(4).max(64), pin: secret(), finalTry: z.boolean().default(false) });

const reason = z.string().trim().min(1).max(1000);

interface ByKeyHere {
  readonly file: FileContent;
  /** Whose key it was. */
  readonly certificate: string;
  readonly person: string;
}

/** Files signed and opened with keys of people here; the log keeps whose key it was and why, and nothing of the file. */
export const messages = {
  /** SignedData (RFC 5652) as somebody here, with their chain. */
  sign: command<ByKeyHere>()({
    access: whoMay('messages.sign'),
    input: z.strictObject({
      file: fileContent(),
      certificate: id,
      isDetached: z.boolean().default(false),
      card: cardWithPin().optional(),
      reason,
    }),
    audit: 'message.sign',
    subject: ({ certificate }) => ({ certificate }),
  }),

  /** What an encrypted file (EnvelopedData, AuthEnvelopedData) holds, with the key of somebody here it was encrypted to. */
  open: command<ByKeyHere & { readonly encryption: string; readonly size: number; readonly contentType: string }>()({
    access: whoMay('messages.open'),
    input: z.strictObject({ file: fileContent(), card: cardWithPin().optional(), reason }),
    audit: 'message.open',
    subject: () => ({}),
  }),
};
