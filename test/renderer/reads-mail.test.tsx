import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { MailProgram } from '../../main/contract/mail.ts';
import { HandOverDialog } from '../../renderer/features/people/hand-over-dialog.tsx';
import { settle, show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const obstacle = { code: 'client.unfit', message: 'It can do nothing with P-256.', hint: 'Renew with rsa-3072.' } as const;
const programs: readonly MailProgram[] = [
  { client: 'outlook', name: 'Outlook on Windows', how: 'files', obstacle: null },
  { client: 'gmail', name: 'Gmail in Google Workspace', how: 'files', obstacle },
  { client: 'evolution', name: 'Evolution', how: 'here', obstacle },
];
const kit = { files: [{ name: 'install.ps1', bytes: new Uint8Array(1) }], password: null };

const core = () =>
  stubCore((name) => {
    if (name === 'mail.programs') return { ok: true, value: { programs } };
    if (name === 'mail.kit') return { ok: true, value: kit };
    return new Promise(() => undefined);
  });

async function choose(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('combobox', { name: 'Where does this person read mail?' }));
  fireEvent.click(screen.getByRole('option', { name, hidden: true }));
  await settle();
}

const make = (): HTMLButtonElement => screen.getByRole('button', { name: 'Make the file' });

test('a hand-over asks where the person reads mail, and makes what that program takes', async () => {
  const { api, asked } = core();
  show(<HandOverDialog person={{ id: 'p', name: 'Dr. Okafor', certificates: [] }} onClose={() => undefined} />, api);
  await settle();
  await choose('Outlook on Windows');
  fireEvent.click(make());
  await settle();
  expect(asked.filter(({ name }) => name === 'mail.kit')).toEqual([{ name: 'mail.kit', input: { person: 'p', client: 'outlook' } }]);
  expect(screen.getByText('It is not saved yet.')).toBeTruthy();
});

test('a program the keys are of no use in is named with what to issue instead, and nothing can be made for it', async () => {
  const { api, asked } = core();
  show(<HandOverDialog person={{ id: 'p', name: 'Dr. Okafor', certificates: [] }} onClose={() => undefined} />, api);
  await settle();
  await choose('Gmail in Google Workspace');
  expect(screen.getByText(obstacle.message)).toBeTruthy();
  expect(screen.getByText(obstacle.hint)).toBeTruthy();
  expect(make().disabled).toBe(true);
  fireEvent.click(make());
  await settle();
  expect(asked.some(({ name }) => name === 'mail.kit')).toBe(false);
});
