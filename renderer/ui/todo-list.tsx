import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';

/** What needs somebody, most urgent first. */
export function TodoList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Panel isFlush>
      <ul aria-label={label}>{children}</ul>
    </Panel>
  );
}
