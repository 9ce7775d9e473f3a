import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import type { MailPackage } from '../../main/contract/mail.ts';
import type { Reply } from '../../main/contract/door.ts';
import { lieApart } from '../../main/domain/mail-client/mail-package.ts';
import { MakePackagesDialog } from '../../renderer/features/mail-programs/make-packages-dialog.tsx';
import { MailProgramsPanel } from '../../renderer/features/people/mail-programs-panel.tsx';
import { AnswerNotice } from '../../renderer/features/viewer/answer-notice.tsx';
import { settle, show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const day = '2026-11-28T10:00:00.000Z';

const packageOf = (id: string, name: string, more: Partial<MailPackage> = {}): MailPackage => ({
  id,
  number: id.toUpperCase(),
  delivery: 'd',
  person: `person-${id}`,
  name,
  client: 'outlook',
  state: 'planned',
  certificates: [],
  sha256: null,
  askedAt: day,
  expiresAt: null,
  pickedUpAt: null,
  provedAt: null,
  error: null,
  ...more,
});

const two = [packageOf('one', 'Ada'), packageOf('two', 'Grace')];
const refused: Reply = { ok: false, error: { code: 'client.unfit', message: 'No use there.', hint: '', details: {}, traceId: '' } };

/** A core that makes packages, and a desktop on which these folders are chosen, one after the other. */
function desk(folders: readonly string[], isRefused: (id: string) => boolean = () => false) {
  const left = folders.map((path, at) => ({ id: `00000000-0000-4000-8000-00000000000${at}`, path }));
  return stubCore((name, input): Reply => {
    if (name === 'mail.deliver') return { ok: true, value: { delivery: 'd', packages: two } };
    if (name === 'shell.chooseFolder') return { ok: true, value: { folder: left.shift() ?? null } };
    if (name !== 'mail.makePackage') return { ok: true, value: {} };
    const { package: id } = input as { package: string };
    if (isRefused(id)) return refused;
    const password = new Secret(new TextEncoder().encode(`secret of ${id}`));
    return { ok: true, value: { package: two[0], file: new FileContent(`${id}.zip`, Uint8Array.of(1)), password } };
  });
}

async function makeThem(core: ReturnType<typeof desk>, people = ['a', 'b']): Promise<void> {
  show(<MakePackagesDialog people={people} onClose={() => undefined} />, core.api);
  await settle();
  fireEvent.click(screen.getByRole('button', { name: /^Choose the folder/ }));
  await settle();
}

const acts = (core: ReturnType<typeof desk>) => core.asked.map(({ name }) => name).filter((name) => name !== 'people.list');

test('packages go into one folder and the passwords into another, each password before its package, and it is saved only then', async () => {
  const core = desk(['/home/passwords', '/home/packages']);
  await makeThem(core);
  const each = ['mail.makePackage', 'shell.saveInFolder', 'shell.saveInFolder', 'mail.savedPackage'];
  expect(acts(core)).toEqual(['shell.chooseFolder', 'shell.chooseFolder', 'mail.deliver', ...each, ...each]);
  const saved = core.asked
    .filter(({ name }) => name === 'shell.saveInFolder')
    .map(({ input }) => input as { folder: string; files: { name: string }[] });
  expect(saved.map(({ folder, files }) => [folder.at(-1), files[0]?.name])).toEqual([
    ['0', 'one.txt'],
    ['1', 'one.zip'],
    ['0', 'two.txt'],
    ['1', 'two.zip'],
  ]);
  expect(screen.getByText(/^Passwords: \/home\/passwords\./)).toBeTruthy();
  expect(screen.queryByText(/secret of/)).toBeNull();
});

test('where the passwords would lie beside the packages nothing is asked for', async () => {
  const core = desk(['/home/keys', '/home/keys/packages']);
  await makeThem(core);
  expect(acts(core)).toEqual(['shell.chooseFolder', 'shell.chooseFolder']);
  expect(screen.getByText('The passwords would lie beside the packages.')).toBeTruthy();
});

test('what fails for one person is said, and the others get theirs', async () => {
  const core = desk(['/home/passwords', '/home/packages'], (id) => id === 'one');
  await makeThem(core);
  expect(acts(core).filter((name) => name === 'mail.savedPackage')).toHaveLength(1);
  expect(screen.getByText('1 package is made and waits to be picked up.')).toBeTruthy();
  expect(screen.getByText('1 package could not be made:')).toBeTruthy();
});

test.each([
  ['/a/b', '/a/c', true],
  ['/a/b', '/a/bc', true],
  ['/a/b', '/a/b/', false],
  ['/a', '/a/b', false],
  [String.raw`C:\Keys\slips`, String.raw`C:\Keys`, false],
])('%s and %s lie apart: %s', (one, other, isApart) => {
  expect([lieApart(one, other), lieApart(other, one)]).toEqual([isApart, isApart]);
});

test('an answer that is dropped is taken as proof, or says why it proves nothing', async () => {
  const file = new FileContent('answer.eml', Uint8Array.of(1));
  const proof = { name: 'Ada', released: ['k'] };
  const core = stubCore((name): Reply => (name === 'mail.takeProof' ? { ok: true, value: proof } : { ok: true, value: {} }));
  const { unmount } = show(<AnswerNotice file={file} />, core.api);
  fireEvent.click(screen.getByRole('button', { name: 'Take it as proof' }));
  await settle();
  expect(screen.getByText(/Their signing key is in their mail program alone from now on/)).toBeTruthy();
  unmount();
  show(<AnswerNotice file={file} />, stubCore((): Reply => refused).api);
  fireEvent.click(screen.getByRole('button', { name: 'Take it as proof' }));
  await settle();
  expect(screen.getByText(/can do nothing with one of their certificates/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Take it as proof' })).toBeNull();
});

test('a person’s page says of every mail program whether it is proved, what was found, and which answer is awaited', async () => {
  const packages = [packageOf('one', 'Ada', { state: 'proved', provedAt: day }), packageOf('old', 'Ada', { state: 'withdrawn' })];
  const core = stubCore((name): Reply => (name === 'mail.packages' ? { ok: true, value: { packages } } : { ok: true, value: {} }));
  const found = [{ code: 'no-name', address: 'a@b.example', sentence: 'Its name is gone.' }] as const;
  const setup = {
    client: 'thunderbird',
    technology: 'openpgp',
    profile: 'office',
    target: '/p',
    at: day,
    isCurrent: true,
    checkedAt: day,
    findings: found,
    provedAt: day,
  } as const;
  const test = { id: 't', person: 'p', client: 'apple', state: 'waiting', madeAt: day, expiresAt: day, provedAt: null } as const;
  const person = { id: 'p', name: 'Ada', status: 'active', mailSetups: [setup], mailTests: [test] } as const;
  show(<MailProgramsPanel person={person} />, core.api);
  await settle();
  expect(screen.getByText('Its name is gone.')).toBeTruthy();
  expect(screen.getByText(/^Outlook on Windows: proved on/)).toBeTruthy();
  expect(screen.getByText(/^Apple Mail, iPhone and iPad: test message of/)).toBeTruthy();
  expect(screen.queryByText(/Replaced by a newer one/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
  await settle();
  expect(core.asked.find(({ name }) => name === 'mail.check')?.input).toEqual({
    person: 'p',
    client: 'thunderbird',
    target: '/p',
    technology: 'openpgp',
  });
  expect(screen.getByText(/^Thunderbird \(OpenPGP\)|in Thunderbird \(OpenPGP\)/)).toBeTruthy();
});
