import { expect, it } from 'vitest';
import type { HeldOpenPgpKey, MailOpenPgpKey, OpenPgpSetup } from '../../../main/domain/mail-client/openpgp-setup.ts';
import { readOpenPgp } from '../../../main/domain/mail-client/thunderbird/openpgp-preferences.ts';

const recipient: MailOpenPgpKey = {
  id: 'theirs',
  fingerprint: 'ab'.repeat(20),
  certificate: new Uint8Array(),
  addresses: ['partner@hospital.example'],
  status: 'valid',
  isCurrent: true,
};
const setup: OpenPgpSetup = { mailboxes: ['ada@ridgeway.example'], keys: [], recipients: [recipient], encrypt: 'ask' };
const good: HeldOpenPgpKey = { isRevoked: false, isExpired: false, canSign: true, canEncrypt: true };

const missingWith = (held: HeldOpenPgpKey | undefined, isAccepted = true) =>
  readOpenPgp(new Map(), setup, {
    held: () => held,
    hasSecret: () => false,
    opens: () => 'nothing',
    isPersonal: () => false,
    isAccepted: () => isAccepted,
  }).missingRecipients;

it('mail can be encrypted to a recipient whose key is there, good and accepted', () => {
  expect(missingWith(good)).toEqual([]);
});

it.each([
  ['is not there', undefined],
  ['is revoked, whatever a subkey of it could', { ...good, isRevoked: true }],
  ['has expired, whatever a subkey of it could', { ...good, isExpired: true }],
  ['signs alone', { ...good, canEncrypt: false }],
])('a recipient whose key %s is missing', (_what, held) => {
  expect(missingWith(held)).toEqual([recipient]);
});

it('a recipient whose key nobody has accepted is missing', () => {
  expect(missingWith(good, false)).toEqual([recipient]);
});
