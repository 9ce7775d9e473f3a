import { z } from 'zod';
import { roles } from '../domain/access/role.ts';
import { command } from './call.ts';
import { id } from './paging.ts';
import { fileContent, secret, type FileContent, type Secret } from './secret.ts';

/** An authority's key in a file, and the password it opens with. */
const carriedKey = z.strictObject({ authority: id, key: secret(), password: secret() });

/** Keys of authorities that are absent in daily work, and what is carried from where they are. */
export const offline = {
  /** The key as encrypted PKCS #8, PEM. A password is made when none is given, and answered once. The key stays here. */
  exportKey: command<{ readonly file: FileContent; readonly password: Secret | null }>()({
    access: roles,
    input: z.strictObject({ authority: id, password: secret().optional() }),
    audit: 'authority.key-export',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Removes the key from the vault, once its file has been read back and opens: nothing but that file has it then. */
  takeOffline: command<{ readonly authority: string }>()({
    access: roles,
    input: carriedKey,
    audit: 'authority.take-offline',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Seals the key into the vault again. */
  bringBack: command<{ readonly authority: string }>()({
    access: roles,
    input: carriedKey,
    audit: 'authority.bring-back',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Takes in a list of revoked certificates that the authority's key signed elsewhere, and what it says is revoked. */
  addList: command<{ readonly number: number; readonly nextUpdate: string; readonly revoked: readonly string[] }>()({
    access: roles,
    input: z.strictObject({ authority: id, list: fileContent() }),
    audit: 'authority.list-import',
    subject: ({ authority }) => ({ authority }),
  }),
};
