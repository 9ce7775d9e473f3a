import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Reply } from '../../main/contract/door.ts';
import type { ErrorCode } from '../../main/domain/errors.ts';
import { FileContent } from '../../main/contract/secret.ts';
import { TestMessagesDialog } from '../../renderer/features/mail-programs/test-messages-dialog.tsx';
import { settle, show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const people = ['Ada', 'Bo', 'Cy'].map((name) => ({ id: name.toLowerCase(), name }));
const refusal = (code: ErrorCode): Reply => ({ ok: false, error: { code, message: 'No.', hint: '', details: {}, traceId: '' } });

/** A practice that sends from its own mailbox; `refuses` gives a code for the people it does not work for. */
function desk(refuses: (person: string) => ErrorCode | undefined = () => undefined, server: object | null = {}) {
  return stubCore((name, input): Reply => {
    if (name === 'submission.show') return { ok: true, value: { sender: { address: 'keys@r.example' }, server } };
    if (name === 'shell.chooseFolder') return { ok: true, value: { folder: { id: 'f', path: '/home/tests' } } };
    if (name !== 'mail.test') return { ok: true, value: {} };
    const { person, send } = input as { person: string; send: boolean };
    const code = refuses(person);
    if (code !== undefined) return refusal(code);
    return { ok: true, value: { to: person, file: send ? null : new FileContent(`${person}.eml`, Uint8Array.of(1)) } };
  });
}

async function press(core: ReturnType<typeof desk>, name: string): Promise<void> {
  show(<TestMessagesDialog people={people} onClose={() => undefined} />, core.api);
  await settle();
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

const asked = (core: ReturnType<typeof desk>, wanted: string) => core.asked.filter(({ name }) => name === wanted).map(({ input }) => input);

test('a test message goes to each, and who it did not work for is named with the reason', async () => {
  const core = desk((person) => (person === 'bo' ? 'client.no-certificate' : undefined));
  await press(core, 'Send them');
  expect(asked(core, 'mail.test')).toEqual(['ada', 'bo', 'cy'].map((person) => ({ person, send: true })));
  expect(screen.getAllByText(/^2 test messages are on their way/).length).toBeGreaterThan(0);
  expect(screen.getByRole('listitem').textContent).toMatch(/^Bo: /);
});

test('saved ones lie in the folder that was chosen', async () => {
  const core = desk();
  await press(core, 'Save them in a folder');
  const saved = asked(core, 'shell.saveInFolder') as { folder: string; files: { name: string }[] }[];
  expect(saved.map(({ folder, files }) => [folder, files[0]?.name])).toEqual(['ada', 'bo', 'cy'].map((person) => ['f', `${person}.eml`]));
});

test('a mail server that is not there ends it at the first, and says so once', async () => {
  const core = desk(() => 'remote.unreachable');
  await press(core, 'Send them');
  expect(asked(core, 'mail.test')).toHaveLength(1);
  expect(screen.queryByRole('listitem')).toBeNull();
  expect(screen.getAllByText(/^The other computer does not answer/).length).toBeGreaterThan(0);
});

test('without a mail server nothing can be sent, and without a mailbox nothing made', async () => {
  show(<TestMessagesDialog people={people} onClose={() => undefined} />, desk(undefined, null).api);
  await settle();
  expect(screen.getByRole('button', { name: 'Send them' })).toHaveProperty('disabled', true);
  expect(screen.getByRole('button', { name: 'Save them in a folder' })).toHaveProperty('disabled', false);
});
