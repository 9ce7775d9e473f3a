import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { StatusShape } from '../../renderer/ui/status-shape.tsx';
import { StatusText } from '../../renderer/ui/status-text.tsx';
import { toneOf, type State } from '../../renderer/ui/status.ts';
import { TriesLeft } from '../../renderer/ui/tries-left.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

const states = Object.keys(toneOf) as State[];

test('every state has its own silhouette and its own word', () => {
  const { container } = show(states.map((state) => <StatusShape key={state} state={state} label />));
  const drawn = [...container.querySelectorAll('svg')];
  expect(drawn).toHaveLength(9);
  const silhouettes = drawn.map((svg) => svg.innerHTML.replaceAll(/var\(--kw-\w+-fill\)/g, ''));
  expect(new Set(silhouettes).size).toBe(9);
  expect(new Set(screen.getAllByRole('img').map((img) => img.getAttribute('aria-label'))).size).toBe(9);
});

test('next to words the shape is silent, alone it has a name', () => {
  const { container } = show(
    <>
      <StatusText state="held" />
      <StatusShape state="soon" label="Ends in 12 days" />
    </>,
  );
  expect(screen.getAllByRole('img').map((img) => img.getAttribute('aria-label'))).toEqual(['Ends in 12 days']);
  expect(screen.getByText('On hold')).toBeTruthy();
  expect(container.querySelector('[data-state=held]')?.getAttribute('aria-hidden')).toBe('true');
});

test('the last try has another shape than the tries before it', () => {
  const { container } = show(
    <>
      <TriesLeft left={2} of={3} />
      <TriesLeft left={1} of={3} withWords={false} />
    </>,
  );
  const pips = [...container.querySelectorAll('[data-pip]')].map((pip) => pip.getAttribute('data-pip'));
  expect(pips).toEqual(['left', 'left', 'spent', 'last', 'spent', 'spent']);
  expect(screen.getByText('2 of 3 tries left')).toBeTruthy();
  expect(screen.getByRole('img', { name: '1 of 3 tries left' })).toBeTruthy();
});
