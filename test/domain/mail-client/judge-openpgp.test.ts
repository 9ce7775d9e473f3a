import { describe, expect, it } from 'vitest';
import { judgeOpenPgp } from '../../../main/domain/mail-client/judge-openpgp.ts';
import { mailFindingCodes } from '../../../main/domain/mail-client/mail-finding.ts';
import type {
  HeldOpenPgpKey,
  MailOpenPgpKey,
  OpenPgpIdentityReading,
  OpenPgpReading,
} from '../../../main/domain/mail-client/openpgp-setup.ts';

const key: MailOpenPgpKey = {
  id: 'k',
  fingerprint: 'a'.repeat(40),
  certificate: new Uint8Array(),
  addresses: ['ada@ridgeway.example'],
  status: 'valid',
  isCurrent: true,
};

const held: HeldOpenPgpKey = { isRevoked: false, isExpired: false, canSign: true, canEncrypt: true };

const identity: OpenPgpIdentityReading = {
  identity: { key: 'id1', address: 'Ada@Ridgeway.example' },
  isChosen: true,
  isElsewhere: false,
  key,
  held,
  hasSecret: true,
  unlocks: true,
  isAccepted: true,
  signsByDefault: true,
};

const reading = (more: Partial<OpenPgpIdentityReading>): OpenPgpReading => ({
  addresses: ['Ada@Ridgeway.example'],
  identities: [{ ...identity, ...more }],
  missingKept: [],
  missingRecipients: [],
});

const cases: readonly [string, OpenPgpReading][] = [
  ['no-identity', { ...reading({}), identities: [] }],
  ['not-signing', reading({ signsByDefault: false })],
  ['openpgp-nothing-chosen', reading({ isChosen: false, key: undefined })],
  ['openpgp-other-key', reading({ key: undefined })],
  ['openpgp-elsewhere', reading({ isElsewhere: true })],
  ['openpgp-wrong-address', reading({ identity: { key: 'id1', address: 'bob@ridgeway.example' } })],
  ['openpgp-key-missing', reading({ held: undefined })],
  ['openpgp-secret-missing', reading({ hasSecret: false })],
  ['openpgp-locked', reading({ unlocks: false })],
  ['openpgp-not-accepted', reading({ isAccepted: false })],
  ['openpgp-revoked', reading({ held: { ...held, isRevoked: true } })],
  ['openpgp-superseded', reading({ key: { ...key, isCurrent: false }, held: { ...held, isExpired: true } })],
  ['openpgp-expired', reading({ held: { ...held, isExpired: true } })],
  ['openpgp-unfit', reading({ held: { ...held, canEncrypt: false } })],
  ['openpgp-old-mail', { ...reading({}), missingKept: [key] }],
  ['openpgp-recipient-missing', { ...reading({}), missingRecipients: [key] }],
];

describe('a profile whose OpenPGP was read back', () => {
  it('is ready when nothing is wrong, however the address is spelt', () => {
    expect(judgeOpenPgp(reading({}))).toEqual([]);
  });

  it.each(cases)('is not ready: %s', (code, read) => {
    expect(judgeOpenPgp(read).map((finding) => finding.code)).toEqual([code]);
  });

  it('can be wrong in every way there is a sentence for', () => {
    const ours = mailFindingCodes.filter((code) => code.startsWith('openpgp-'));
    expect(cases.map(([code]) => code).toSorted()).toEqual([...ours, 'no-identity', 'not-signing'].toSorted());
  });
});
