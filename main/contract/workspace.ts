import { z } from 'zod';
import type { Role } from '../domain/access/role.ts';
import { command, query } from './call.ts';
import { secret, type Secret } from './secret.ts';

const authorityAlgorithms = ['p256', 'p384', 'p521', 'rsa-4096'] as const;
export const subjectAlgorithms = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'p256', 'p384', 'ed25519'] as const;
export type SubjectAlgorithm = (typeof subjectAlgorithms)[number];

export interface WorkspaceStatus {
  readonly isInitialised: boolean;
  readonly practiceName: string | null;
  readonly mailDomain: string | null;
  /** Who can sign in here, by name. */
  readonly operators: readonly string[];
  readonly signedIn: {
    readonly operatorId: string;
    readonly name: string;
    readonly role: Role;
    /** Who of the practice's people they are; null where nobody said. */
    readonly personId: string | null;
  } | null;
  readonly version: string;
}

export interface InitResult {
  readonly operatorId: string;
  readonly rootAuthorityId: string;
  readonly issuingAuthorityId: string;
  /** Opens the operator's keys when the passphrase is lost. Shown once, kept nowhere. UTF-8. */
  readonly recoveryCode: Secret;
}

export const workspace = {
  status: query<WorkspaceStatus>()({ access: 'door', input: z.strictObject({}) }),

  /** Makes the practice: its first operator, vault, log key, root and issuing authority. Signs the operator in. */
  init: command<InitResult>()({
    access: 'door',
    input: z.strictObject({
      name: z.string().trim().min(1).max(64),
      mailDomain: z.string().trim().min(1).max(253).optional(),
      operator: z.string().trim().min(1).max(64).default('admin'),
      passphrase: secret(),
      rootAlgorithm: z.enum(authorityAlgorithms).default('p384'),
      issuingAlgorithm: z.enum(authorityAlgorithms).default('p256'),
      subjectAlgorithm: z.enum(subjectAlgorithms).default('rsa-3072'),
      publishUrl: z
        .url({ protocol: /^http$/ })
        .max(200)
        .optional(),
    }),
    audit: 'workspace.init',
    subject: (input) => ({
      practice: input.name,
      rootAlgorithm: input.rootAlgorithm,
      issuingAlgorithm: input.issuingAlgorithm,
      ...(input.publishUrl === undefined ? {} : { publishUrl: input.publishUrl }),
    }),
  }),
};
