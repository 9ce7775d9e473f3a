import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { command, query } from './call.ts';
import { fileContent } from './secret.ts';

export interface CompromisedList {
  readonly id: string;
  readonly name: string;
  /** Keys it added to those known before. */
  readonly keys: number;
  readonly addedAt: string;
}

/** A key of the inventory that must not be used. */
export interface KeyFinding {
  /** `compromised`: on a list. `same-modulus`, `common-prime`: another key here gives its private half away. `weak`: its own modulus does. */
  readonly code: 'compromised' | 'same-modulus' | 'common-prime' | 'weak';
  readonly key: string;
  readonly certificate: string;
  readonly person: string | null;
}

/** The keys of the practice and those it must not meet. */
export const keys = {
  /** Adds keys that are known to be in other hands: no request, card or import with one of them is taken from now on. */
  addCompromised: command<{ readonly list: string; readonly added: number; readonly known: number }>()({
    access: whoMay('keys.addCompromised'),
    input: z.strictObject({
      /** SHA-256 of the SubjectPublicKeyInfo in hexadecimal, one a line, or the digits of Debian's openssl-blacklist. */
      file: fileContent(),
    }),
    audit: 'key.add-compromised',
    subject: () => ({}),
  }),

  compromisedLists: query<{ readonly lists: readonly CompromisedList[] }>()({
    access: whoMay('keys.compromisedLists'),
    input: z.strictObject({}),
  }),

  /** Looks through every key here: on a list, weak, or giving another one away. Takes a while when there are thousands. */
  checkInventory: query<{ readonly checked: number; readonly findings: readonly KeyFinding[] }>()({
    access: whoMay('keys.checkInventory'),
    input: z.strictObject({}),
  }),
};
