import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Reply } from '../../main/contract/door.ts';
import { ServerForm } from '../../renderer/features/settings/server-form.tsx';
import { settle, show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const server = { host: 'mail.r.example', port: 465, security: 'tls', user: null, hasOwnTrust: true, hasPassword: false } as const;
const certificate = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';

/** The form, and what it asked the core to save. */
function open(of: Parameters<typeof ServerForm>[0]['server']) {
  const core = stubCore((): Reply => ({ ok: true, value: {} }));
  show(<ServerForm server={of} />, core.api);
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save the mail server' });
  return { save, saved: () => core.asked.filter(({ name }) => name === 'submission.set').map(({ input }) => input) };
}

/** The file dialog, answered with one file. */
async function choose(name: string, text: string): Promise<void> {
  const made: HTMLInputElement[] = [];
  const asking = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    made.push(this);
  });
  fireEvent.click(screen.getByRole('button', { name: 'Choose the file' }));
  asking.mockRestore();
  const [input] = made;
  if (input === undefined) throw new Error('no file was asked for');
  Object.defineProperty(input, 'files', { value: [new File([text], name)] });
  fireEvent(input, new Event('change'));
  await settle();
}

test('an authority that was given before is kept while nothing is said of it, and another takes its place', async () => {
  const { save, saved } = open(server);
  expect(screen.getByText('One is kept. Choose another to replace it.')).toBeTruthy();
  fireEvent.click(save);
  await settle();
  expect(saved().map((input) => Object.hasOwn(input as object, 'trust'))).toEqual([false]);
  await choose('notes.pem', 'no certificate');
  expect(screen.getByText('There is no certificate in this file as text (PEM).')).toBeTruthy();
  expect(save.disabled).toBe(true);
  await choose('authority.pem', certificate);
  fireEvent.click(save);
  await settle();
  expect(saved().at(-1)).toMatchObject({ host: 'mail.r.example', trust: certificate });
});

test('for another server the authority has to be given again', () => {
  const { save } = open(server);
  fireEvent.change(screen.getByLabelText('Mail server'), { target: { value: 'other.r.example' } });
  expect(save.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('Mail server'), { target: { value: server.host } });
  expect(save.disabled).toBe(false);
});

test('what this computer trusts is said in so many words', async () => {
  const { save, saved } = open({ ...server, hasOwnTrust: false });
  expect(screen.queryByRole('button', { name: 'Choose the file' })).toBeNull();
  fireEvent.click(save);
  await settle();
  expect(saved()).toMatchObject([{ host: 'mail.r.example', trust: null }]);
});
