import type { Locator, Page } from '@playwright/test';
import jsQR from 'jsqr';
import { appCode, keyFromBase32 } from '../services/support/authenticator.ts';
import { goTo, signIn } from './window/sign-in.ts';
import { look } from './window/look.ts';
import { expect, test } from './window/test.ts';

/** What somebody else’s reader sees in the picture on the screen. */
async function readPicture(page: Page, picture: Locator): Promise<string> {
  const png = (await picture.screenshot()).toString('base64');
  const { data, width, height } = await page.evaluate(async (encoded) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    return { data: [...pixels], width: image.width, height: image.height };
  }, png);
  // CommonJS, whose default its types put one deeper.
  return jsQR.default(Uint8ClampedArray.from(data), width, height)?.data ?? '';
}

const fresh = 'harbour lantern mosaic thimble';

async function changePassphrase(page: Page, old: string, next: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Change your passphrase' });
  await dialog.getByLabel('Your passphrase until now').fill(old);
  await dialog.getByLabel('New passphrase').fill(next);
  await dialog.getByLabel('The same again').fill(next);
  await dialog.getByRole('button', { name: 'Change the passphrase' }).click();
}

test('whoever is signed in finds their account at their name and changes their passphrase there', async ({ openWindow, sample }) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^N\s*Nadia|^Nadia/ })
    .click();
  await expect(main.getByRole('heading', { name: 'Nadia', level: 1 })).toBeVisible();
  await look(page);
  await main.getByRole('button', { name: 'Change the passphrase' }).click();
  await changePassphrase(page, 'not hers', fresh);
  await expect(page.getByText(/That was not your passphrase/).first()).toBeVisible();
  await look(page);
  await changePassphrase(page, sample.passphrase, fresh);
  await expect(main.getByText('Your new passphrase opens Keyward from now on.')).toBeVisible();
  await look(page);
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Welcome back, Nadia' })).toBeVisible();
  await signIn(page, fresh);
  await goTo(page, 'Audit');
  await expect(main.getByText('Nadia chose another passphrase').first()).toBeVisible();
});

test('a second factor is turned on with what the app reads off the screen, asked for at the door, and turned off with a code', async ({
  openWindow,
  sample,
}) => {
  const { page } = await openWindow(sample.workspaceDirectory);
  const main = page.getByRole('main');
  await signIn(page, sample.passphrase);
  await page.getByRole('banner').getByTitle('Your account, Nadia').click();
  await expect(main.getByText('Off: the passphrase alone signs you in.')).toBeVisible();
  await main.getByRole('button', { name: 'Turn on' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn on a second factor' });
  const secret = (await dialog.getByRole('group', { name: 'Secret for the authenticator app' }).innerText()).replaceAll(' ', '');
  const uri = new URL(await readPicture(page, dialog.getByRole('img', { name: 'QR code for the authenticator app' })));
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(decodeURIComponent(uri.pathname)).toMatch(/^\/\/totp\/Keyward .*:Nadia$|^\/Keyward .*:Nadia$/);
  await look(page);
  await dialog.getByLabel('Code the app shows now').fill('12345');
  await dialog.getByRole('button', { name: 'Turn it on' }).click();
  await expect(dialog.getByText(/has six digits/)).toBeVisible();
  await dialog.getByLabel('Code the app shows now').fill(appCode(keyFromBase32(secret), Date.now()));
  await dialog.getByRole('button', { name: 'Turn it on' }).click();
  const shown = page.getByRole('dialog', { name: 'Your recovery codes' });
  const items = shown.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(items).toHaveCount(8);
  const codes = await items.allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(shown.getByText(/then tick this box/)).toBeVisible();
  await look(page);
  await shown.getByLabel(/^I have put the codes away/).check();
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(main.getByText('8 recovery codes are unused.')).toBeVisible();
  await look(page);

  await page.keyboard.press('Control+l');
  await page.getByLabel('Your passphrase').fill(sample.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { name: 'One more code' })).toBeVisible();
  await page.getByLabel('Code from the app').fill('AAAAA-AAAAA');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText(/That code was not right/).first()).toBeVisible();
  await look(page);
  await page.getByLabel('Code from the app').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();

  await page.getByRole('banner').getByTitle('Your account, Nadia').click();
  await expect(main.getByText('7 recovery codes are unused.')).toBeVisible();
  await main.getByRole('button', { name: 'Turn off' }).click();
  const off = page.getByRole('dialog', { name: 'Turn off the second factor' });
  await look(page);
  await off.getByLabel('Code from the app').fill(appCode(keyFromBase32(secret), Date.now() + 30_000));
  await off.getByRole('button', { name: 'Turn it off' }).click();
  await expect(main.getByText('Off: the passphrase alone signs you in.')).toBeVisible();
  await goTo(page, 'Audit');
  await expect(main.getByText('Nadia turned off their second factor').first()).toBeVisible();
  await expect(main.getByText('Nadia signed in with a second factor').first()).toBeVisible();
});
