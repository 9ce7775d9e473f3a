import { expect, test } from 'vitest';
import type { Door } from '../../main/contract/door.ts';
import type { Client } from '../../main/contract/client.ts';
import { permissions, type GuardedCall } from '../../main/domain/access/permissions.ts';
import type { Clock } from '../../main/ports/clock.ts';
import { staffConcerns, type StaffCall } from '../../main/services/own-records.ts';
import { addOperator } from './support/operators.ts';
import { addPeople, enroll, newPractice, secret } from './support/practice.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { impatient, newSoftHsm, onToken } from './support/soft-hsm.ts';

/** Two people with a card, certificates and an application each; the first is the operator `ada`, of the staff. */
async function practiceWithTwo(clock?: Clock) {
  const hsm = newSoftHsm();
  const tokens = [hsm.addToken('Ada'), hsm.addToken('Ben'), hsm.addToken('Nobody')] as const;
  const parts = { tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService };
  const practice = await newPractice(clock === undefined ? parts : { ...parts, clock });
  const { client } = practice;
  const [ada = '', ben = ''] = await addPeople(practice, 2);
  for (const [at, person] of [ada, ben].entries()) await client.tokens.enroll({ person, token: tokens[at] ?? '', pin: secret(pin) });
  const staff = await addOperator(practice, 'ada', 'staff');
  await client.operators.setPerson({ operator: 'ada', person: ada });
  const certificateOf = async (person: string) => (await client.people.show({ person })).certificates[0]?.id ?? '';
  const applicationOf = async (person: string) => (await client.applications.file({ person, kind: 'card' })).application;
  const of = async (person: string, token: string) => ({
    person,
    token,
    certificate: await certificateOf(person),
    application: await applicationOf(person),
  });
  return { ...practice, tokens, staff: staff.client, ada: await of(ada, tokens[0]), ben: await of(ben, tokens[1]) };
}

type Things = Awaited<ReturnType<typeof practiceWithTwo>>['ada'];

/** A good input of every call of staff that names something of somebody. */
const inputs: Readonly<Partial<Record<StaffCall, (things: Things) => object>>> = {
  'account.addCard': ({ token }) => ({ token, pin: secret('000000'), passphrase: secret('not it, and never asked') }),
  'applications.file': ({ person }) => ({ person, kind: 'renewal' }),
  'applications.list': ({ person }) => ({ person }),
  'applications.withdraw': ({ application }) => ({ application }),
  'certificates.export': ({ certificate }) => ({ certificate, format: 'pem' }),
  'certificates.show': ({ certificate }) => ({ certificate }),
  'people.handoverSheet': ({ person }) => ({ person }),
  'people.show': ({ person }) => ({ person }),
  'tokens.changePin': ({ token }) => ({ token, pin: secret(pin), newPin: secret('593047') }),
  'tokens.show': ({ token }) => ({ token }),
};

const calls = Object.keys(staffConcerns) as StaffCall[];
const aboutSomebody = calls.filter((name) => typeof staffConcerns[name] === 'function');

async function codeOf(door: Door, name: string, input: object): Promise<string> {
  const reply = await door.call(name, input, { connection: 'ada', host: 'command-line' });
  return reply.ok ? 'done' : reply.error.code;
}

test('every call that staff may make says what it is about, and the test below makes each that is about somebody', () => {
  const theirs = Object.keys(permissions).filter((name) => (permissions[name as GuardedCall] as readonly string[]).includes('staff'));
  expect(calls.toSorted()).toEqual(theirs.toSorted());
  expect(Object.keys(inputs).toSorted()).toEqual(aboutSomebody.toSorted());
});

test('staff have every call for what is theirs, and the same refusal for what is another’s and for what there is not', async () => {
  const { door, ada, ben, client } = await practiceWithTwo();
  const nothing = { person: 'nobody@ridgeway.example', token: 'ffffffff', certificate: 'ffffffffffff', application: ada.person };
  for (const name of aboutSomebody) {
    const made = inputs[name] ?? (() => ({}));
    expect(await codeOf(door, name, made(ben)), `${name} of another`).toBe('session.not-own');
    const invented = await codeOf(door, name, made(nothing));
    const orNobodys = name === 'account.addCard' || name === 'tokens.show';
    expect(invented, `${name} of nothing`).toMatch(orNobodys ? /^(token\.absent|session\.)/ : /^(session\.not-own|input\.invalid)$/);
  }
  for (const name of aboutSomebody.filter((one) => one !== 'account.addCard'))
    expect(await codeOf(door, name, (inputs[name] ?? (() => ({})))(ada)), `${name} of their own`).toBe('done');
  const { entries } = await client.audit.list({ limit: 100 });
  const refused = entries.filter(({ error, operator }) => error === 'session.not-own' && operator === 'ada');
  expect(refused.map(({ action, subject }) => subject['call'] ?? action)).toContain('people.show');
  expect(refused.map(({ action }) => action)).toContain('token.change-pin');
  expect(refused.length).toBeGreaterThanOrEqual(aboutSomebody.length);
});

test('addresses and beginnings of numbers lead staff to another’s records no more than ids do', async () => {
  const { staff, ada, ben, client } = await practiceWithTwo();
  const refused = { code: 'session.not-own' };
  await expect(staff.people.show({ person: 'p1@ridgeway.example' })).rejects.toMatchObject(refused);
  const { sha256 } = await client.certificates.show({ certificate: ben.certificate });
  await expect(staff.certificates.show({ certificate: sha256.slice(0, 12) })).rejects.toMatchObject(refused);
  const { chain } = await staff.certificates.show({ certificate: ada.certificate });
  const issuing = chain.find(({ kind }) => kind === 'issuing');
  expect(await staff.certificates.show({ certificate: issuing?.certificateId ?? '' })).toMatchObject({ isAuthority: true });
  await expect(staff.tokens.show({ token: ben.token.slice(-6) })).rejects.toMatchObject(refused);
  await expect(staff.applications.list({})).rejects.toMatchObject(refused);
  expect((await staff.people.show({ person: 'p0@ridgeway.example' })).name).toBe('Person 0');
});

test('a card of another is not in the list that staff see; their own and one of nobody are', async () => {
  const { staff, client, tokens, ada, ben } = await practiceWithTwo();
  await client.tokens.reportLost({ token: ben.token });
  const list = await staff.tokens.list({});
  expect(list.tokens.map(({ serialNumber }) => serialNumber).toSorted()).toEqual([ada.token, tokens[2]].toSorted());
  expect(JSON.stringify(list)).not.toContain('Person 1');
  expect((await client.tokens.list({})).tokens).toHaveLength(3);
});

test('staff change the PIN of their own card, and nobody else’s', async () => {
  const { staff, ada, ben } = await practiceWithTwo();
  await staff.tokens.changePin({ token: ada.token, pin: secret(pin), newPin: secret('593047') });
  expect(() => onToken(ada.token, () => undefined, '593047')).not.toThrow();
  await expect(staff.tokens.changePin({ token: ben.token, pin: secret(pin), newPin: secret('593047') })).rejects.toMatchObject({
    code: 'session.not-own',
  });
  expect(() => onToken(ben.token, () => undefined, pin)).not.toThrow();
});

test('staff of whom nobody said who they are see nothing of anybody; whom another is from now on, at once', async () => {
  const { door, ada, ben, client, staff } = await practiceWithTwo();
  await client.operators.setPerson({ operator: 'ada', person: null });
  for (const name of aboutSomebody) {
    const expected = name === 'account.addCard' || name === 'tokens.show' ? 'session.not-own' : 'session.no-person';
    expect(await codeOf(door, name, (inputs[name] ?? (() => ({})))(ada)), name).toBe(expected);
  }
  expect((await staff.workspace.status({})).signedIn).toMatchObject({ personId: null });
  await client.operators.setPerson({ operator: 'ada', person: ben.person });
  expect((await staff.people.show({ person: ben.person })).name).toBe('Person 1');
  await expect(staff.people.show({ person: ada.person })).rejects.toMatchObject({ code: 'session.not-own' });
});

const approver = (practice: { readonly client: Client }) => practice.client.applications;

test('a renewal that somebody of the staff applies for is made when a registrar approves it, once', async () => {
  const practice = await newPractice();
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  const { client: staff } = await addOperator(practice, 'ada', 'staff');
  await practice.client.operators.setPerson({ operator: 'ada', person });
  const { application } = await staff.applications.file({ person, kind: 'renewal', note: 'before my leave' });
  await expect(staff.applications.file({ person, kind: 'renewal' })).rejects.toMatchObject({ code: 'conflict' });
  const { client: registrar } = await addOperator(practice, 'reg', 'registrar');
  const { certificates } = await registrar.applications.approve({ application });
  expect(certificates).toHaveLength(2);
  const now = (await staff.people.show({ person })).certificates.filter(({ isCurrent }) => isCurrent);
  expect(now.map(({ id }) => id).toSorted()).toEqual([...certificates].toSorted());
  await expect(registrar.applications.approve({ application })).rejects.toMatchObject({ code: 'conflict' });
  expect((await staff.applications.list({ person })).applications).toMatchObject([
    { kind: 'renewal', note: 'before my leave', state: 'approved', filedBy: 'ada', decidedBy: 'reg' },
  ]);
  const { entries } = await practice.client.audit.list({ limit: 10 });
  expect(entries.find(({ action, outcome }) => action === 'application.approve' && outcome === 'success')).toMatchObject({
    operator: 'reg',
    subject: { application, person, kind: 'renewal' },
  });
});

test('a renewal of a key on a card is approved without making anything: its PIN is needed, at the bench', async () => {
  let now = new Date();
  const { staff, ada, client } = await practiceWithTwo({ now: () => now });
  const { certificates } = await client.people.show({ person: ada.person });
  const end = Math.max(...certificates.map(({ notAfter }) => Date.parse(notAfter)));
  now = new Date(end - 5 * 24 * 3_600_000);
  const { application } = await staff.applications.file({ person: ada.person, kind: 'renewal' });
  expect(await client.applications.approve({ application })).toEqual({ certificates: [] });
});

test('nobody decides on their own application; a refusal gives its reason, and what is withdrawn is decided no more', async () => {
  const practice = await newPractice();
  const [person = '', other = ''] = await addPeople(practice, 2);
  const { client: registrar } = await addOperator(practice, 'reg', 'registrar');
  const own = { code: 'approval.own-application' };
  const filed = await registrar.applications.file({ person, kind: 'card' });
  await expect(registrar.applications.approve(filed)).rejects.toMatchObject(own);
  await practice.client.operators.setPerson({ operator: 'reg', person: other });
  const about = await practice.client.applications.file({ person: other, kind: 'hand-over' });
  await expect(registrar.applications.approve(about)).rejects.toMatchObject(own);
  await approver(practice).refuse({ ...filed, reason: 'the old one works' });
  expect((await registrar.applications.list({ person })).applications).toMatchObject([
    { state: 'refused', reason: 'the old one works', decidedBy: 'admin' },
  ]);
  await registrar.applications.withdraw(about);
  await expect(registrar.applications.refuse({ ...about, reason: 'late' })).rejects.toMatchObject({ code: 'conflict' });
});

test('an operator can be somebody from the beginning; whoever has left, or is nobody, is refused', async () => {
  const practice = await newPractice();
  const { client } = practice;
  const [person = '', left = ''] = await addPeople(practice, 2);
  await client.people.leave({ person: left });
  const passphrase = () => secret('a passphrase of their own');
  await client.operators.add({ name: 'ada', role: 'staff', passphrase: passphrase(), person });
  const { operators } = await client.operators.list({});
  expect(operators.find(({ name }) => name === 'ada')).toMatchObject({ person: { id: person, name: 'Person 0' } });
  await expect(client.operators.add({ name: 'ben', role: 'staff', passphrase: passphrase(), person: left })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(client.operators.setPerson({ operator: 'ada', person: left })).rejects.toMatchObject({ code: 'conflict' });
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expect(client.operators.setPerson({ operator: 'ada', person: nobody })).rejects.toMatchObject({ code: 'not-found' });
});
