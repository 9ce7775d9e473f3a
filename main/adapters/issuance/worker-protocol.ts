import type { KeyObject } from 'node:crypto';
import type { Issuer } from '../../domain/profile/prepare-issuer.ts';
import type { IssuanceOrder, IssuanceTerms } from '../../ports/issuance.ts';
import type { PackedBatch } from './packed-batch.ts';

/** What the core asks the issuing thread. Keys cross as handles; their octets stay in OpenSSL. */
export type IssuanceRequest =
  | { readonly kind: 'load'; readonly issuerId: string; readonly issuer: Issuer; readonly key: KeyObject | null }
  | { readonly kind: 'release'; readonly issuerId: string }
  | {
      readonly kind: 'issue';
      readonly batch: number;
      readonly issuerId: string;
      readonly orders: readonly IssuanceOrder[];
      readonly terms: IssuanceTerms;
    };

/** What it answers, batch by batch; `packed` is absent when the thread could not do it at all. */
export interface IssuanceAnswer {
  readonly batch: number;
  readonly packed?: PackedBatch;
}
