import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { PageHeader } from '../../renderer/ui/page-header.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

function Late({ isThere }: { readonly isThere: boolean }) {
  return (
    <>
      {isThere && <PageHeader title="Overview" />}
      <input aria-label="Find anything" />
      <button type="button">Open</button>
    </>
  );
}

test('a page takes the focus for its title when it opens, also from a button that led to it', () => {
  const { rerender } = show(<Late isThere={false} />);
  screen.getByRole('button', { name: 'Open' }).focus();
  rerender(<Late isThere />);
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Overview' }));
});

test('a page that opens late leaves whoever is typing where they are', () => {
  const { rerender } = show(<Late isThere={false} />);
  screen.getByRole('textbox', { name: 'Find anything' }).focus();
  rerender(<Late isThere />);
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Find anything' }));
});
