import { describe, expect, it } from 'vitest';
import type { Call } from '../../../main/contract/call.ts';
import { contract } from '../../../main/contract/contract.ts';
import { compartmentsOf } from '../../../main/domain/access/compartment-access.ts';
import { may, permissions, whoMay, type GuardedCall } from '../../../main/domain/access/permissions.ts';
import { roles } from '../../../main/domain/access/role.ts';
import { compartments } from '../../../main/domain/vault/compartment.ts';

const guarded = Object.entries(contract).flatMap(([area, calls]) =>
  Object.entries<Call>(calls).flatMap(([name, call]) =>
    call.verb === 'push' || typeof call.access === 'string' ? [] : [{ name: `${area}.${name}` as GuardedCall, access: call.access }],
  ),
);

describe('who may make which call', () => {
  it('has a line for every call that needs somebody signed in, and none for any other', () => {
    expect(Object.keys(permissions).toSorted()).toEqual(guarded.map(({ name }) => name).toSorted());
  });

  it('is where each call takes its own line from', () => {
    for (const { name, access } of guarded) expect(access, name).toBe(whoMay(name));
  });

  it('lets an administrator do everything, and nobody without a way out', () => {
    for (const { name } of guarded) expect(may('administrator', name), name).toBe(true);
    for (const role of roles) expect(may(role, 'session.lock'), role).toBe(true);
  });

  it('lets auditors read, check, have the log time-stamped, explain a rollback and sign off a recovery, and save nothing but the log and certificates', () => {
    const commands = guarded.filter(({ name }) => may('auditor', name) && verbOf(name) === 'command').map(({ name }) => name);
    expect(commands.filter((name) => !name.startsWith('account.'))).toEqual([
      'audit.timeStamp',
      'audit.timeStampRequest',
      'audit.takeTimeStamp',
      'audit.explainRollback',
      'authorities.export',
      'certificates.export',
      'escrow.review',
      'openpgp.export',
      'session.prove',
      'session.proveWithCard',
      'session.lock',
      'witnesses.ask',
    ]);
  });

  it('lets staff ask for their own person, card, certificates and applications, and see the authorities', () => {
    const calls = guarded.filter(({ name }) => may('staff', name)).map(({ name }) => name);
    const shared = calls.filter((name) => !name.startsWith('account.'));
    expect(shared).toEqual([
      'applications.list',
      'applications.file',
      'applications.withdraw',
      'authorities.list',
      'authorities.export',
      'certificates.show',
      'certificates.export',
      'openpgp.cards',
      'people.show',
      'people.handoverSheet',
      'policies.show',
      'session.proof',
      'session.prove',
      'session.proveWithCard',
      'session.stay',
      'session.lock',
      'tokens.list',
      'tokens.show',
      'tokens.changePin',
    ]);
  });
});

describe('who opens which part of the vault', () => {
  it('lets an administrator open every part, because only who opens a part can grant it', () => {
    expect(compartmentsOf('administrator')).toEqual(compartments);
  });

  it('lets each other role open what its calls need and no more', () => {
    expect(compartmentsOf('registrar')).toEqual(['authority', 'people', 'audit']);
    expect(compartmentsOf('security-officer')).toEqual(['authority', 'escrow', 'audit', 'unattended']);
    expect(compartmentsOf('staff')).toEqual([]);
    expect(compartmentsOf('auditor')).toEqual([]);
  });
});

function verbOf(name: string): string {
  const [area = '', call = ''] = name.split('.');
  return (contract as Record<string, Record<string, Call>>)[area]?.[call]?.verb ?? '';
}
