import type { AuthoritySummary } from '../../../main/contract/authorities.ts';

/** An authority with its key in the vault and a good list; a root where nobody is above it. */
export const authority = (id: string, parentId: string | null = null, change: Partial<AuthoritySummary> = {}): AuthoritySummary => ({
  id,
  name: id,
  parentId,
  algorithm: 'p256',
  certificateId: id,
  sha256: '',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
  publishUrl: null,
  ocspUrl: null,
  replaces: null,
  signer: parentId,
  isListOwed: false,
  keyToken: null,
  kind: parentId === null ? 'root' : 'issuing',
  issuesToPeople: parentId !== null,
  mailDomains: [],
  levelsBelow: parentId === null ? 1 : 0,
  keyStore: 'vault',
  revokedAt: null,
  latestList: { number: 1, thisUpdate: '2026-11-01T00:00:00Z', nextUpdate: '2027-05-01T00:00:00Z', entries: 0 },
  ...change,
});

/** A list that ends then. */
export const listUntil = (nextUpdate: string): AuthoritySummary['latestList'] => ({
  number: 1,
  thisUpdate: '2026-11-01T00:00:00Z',
  nextUpdate,
  entries: 0,
});
