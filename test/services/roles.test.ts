import { describe, expect, it } from 'vitest';
import type { Call } from '../../main/contract/call.ts';
import type { Door } from '../../main/contract/door.ts';
import { contract } from '../../main/contract/contract.ts';
import { permissions, type GuardedCall } from '../../main/domain/access/permissions.ts';
import { roles, type Role } from '../../main/domain/access/role.ts';
import { practiceOfEveryRole } from './support/operators.ts';

const calls = Object.entries(contract).flatMap(([area, members]) =>
  Object.entries<Call>(members).flatMap(([name, call]) => (call.verb === 'push' ? [] : [{ name: `${area}.${name}`, call }])),
);

/** What no call takes: whoever may make the call is told so, and nothing happens. */
const nonsense = { smuggled: true };

async function answerTo(door: Door, name: string, role: Role): Promise<string> {
  const connection = role === 'administrator' ? 'first' : role;
  const reply = await door.call(name, nonsense, { connection, host: 'command-line' });
  return reply.ok ? 'done' : reply.error.code;
}

describe('every call of the contract, as every role', () => {
  it('is allowed or refused as the table says; one without a line in it is refused by this test', async () => {
    const { door } = await practiceOfEveryRole();
    for (const { name, call } of calls) {
      const isOpen = typeof call.access === 'string';
      expect(isOpen || Object.hasOwn(permissions, name), `${name} has its line`).toBe(true);
      for (const role of roles) {
        const mayCall = isOpen || (permissions[name as GuardedCall] as readonly Role[]).includes(role);
        expect(await answerTo(door, name, role), `${name} as ${role}`).toBe(mayCall ? 'input.invalid' : 'session.not-permitted');
      }
    }
  });

  it('has a rule of the lint broken for an administrator only', async () => {
    const { as } = await practiceOfEveryRole();
    const { person } = await as('registrar').people.add({ name: 'Ada Lovelace', emails: ['ada@ridgeway.example'] });
    const refused = { code: 'session.not-permitted' };
    await expect(as('registrar').enrollment.start({ people: [person], override: 'in a hurry' })).rejects.toMatchObject(refused);
    await expect(as('registrar').certificates.renew({ person, override: 'in a hurry' })).rejects.toMatchObject(refused);
    await expect(as('administrator').enrollment.start({ people: [person], override: 'agreed' })).resolves.toMatchObject({ total: 1 });
  });

  it('enters in the log who tried what their role may not do', async () => {
    const { as } = await practiceOfEveryRole();
    const auditor = as('auditor');
    await expect(auditor.enrollment.start({ people: ['nobody'] })).rejects.toMatchObject({ code: 'session.not-permitted' });
    const { entries } = await auditor.audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({
      action: 'enrollment.start',
      operator: 'auditor',
      outcome: 'refused',
      error: 'session.not-permitted',
    });
  });
});
