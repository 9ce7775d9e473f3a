import type { ReactNode } from 'react';

/** One line the palette offers. */
export interface PaletteItem {
  readonly id: string;
  /** What is announced and searched. */
  readonly title: string;
  /** Shown instead of the title, a `PersonName` for example. */
  readonly shown?: ReactNode;
  readonly detail?: string;
  /** An `Avatar`, or an icon. */
  readonly icon?: ReactNode;
  /** A status shape at the end of the line. */
  readonly status?: ReactNode;
  readonly onChoose: () => void;
}

export interface PaletteGroup {
  readonly title: string;
  /** Its lines answer what was typed before: Enter waits for the new ones. */
  readonly isLoading?: boolean;
  readonly items: readonly PaletteItem[];
}
