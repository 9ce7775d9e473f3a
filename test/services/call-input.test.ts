import { expect, it } from 'vitest';
import { certificates } from '../../main/contract/certificates.ts';
import { audit } from '../../main/contract/audit.ts';
import { people } from '../../main/contract/people.ts';
import { workspace } from '../../main/contract/workspace.ts';
import { Secret } from '../../main/contract/secret.ts';
import { AppError } from '../../main/domain/errors.ts';
import { parseInput } from '../../main/services/call-input.ts';

function refusalOf(call: { readonly input: Parameters<typeof parseInput>[0] }, input: object): string {
  try {
    parseInput(call.input, input);
    return '';
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.invalid') return error.message;
    throw error;
  }
}

const practice = { name: 'Ridgeway', operator: 'admin', passphrase: new Secret(new Uint8Array([1])) };

it.each([
  [people.list, { filter: 'hunter2' }, 'The value of "filter" is not one of everyone, attention, ending, uncovered, left.'],
  [people.list, { limit: 0 }, 'The value of "limit" is below 1.'],
  [people.show, {}, '"person" is needed.'],
  [people.show, { person: ' ' }, 'The value of "person" is empty.'],
  [people.show, { person: 'x'.repeat(321) }, 'The value of "person" is longer than 320 characters.'],
  [audit.list, { from: 'hunter2' }, 'The value of "from" is not a time such as 2026-01-31T00:00:00Z.'],
  [
    certificates.revoke,
    { certificates: [], reason: 'keyCompromise' },
    'The value of "certificates" names nothing; at least one is needed.',
  ],
  [certificates.revoke, { certificates: ['hunter2'] }, 'The value of "certificates.0" is not an id as lists show it.'],
  [workspace.init, { ...practice, publishUrl: 'https://pki.ridgeway.example' }, 'The value of "publishUrl" does not begin with http://.'],
  [
    workspace.init,
    { ...practice, publishUrl: 'hunter2' },
    'The value of "publishUrl" is not a whole web address, with http:// or https:// in front.',
  ],
  [people.list, { hunter2: 'hunter2' }, 'The value of the request does not fit.'],
])('what does not fit is refused with what would, and never repeated: %#', (call, input, message) => {
  expect(refusalOf(call, input)).toBe(message);
});
