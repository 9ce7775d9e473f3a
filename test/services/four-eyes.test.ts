import { describe, expect, it } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { fourEyesActs } from '../../main/domain/access/four-eyes.ts';
import { AppError } from '../../main/domain/errors.ts';
import { addOperator, withRawDatabase } from './support/operators.ts';
import { addPeople, enroll, newPractice, secret } from './support/practice.ts';

/** An administrator, Ben the security officer and Ana the registrar, where everything there is asks for two. */
async function practiceOfFourEyes(options: Parameters<typeof newPractice>[0] = {}) {
  const practice = await newPractice(options);
  const ben = await addOperator(practice, 'Ben', 'security-officer');
  const ana = await addOperator(practice, 'Ana', 'registrar');
  await practice.client.policies.set({ fourEyes: [...fourEyesActs] });
  return { ...practice, ben: ben.client, benId: ben.id, ana: ana.client };
}

/** The request that a call is refused with. */
async function askedBy(call: () => Promise<unknown>): Promise<string> {
  const error: unknown = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'approval.required' });
  return String(error instanceof AppError && error.details['approval']);
}

const stateOf = async ({ approvals }: Client, id: string) => (await approvals.list({})).approvals.find((one) => one.id === id)?.state;

describe('an act that the policy wants two officers for', () => {
  it('waits for another’s approval, then passes for who asked, exactly once', async () => {
    const { client, ben } = await practiceOfFourEyes();
    const change = () => client.operators.setRole({ operator: 'Ana', role: 'staff' });
    const request = await askedBy(change);
    expect(await askedBy(change)).toBe(request);
    expect((await ben.approvals.list({})).approvals).toMatchObject([
      { id: request, call: 'operators.setRole', subject: { operator: 'Ana', role: 'staff' }, askedBy: 'admin', state: 'asked' },
    ]);
    await ben.approvals.approve({ request });
    await change();
    expect(await stateOf(client, request)).toBe('used');
    expect(await askedBy(change)).not.toBe(request);
  });

  it('is entered as it was asked for, approved and done, each naming the other', async () => {
    const { client, ben, benId } = await practiceOfFourEyes();
    const change = () => client.operators.setRole({ operator: 'Ana', role: 'staff' });
    const approval = await askedBy(change);
    await ben.approvals.approve({ request: approval });
    await change();
    const { entries } = await client.audit.list({ limit: 10 });
    const found = entries.filter(({ action }) => action.startsWith('approval.') || action === 'operator.role');
    expect(found.map(({ action, outcome, operator, subject }) => ({ action, outcome, operator, subject }))).toMatchObject([
      { action: 'operator.role', outcome: 'success', operator: 'admin', subject: { approval, approvedBy: benId } },
      { action: 'approval.approve', outcome: 'success', operator: 'Ben', subject: { approval, call: 'operators.setRole' } },
      { action: 'operator.role', outcome: 'refused', operator: 'admin', subject: { approval, role: 'staff' } },
    ]);
  });

  it('is never approved by who asked for it', async () => {
    const { client } = await practiceOfFourEyes();
    const change = () => client.operators.setRole({ operator: 'Ana', role: 'staff' });
    const request = await askedBy(change);
    await expect(client.approvals.approve({ request })).rejects.toMatchObject({ code: 'approval.own-request' });
    expect(await askedBy(change)).toBe(request);
  });

  it('does not pass once the time is over, asked or approved', async () => {
    let now = Date.parse('2026-03-02T09:00:00Z');
    const { client, ben } = await practiceOfFourEyes({ clock: { now: () => new Date(now) } });
    const change = (role: 'staff' | 'auditor') => () => client.operators.setRole({ operator: 'Ana', role });
    const [asked, approved] = [await askedBy(change('staff')), await askedBy(change('auditor'))];
    await ben.approvals.approve({ request: approved });
    now += 24 * 3_600_000;
    await expect(ben.approvals.approve({ request: asked })).rejects.toMatchObject({ code: 'approval.run-out' });
    expect(await askedBy(change('auditor'))).not.toBe(approved);
    expect(await stateOf(client, approved)).toBe('run-out');
  });

  it('does not pass with anything else than was asked for, nor for anybody else', async () => {
    const practice = await practiceOfFourEyes();
    const { client, ben } = practice;
    const change = (role: 'staff' | 'auditor' | 'administrator') => client.operators.setRole({ operator: 'Ana', role });
    const request = await askedBy(() => change('auditor'));
    await ben.approvals.approve({ request });
    expect(await askedBy(() => change('administrator'))).not.toBe(request);
    await expect(ben.operators.setRole({ operator: 'Ana', role: 'auditor' })).rejects.toMatchObject({ code: 'session.not-permitted' });
    await change('auditor');
  });

  it('does not pass when it was refused, or taken back by who approved it', async () => {
    const { client, ben } = await practiceOfFourEyes();
    const change = () => client.operators.setRole({ operator: 'Ana', role: 'staff' });
    const refused = await askedBy(change);
    await ben.approvals.refuse({ request: refused, reason: 'Ask me first' });
    await expect(ben.approvals.approve({ request: refused })).rejects.toMatchObject({ code: 'conflict' });
    const again = await askedBy(change);
    expect(again).not.toBe(refused);
    await ben.approvals.approve({ request: again });
    await ben.approvals.refuse({ request: again, reason: 'On second thoughts' });
    expect(await askedBy(change)).not.toBe(again);
  });

  it('does not pass when who approved it is no officer any more, and is asked for again', async () => {
    const practice = await practiceOfFourEyes();
    const { client, ben } = practice;
    const ida = (await passing(ben, () => addOperator(practice, 'Ida', 'administrator'))).client;
    const change = () => client.operators.setRole({ operator: 'Ana', role: 'staff' });
    const request = await askedBy(change);
    await ben.approvals.approve({ request });
    await passing(ida, () => client.operators.setRole({ operator: 'Ben', role: 'auditor' }));
    expect(await askedBy(change)).toBe(request);
    expect(await stateOf(client, request)).toBe('asked');
    await ida.approvals.approve({ request });
    await change();
  });

  it('is not approved for somebody who may not do it any more, nor by a registrar', async () => {
    const practice = await practiceOfFourEyes();
    const { client, ben, ana } = practice;
    const ida = (await passing(ben, () => addOperator(practice, 'Ida', 'administrator'))).client;
    const request = await askedBy(() => ida.operators.setRole({ operator: 'Ana', role: 'staff' }));
    await expect(ana.approvals.approve({ request })).rejects.toMatchObject({ code: 'session.not-permitted' });
    await passing(ben, () => client.operators.setRole({ operator: 'Ida', role: 'registrar' }));
    await expect(ben.approvals.approve({ request })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('passes once when it is tried twice at the same moment', async () => {
    const { client, ben } = await practiceOfFourEyes();
    const create = () => client.authorities.create({ name: 'Ridgeway Second Root', algorithm: 'p256' });
    await ben.approvals.approve({ request: await askedBy(create) });
    const outcomes = await Promise.allSettled([create(), create()]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await client.authorities.list({})).authorities.filter(({ name }) => name === 'Ridgeway Second Root')).toHaveLength(1);
  });

  it('keeps of what was asked a digest that says nothing of a passphrase', async () => {
    const practice = await practiceOfFourEyes();
    const add = (passphrase: string) => practice.client.operators.add({ name: 'Ida', role: 'auditor', passphrase: secret(passphrase) });
    const request = await askedBy(() => add('a passphrase that is asked for'));
    expect(await askedBy(() => add('another passphrase altogether'))).toBe(request);
    await withRawDatabase(practice, async ({ read }) => {
      const kept = JSON.stringify(await read.approvals.list(10));
      expect(kept).toContain(request);
      expect(kept).not.toContain('passphrase that');
    });
  });

  it('is taken out of the policy, or made way for by break-glass, by two only', async () => {
    const { client, ben } = await practiceOfFourEyes();
    await askedBy(() => client.policies.set({ breakGlass: true }));
    const off = () => client.policies.set({ fourEyes: [] });
    await ben.approvals.approve({ request: await askedBy(off) });
    expect(await off()).toMatchObject({ fourEyes: [] });
    await client.operators.setRole({ operator: 'Ana', role: 'staff' });
    await expect(client.policies.set({ idleLockMinutes: 5 })).resolves.toMatchObject({ idleLockMinutes: 5 });
  });

  it('waits for nobody while there is one officer', async () => {
    const practice = await newPractice();
    await practice.client.policies.set({ fourEyes: [...fourEyesActs] });
    await addOperator(practice, 'Ana', 'registrar');
    await practice.client.operators.setRole({ operator: 'Ana', role: 'staff' });
    expect((await practice.client.approvals.list({})).approvals).toEqual([]);
  });

  it('is revoking many certificates at once, and not a few', async () => {
    const practice = await practiceOfFourEyes();
    const { client, ben } = practice;
    await enroll(practice, await addPeople(practice, 6));
    const { certificates } = await client.certificates.list({ limit: 50 });
    const ids = certificates.filter(({ isAuthority }) => !isAuthority).map(({ id }) => id);
    const revoke = (some: readonly string[]) => client.certificates.revoke({ certificates: [...some], reason: 'superseded' });
    const request = await askedBy(() => revoke(ids.slice(0, 11)));
    const [waiting] = (await ben.approvals.list({})).approvals;
    expect(waiting?.people).toContain('Person 0');
    await ben.approvals.approve({ request });
    expect((await revoke(ids.slice(0, 11))).revoked).toHaveLength(11);
    expect((await revoke(ids.slice(11))).revoked).toHaveLength(1);
  });
});

/** Does something that needs another's approval, with it. */
async function passing<T>(approver: Client, act: () => Promise<T>): Promise<T> {
  await approver.approvals.approve({ request: await askedBy(act) });
  return act();
}
