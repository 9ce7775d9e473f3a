import { describe, expect, test } from 'vitest';
import { auditActions } from '../../main/domain/audit/action.ts';
import { encodeLeaf } from '../../main/domain/audit/leaf.ts';
import type { LogFault } from '../../main/domain/audit/log-fault.ts';
import { changesOf } from '../../renderer/features/audit/changes.ts';
import { entryText, whoDid, type Told } from '../../renderer/features/audit/entry-words.ts';
import { actionGroups, chipFilter, groupNames } from '../../renderer/features/audit/groups.ts';
import { periodStart } from '../../renderer/features/audit/period.ts';
import { loggedEntry, proofFile, type ShownEntry } from '../../renderer/features/audit/proof-file.ts';
import { faultWords } from '../../renderer/features/audit/verdict-words.ts';

const person = '01a20487-a64b-71c8-a6e1-c6e7a246fee1';
const authority = '01a20487-6c6a-7219-a478-0ca1667133d1';
const origin = { host: 'window', machine: 'office-3', version: '0.1.0' } as const;
const names = { [person]: 'Dr. Adaeze Okafor', [authority]: 'Ridgeway Issuing 1' };

/** An entry that names all there is to name. */
const told = (change: Partial<Told>): Told => ({
  action: 'enrollment.issue',
  subject: {
    person,
    authority,
    certificates: ['a', 'b'],
    practice: 'Ridgeway',
    file: 'staff.csv',
    number: 7,
    size: 40,
    token: '1f2e3d4c5b6a7988',
    reason: 'superseded',
    imported: 3,
    done: 3,
    people: 3,
    alarm: 4,
    incident: 2,
    rule: 'pin-locked',
  },
  names,
  outcome: 'success',
  error: null,
  operator: 'Nadia Rahman',
  origin,
  ...change,
});

describe('what an entry of the log says', () => {
  test.each(auditActions)('%s has words without a gap, done, refused and failed', (action) => {
    const outcomes = ['success', 'refused', 'failed'] as const;
    for (const outcome of outcomes) {
      const text = entryText(told({ action, outcome, error: outcome === 'success' ? null : 'conflict' }));
      expect(text).not.toMatch(/[{}]/);
      expect(text).not.toMatch(/^(did|attempt)\./);
      expect(text).not.toContain(action);
    }
  });

  test('names the person, the count and the reason of a revocation', () => {
    expect(
      entryText(told({ action: 'certificate.revoke', subject: { certificates: ['a', 'b'], reason: 'superseded', people: [person] } })),
    ).toBe('2 certificates of Dr. Adaeze Okafor revoked: replaced by a new one');
  });

  test('names the authority whose certificate was saved, not one of its issue', () => {
    expect(entryText(told({ action: 'certificate.export', subject: { authority, format: 'chain' } }))).toContain('Ridgeway Issuing 1');
    expect(entryText(told({ action: 'certificate.export', subject: { certificate: 'x', format: 'pem' } }))).toBe(
      'Certificate saved as a file',
    );
  });

  /** What is entered in the middle of a call that was let through. */
  const within = ['enrollment.issue', 'token.begin', 'token.settle'];

  test.each(auditActions.filter((action) => !within.includes(action)))(
    '%s leaves no gap where a role may not do it, and nobody looked at what was asked',
    (action) => {
      const text = entryText(told({ action, outcome: 'refused', error: 'session.not-permitted', subject: {}, names: {} }));
      expect(text).not.toContain('  ');
    },
  );

  test('names the operator, the role before and the role now', () => {
    const operator = authority;
    const change = {
      action: 'operator.role',
      subject: { operator, role: 'auditor', before: 'security-officer' },
      names: { [operator]: 'Ana Reis' },
    } as const;
    expect(entryText(told(change))).toBe('Role of Ana Reis changed from security officer to auditor');
    expect(entryText(told({ ...change, action: 'operator.add' }))).toBe('Ana Reis may sign in as auditor');
    expect(entryText(told({ ...change, action: 'operator.remove' }))).toBe('Ana Reis may no longer sign in (was: security officer)');
  });

  test('says why something was refused, by the words of its error', () => {
    const text = entryText(told({ action: 'session.sign-in', outcome: 'refused', error: 'session.locked', operator: null }));
    expect(text).toMatch(/^Sign-in refused: [A-Z]/);
    expect(text).not.toContain('session.locked');
  });

  test('keeps an error it does not know as it stands', () => {
    expect(entryText(told({ outcome: 'failed', error: 'from.the-future' }))).toContain('from.the-future');
  });

  test('tells the core’s own acts from those of a stranger', () => {
    expect(whoDid({ operator: null, origin: { ...origin, host: 'core' } })).toBe('Keyward');
    expect(whoDid({ operator: null, origin })).toBe('Nobody signed in');
  });
});

describe('what an entry changed', () => {
  test('counts what was made and what was kept', () => {
    expect(
      changesOf({ action: 'certificate.renew', outcome: 'success', subject: { person, certificates: ['a', 'b'], kept: ['c'] } }),
    ).toEqual(['2 new certificates', '1 old key kept for opening mail']);
  });

  test('is nothing when it was refused', () => {
    expect(changesOf({ action: 'certificate.revoke', outcome: 'refused', subject: { certificates: ['a'] } })).toEqual([]);
  });
});

describe('the filters of the log', () => {
  test('have every action in exactly one group', () => {
    expect(groupNames.flatMap((group) => [...actionGroups[group]]).sort()).toEqual([...auditActions].sort());
  });

  test('ask for everything when nothing is chosen', () => {
    expect(chipFilter([])).toEqual({});
  });

  test('join groups, and narrow them to what was refused', () => {
    expect(chipFilter(['handed-out', 'refused', 'reading'])).toEqual({
      actions: [
        'certificate.export',
        'key.export',
        'authority.key-export',
        'openpgp.export',
        'openpgp.export-secret',
        'openpgp.export-revocation',
        'mail.export',
        'mail.kit',
        'mail.open',
        'message.open',
        'message.sign',
        'mail.deliver',
        'mail.package',
        'mail.package-saved',
        'mail.pick-up',
        'mail.expire',
        'mail.prove',
        'mail.check',
        'mail.test',
        'audit.export',
        'audit.read',
      ],
      outcomes: ['refused', 'failed'],
    });
  });

  test('begin a period at a midnight, the same all day, and the whole log nowhere', () => {
    const [morning, evening] = [new Date(2026, 10, 23, 8), new Date(2026, 10, 23, 20)];
    expect(periodStart('week', morning)).toBe(new Date(2026, 10, 17).toISOString());
    expect(periodStart('week', evening)).toBe(periodStart('week', morning));
    expect(periodStart('all', morning)).toBeUndefined();
  });
});

const faults: readonly LogFault[] = [
  { kind: 'leaf-changed', index: 17_902 },
  { kind: 'leaf-hash-changed', index: 1 },
  { kind: 'leaf-missing', index: 1 },
  { kind: 'leaf-repeated', index: 1 },
  { kind: 'leaf-malformed', index: 1 },
  { kind: 'truncated', index: 3, checkpoint: 9 },
  { kind: 'entries-rewritten', from: 3, to: 8, checkpoint: 9 },
  { kind: 'checkpoint-signature', checkpoint: 9 },
  { kind: 'checkpoint-malformed', checkpoint: 9 },
  { kind: 'checkpoint-changed', checkpoint: 9 },
  { kind: 'checkpoint-order', checkpoint: 9 },
  { kind: 'edge-mismatch', checkpoint: 9 },
  { kind: 'never-signed' },
];

describe('a log that does not hold', () => {
  test.each(faults)('says in words what is wrong: $kind', (fault) => {
    const { title, text } = faultWords(fault, { entries: 2 });
    expect(`${title} ${text}`).not.toMatch(/[{}]|verdict\./);
    expect(title).toMatch(/^The log does not add up/);
  });

  test('names the first wrong entry and how many are good', () => {
    const words = faultWords({ kind: 'leaf-changed', index: 17_902 }, { entries: 17_902 });
    expect(words.title).toContain('from entry 17,902 on');
    expect(words.text).toContain('The first 17,902 entries are good.');
  });
});

describe('the proof that is saved', () => {
  const entry: ShownEntry = {
    ...told({ action: 'certificate.revoke', subject: { certificates: ['a'], reason: 'superseded' } }),
    index: 40,
    time: '2026-11-22T18:51:47.123Z',
    operatorId: person,
    reason: 'Left in a taxi',
    leafHash: 'aGFzaA==',
    proof: null,
  };

  test('holds the entry exactly as it is hashed, without the names of today', () => {
    expect(encodeLeaf(loggedEntry(entry))).toBe(
      `{"action":"certificate.revoke","operator":"${person}","origin":{"host":"window","machine":"office-3","version":"0.1.0"},` +
        `"outcome":"success","reason":"Left in a taxi","subject":{"certificates":["a"],"reason":"superseded"},"time":"2026-11-22T18:51:47.123Z","version":1}`,
    );
  });

  test('is JSON named by the entry', () => {
    const file = proofFile(entry);
    expect(file.name).toBe('keyward-entry-40-proof.json');
    expect(JSON.parse(new TextDecoder().decode(file.bytes))).toMatchObject({
      entry: { action: 'certificate.revoke' },
      leafHash: 'aGFzaA==',
    });
  });
});
