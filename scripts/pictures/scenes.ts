import type { Page } from 'playwright-core';

/** A screen as somebody comes to it. Scenes of one window follow each other in the order of the list. */
export interface Scene {
  readonly name: string;
  /** Brings the window from whatever the scene before left to this screen. */
  readonly open: (page: Page) => Promise<void>;
}

const place = (name: string) => async (page: Page) => {
  await page
    .getByRole('navigation')
    .getByRole('link', { name })
    .or(page.getByRole('navigation').getByRole('button', { name }))
    .first()
    .click();
};

/** Before there is a practice. */
export const firstRunScenes: readonly Scene[] = [{ name: 'first-run', open: () => Promise.resolve() }];

/** With the sample practice, from the closed door on. */
export function practiceScenes(passphrase: string): readonly Scene[] {
  return [
    { name: 'sign-in', open: () => Promise.resolve() },
    {
      name: 'overview',
      open: async (page) => {
        await page.getByLabel('Your passphrase').fill(passphrase);
        await page.getByRole('button', { name: 'Unlock' }).click();
        await page.getByRole('navigation').first().waitFor();
      },
    },
    { name: 'people', open: place('People') },
    {
      name: 'person',
      open: async (page) => {
        await page.getByRole('row').nth(1).click();
      },
    },
    { name: 'enrol', open: place('Enrol') },
    { name: 'certificates', open: place('Certificates and keys') },
    { name: 'authorities', open: place('Authorities') },
    { name: 'audit', open: place('Audit') },
    {
      name: 'palette',
      open: async (page) => {
        await page.keyboard.press('Control+k');
        await page.keyboard.type('oka');
      },
    },
  ];
}
