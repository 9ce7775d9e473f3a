import { createEvent, fireEvent, screen, waitFor } from '@testing-library/react';
import { createRef } from 'react';
import { expect, test } from 'vitest';
import { Secret } from '../../main/contract/client.ts';
import { AddOperatorDialog } from '../../renderer/features/operators/add-operator-dialog.tsx';
import { HandedOver } from '../../renderer/features/people/handed-over.tsx';
import { SecretField, type SecretFieldHandle } from '../../renderer/ui/secret-field.tsx';
import { FileContent } from '../../main/contract/client.ts';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const octets = (text: string) => new Secret(new TextEncoder().encode(text));
const code = '0G3XZ-1H4Y1-2J5Z2-3K613-4M724-5N835-6P946-7QA57';
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('the password of a file can be printed, and nothing copies it', () => {
  const file = new FileContent('okafor.p12', new Uint8Array(1));
  show(<HandedOver person={{ id: 'p', name: 'Dr. Okafor' }} files={[file]} password={octets('made-for-her')} onClose={() => undefined} />);
  expect(screen.getByRole('group', { name: 'Password for the file' }).textContent).toBe('made-for-her');
  expect(screen.getByRole('button', { name: 'Print the password' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /copy/i })).toBeNull();
});

test('what is typed into a secret field leaves it neither by copying nor by cutting, shown or not', () => {
  show(<SecretField ref={createRef<SecretFieldHandle>()} label="Passphrase" />);
  press('Show what is typed');
  const field = screen.getByLabelText('Passphrase');
  for (const leave of [createEvent.copy(field), createEvent.cut(field)]) {
    fireEvent(field, leave);
    expect(leave.defaultPrevented).toBe(true);
  }
  const paste = createEvent.paste(field);
  fireEvent(field, paste);
  expect(paste.defaultPrevented).toBe(false);
});

async function addAna(onClose: () => void): Promise<Secret> {
  const recoveryCode = octets(code);
  const { api } = stubCore(() => ({ ok: true, value: { operator: 'ana', recoveryCode } }));
  show(<AddOperatorDialog practice="Ridgeway" onClose={onClose} />, api);
  fireEvent.change(screen.getByLabelText(/Their name/), { target: { value: 'Ana Reis' } });
  fireEvent.click(screen.getByText('Registrar'));
  press('Go on');
  for (const label of ['New passphrase', 'The same again'])
    fireEvent.input(screen.getByLabelText(label), { target: { value: 'four words of her own' } });
  press('Add Ana Reis');
  await screen.findByRole('list', { name: 'Recovery code' });
  return recoveryCode;
}

test('who leaves the recovery code before it is put away is told what is missing, and the code stays', async () => {
  let closed = 0;
  const recoveryCode = await addAna(() => closed++);
  expect(screen.queryByRole('button', { name: /copy/i })).toBeNull();
  press('Close');
  const box = screen.getByLabelText(/^I have put the code away/);
  await waitFor(() => expect(screen.getAllByText(/then tick this box/).length).toBeGreaterThan(0));
  expect(document.activeElement).toBe(box);
  expect(closed).toBe(0);
  fireEvent.click(box);
  press('Close');
  expect(closed).toBe(1);
  expect([...recoveryCode.reveal()].every((octet) => octet === 0)).toBe(true);
});
