import type { Page } from '@playwright/test';

/** What a test wants to see. */
export interface WantedWindow {
  readonly workspaceDirectory: string;
  /** For profile and state; 0700. Two windows over one directory are refused. */
  readonly directory: string;
  /** Where the dialogs of the host put what is saved: nobody is asked, the suggested name is kept. */
  readonly saved: string;
  /** As in the variable DISPLAY. */
  readonly display: string;
  /** Another core than the product's. */
  readonly coreEntry: string | undefined;
}

/** The real window, in whichever host. */
export interface KeywardWindow {
  readonly page: Page;
  /** The core that runs now. */
  readonly corePid: () => number | undefined;
  readonly close: () => Promise<void>;
}
