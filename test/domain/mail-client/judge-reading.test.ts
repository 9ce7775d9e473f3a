import { describe, expect, it } from 'vitest';
import { judgeReading } from '../../../main/domain/mail-client/judge-reading.ts';
import type { IdentityReading, MailCertificate, MailReading, UseReading } from '../../../main/domain/mail-client/mail-client.ts';
import { mailFindingCodes } from '../../../main/domain/mail-client/mail-finding.ts';

const certificate: MailCertificate = {
  id: 'c',
  der: new Uint8Array(),
  emails: ['ada@ridgeway.example'],
  use: 'dual',
  status: 'valid',
  isCurrent: true,
};

const good: UseReading = { isNamed: true, isChosen: true, certificate, isPresent: true, hasPrivateKey: true, isAccepted: true };

const identity: IdentityReading = {
  identity: { key: 'id1', address: 'Ada@Ridgeway.example' },
  sign: good,
  encrypt: good,
  signsByDefault: true,
  usesSmime: true,
};

const reading = (more: Partial<IdentityReading>): MailReading => ({
  addresses: ['Ada@Ridgeway.example'],
  identities: [{ ...identity, ...more }],
  missingKept: [],
});

const cases: readonly [string, MailReading][] = [
  ['no-identity', { addresses: ['bob@ridgeway.example'], identities: [], missingKept: [] }],
  ['nothing-chosen', reading({ sign: { ...good, isChosen: false } })],
  ['no-name', reading({ sign: { ...good, isNamed: false } })],
  ['other-certificate', reading({ encrypt: { ...good, certificate: undefined } })],
  ['certificate-missing', reading({ encrypt: { ...good, isPresent: false } })],
  ['key-missing', reading({ encrypt: { ...good, hasPrivateKey: false } })],
  ['not-accepted', reading({ encrypt: { ...good, isAccepted: false } })],
  ['wrong-address', reading({ identity: { key: 'id1', address: 'bob@ridgeway.example' }, encrypt: good })],
  ['expired', reading({ sign: { ...good, certificate: { ...certificate, status: 'expired' } } })],
  ['not-yet-valid', reading({ sign: { ...good, certificate: { ...certificate, status: 'not-yet-valid' } } })],
  ['revoked', reading({ sign: { ...good, certificate: { ...certificate, status: 'revoked' } } })],
  ['on-hold', reading({ sign: { ...good, certificate: { ...certificate, status: 'on-hold' } } })],
  ['superseded', reading({ sign: { ...good, certificate: { ...certificate, isCurrent: false } } })],
  ['not-signing', reading({ signsByDefault: false })],
  ['other-technology', reading({ usesSmime: false })],
  ['old-mail', { ...reading({}), missingKept: [certificate] }],
  ['recipient-missing', { ...reading({}), missingRecipients: [certificate] }],
];

/** What no profile shows: whether a test message was answered. */
const ofTestMessages = ['not-tested', 'test-outdated'];

describe('a profile that was read back', () => {
  it('is ready when nothing is wrong, however the address is spelt', () => {
    expect(judgeReading(reading({}))).toEqual([]);
  });

  it.each(cases)('is not ready: %s', (code, read) => {
    expect(new Set(judgeReading(read).map((finding) => finding.code))).toEqual(new Set([code]));
  });

  it('can be wrong in every way there is a sentence for', () => {
    const smime = mailFindingCodes.filter((code) => !code.startsWith('openpgp-'));
    expect([...cases.map(([code]) => code), ...ofTestMessages].toSorted()).toEqual([...smime].toSorted());
  });
});
