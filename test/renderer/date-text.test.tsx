import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { DateText } from '../../renderer/ui/date-text.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

test('a date carries its instant for programs and, to the second and with UTC, in its tooltip', () => {
  const instant = new Date(2026, 11, 5, 8, 0, 0);
  show(<DateText of={instant.toISOString()} as="distance" />);
  const time = screen.getByText('in 12 days');
  expect(time.tagName).toBe('TIME');
  expect(time.getAttribute('datetime')).toBe(instant.toISOString());
  expect(time.title).toContain(instant.toISOString());
  expect(time.title).toContain('08:00:00');
});

test('a moment of today is its time, one of another day its day and time', () => {
  show(
    <>
      <DateText of={new Date(2026, 10, 23, 8, 31)} as="moment" />
      <DateText of={new Date(2026, 10, 20, 17, 40)} as="moment" />
    </>,
  );
  expect(screen.getAllByRole('time').map((time) => time.textContent)).toEqual(['08:31', expect.stringMatching(/20.*17:40/)]);
});
