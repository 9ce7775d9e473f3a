import { fireEvent, screen } from '@testing-library/react';
import { createRef, useState } from 'react';
import { expect, test } from 'vitest';
import { SecretField, type SecretFieldHandle } from '../../renderer/ui/secret-field.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

const secret = 'correct horse Žluťoučký 🐎';

function typeInto(field: HTMLElement, text: string): void {
  fireEvent.input(field, { target: { value: text } });
}

const fieldOf = () => screen.getByLabelText<HTMLInputElement>('Passphrase');

/** Every string React holds for what is on the page: properties and states of all fibers. */
function heldByReact(element: Element): string {
  const key = Object.keys(element).find((name) => name.startsWith('__reactFiber$'));
  const strings: string[] = [];
  const seen = new Set<unknown>();
  const walk = (value: unknown, depth: number): void => {
    if (typeof value === 'string') strings.push(value);
    if (typeof value !== 'object' || value === null || value instanceof Node || seen.has(value) || depth > 60) return;
    seen.add(value);
    for (const held of Object.values(value)) walk(held, depth + 1);
  };
  walk(Reflect.get(element, key ?? ''), 0);
  expect(seen.size).toBeGreaterThan(20);
  return strings.join('\n');
}

test('what is typed is in no attribute of the page and in nothing React holds', () => {
  const ref = createRef<SecretFieldHandle>();
  show(<SecretField ref={ref} label="Passphrase" judge={(typed) => (typed.length < 8 ? 'Too short' : 'Long enough')} />);
  typeInto(fieldOf(), secret);
  fireEvent.click(screen.getByRole('button', { name: 'Show what is typed' }));
  expect(fieldOf().value).toBe(secret);
  expect(fieldOf().type).toBe('text');
  expect(screen.getByText('Long enough')).toBeTruthy();
  expect(document.documentElement.outerHTML).not.toContain(secret);
  expect(heldByReact(fieldOf())).not.toContain(secret);
});

test('taking the secret gives its UTF-8 octets once and leaves the field empty and hidden', () => {
  const ref = createRef<SecretFieldHandle>();
  show(<SecretField ref={ref} label="Passphrase" />);
  typeInto(fieldOf(), secret);
  fireEvent.click(screen.getByRole('button', { name: 'Show what is typed' }));
  expect(new TextDecoder().decode(ref.current?.take())).toBe(secret);
  expect(fieldOf().value).toBe('');
  expect(ref.current?.take().length).toBe(0);
  expect(ref.current?.isEmpty()).toBe(true);
});

test('after the secret was taken it is hidden again and nothing is said about it any more', async () => {
  const ref = createRef<SecretFieldHandle>();
  const filled: boolean[] = [];
  show(<SecretField ref={ref} label="Passphrase" judge={() => 'Long enough'} onFilled={(isFilled) => filled.push(isFilled)} />);
  typeInto(fieldOf(), secret);
  fireEvent.click(screen.getByRole('button', { name: 'Show what is typed' }));
  ref.current?.clear();
  expect(await screen.findByRole('button', { name: 'Show what is typed' })).toBeTruthy();
  expect(fieldOf().type).toBe('password');
  expect(screen.queryByText('Long enough')).toBeNull();
  expect(filled).toEqual([true, false]);
});

test('a field that leaves the page is emptied', () => {
  function Door() {
    const [isOpen, setOpen] = useState(true);
    return (
      <>
        {isOpen && <SecretField ref={createRef()} label="Passphrase" />}
        <button type="button" onClick={() => setOpen(false)}>
          Away
        </button>
      </>
    );
  }
  show(<Door />);
  const field = fieldOf();
  typeInto(field, secret);
  fireEvent.click(screen.getByText('Away'));
  expect(field.isConnected).toBe(false);
  expect(field.value).toBe('');
});

test('hint and error are read with the field', () => {
  show(<SecretField ref={createRef()} label="Passphrase" hint="Three words or more" error="That was not it" />);
  const described = fieldOf().getAttribute('aria-describedby')?.split(' ') ?? [];
  expect(described.map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent)).toEqual([
    'Three words or more',
    'That was not it',
  ]);
  expect(fieldOf().getAttribute('aria-invalid')).toBe('true');
});
