import { resolve } from 'node:path';
import { closeDialog, makingTime, place, press, row, type Scene } from './scene.ts';

const sample = (name: string): string => resolve(import.meta.dirname, '../../resources/sample-practice', name);

/** Of a practice that is made for pictures and thrown away. */
const firstPassphrase = 'harbour lantern mosaic thimble';

/** Before there is a practice: each question of the first run, up to the first certificate. */
export const firstRunScenes: readonly Scene[] = [
  { name: 'first-run', open: () => Promise.resolve() },
  {
    name: 'first-run-sign-in',
    open: async (page) => {
      await page.getByLabel('Practice name').fill('Ridgeway Family Practice');
      await page.getByLabel('Mail domain').fill('ridgeway.example');
      await page.getByRole('button', { name: 'Next: how you sign in' }).click();
      await page.getByLabel('Your name').fill('Nadia Rahman');
      await page.getByLabel('New passphrase').fill(firstPassphrase);
    },
  },
  {
    name: 'first-run-recovery-code',
    open: async (page) => {
      await page.getByLabel('The same again').fill(firstPassphrase);
      await page.getByRole('button', { name: 'Create the practice' }).click();
      await page.getByRole('list', { name: 'Recovery code' }).waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'first-run-certificate',
    open: async (page) => {
      await page.getByLabel('I have put the code away').check();
      await page.getByRole('button', { name: 'Next: your first certificate' }).click();
      await page.getByLabel('Your mail address').fill('n.rahman@ridgeway.example');
    },
  },
  {
    name: 'first-run-done',
    open: async (page) => {
      await page.getByRole('button', { name: 'Issue my certificate' }).click();
      await page.getByRole('heading', { name: 'Your certificate works, Nadia' }).waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'empty',
    open: async (page) => {
      await page.getByRole('button', { name: 'Open the overview' }).click();
      await place('Enrol')(page);
    },
  },
];

/** With a practice, at the closed door and just behind it. */
export const doorScenes = (passphrase: string): readonly Scene[] => [
  { name: 'sign-in', open: () => Promise.resolve() },
  { name: 'recovery', open: (page) => page.getByRole('button', { name: 'I cannot sign in' }).click() },
  {
    name: 'overview',
    open: async (page) => {
      await page.getByRole('button', { name: 'Back to the passphrase' }).click();
      await page.getByLabel('Your passphrase').fill(passphrase);
      await page.getByRole('button', { name: 'Unlock' }).click();
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
    },
  },
];

const peopleScenes: readonly Scene[] = [
  { name: 'people', open: place('People') },
  { name: 'person', open: (page) => row(page, 'Adaeze Okafor').click() },
  { name: 'hand-over', open: (page) => press(page, 'Hand over') },
  {
    name: 'mail-setup',
    open: async (page) => {
      await page.getByRole('button', { name: 'Set it up here' }).click();
      await page.getByRole('dialog').getByText('2 private keys').waitFor();
    },
  },
  {
    name: 'mail-proved',
    open: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Set it up', exact: true }).click();
      await page
        .getByRole('dialog')
        .getByText(/ is ready.$/)
        .waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'person-ready',
    open: async (page) => {
      await closeDialog(page);
      await page
        .getByRole('main')
        .getByText(/^Set up in Thunderbird/)
        .waitFor();
    },
  },
  { name: 'packages', open: place('Mail programs') },
  { name: 'package', open: (page) => row(page, 'Adaeze Okafor').click() },
  {
    name: 'test-message',
    open: (page) => page.getByRole('dialog').getByRole('button', { name: 'Test message' }).click(),
  },
  {
    name: 'packages-make',
    open: async (page) => {
      await closeDialog(page);
      await press(page, 'Make packages');
      await page.getByRole('dialog').getByLabel('Where they read mail').waitFor();
    },
  },
  {
    name: 'handed-over',
    open: async (page) => {
      await closeDialog(page);
      await place('People')(page);
      await row(page, 'Adaeze Okafor').click();
      await press(page, 'Hand over');
      await page.getByRole('dialog').getByRole('button', { name: 'Make the file' }).click();
      await page.getByRole('dialog').getByLabel('Language of their sheet').waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'test-messages',
    open: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Done', exact: true }).click();
      await place('People')(page);
      for (const name of ['Adaeze Okafor', 'Mehmet']) await row(page, name).getByRole('checkbox').check();
      await press(page, 'Test messages');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'openpgp-hand-over',
    open: async (page) => {
      await closeDialog(page);
      await place('People')(page);
      await row(page, 'Adaeze Okafor').click();
      await page.getByRole('button', { name: 'Hand over the OpenPGP key' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'enrol-check',
    open: async (page) => {
      await place('Enrol')(page);
      const asked = page.waitForEvent('filechooser');
      await press(page, 'Choose a staff list');
      await (await asked).setFiles(sample('staff-with-mistakes.csv'));
      await row(page, 'Łukasz').waitFor();
    },
  },
  { name: 'enrol-repair', open: (page) => press(page, 'Edit in row 19') },
  {
    name: 'enrol-done',
    open: async (page) => {
      await closeDialog(page);
      await press(page, /^Issue for/);
      await page.getByRole('heading', { name: /ready for hand-over$/ }).waitFor({ timeout: makingTime });
    },
  },
];

const recordScenes: readonly Scene[] = [
  { name: 'viewer', open: place('Look at a file') },
  { name: 'certificates', open: place('Certificates and keys') },
  {
    name: 'request',
    open: async (page) => {
      await press(page, 'Sign a request');
      const asked = page.waitForEvent('filechooser');
      await page.getByRole('dialog').getByRole('button', { name: 'Choose a file' }).click();
      await (await asked).setFiles(sample('request.pem'));
      await page.getByRole('region', { name: 'What was asked for' }).waitFor();
    },
  },
  {
    name: 'certificate',
    open: async (page) => {
      await closeDialog(page);
      await page.getByRole('searchbox').fill('a.okafor@');
      await row(page, 'Signing mail').filter({ hasText: 'a.okafor@' }).click();
    },
  },
  {
    name: 'revoke',
    open: async (page) => {
      await press(page, 'Revoke');
      await page.getByRole('radio', { name: /^Lost, stolen/ }).check();
      await page.getByLabel('Note for the audit log').fill('Left in a taxi on Tuesday evening. She called at nine.');
    },
  },
  {
    name: 'revoked',
    open: async (page) => {
      await page.getByRole('button', { name: /^Revoke 1 certificate now/ }).click();
      await page.getByRole('heading', { name: 'The certificate is revoked' }).waitFor();
    },
  },
  {
    name: 'audit',
    open: async (page) => {
      await place('Audit')(page);
      await page.getByText('The log is complete and unaltered.').waitFor();
    },
  },
  {
    name: 'audit-entry',
    open: async (page) => {
      await row(page, 'revoked: ').first().click();
      await page.getByRole('heading', { name: 'This entry is proven to be in the log' }).waitFor();
    },
  },
  {
    name: 'authority-new',
    open: async (page) => {
      await place('Authorities')(page);
      await press(page, 'New authority');
      await page.getByRole('textbox', { name: 'Name' }).fill('Ridgeway Clinics');
      await page.getByRole('textbox', { name: 'Mail domains' }).fill('ridgeway.example .clinics.example');
    },
  },
  {
    name: 'authorities',
    open: async (page) => {
      await page.getByRole('button', { name: 'Make the authority' }).click();
      await page.getByRole('region', { name: 'Ridgeway Clinics' }).waitFor({ timeout: makingTime });
    },
  },
  { name: 'operators', open: place('Operators') },
  {
    name: 'operator-add',
    open: async (page) => {
      await press(page, 'Add an operator');
      await page
        .getByRole('dialog')
        .getByRole('radio', { name: /^Registrar/ })
        .check();
    },
  },
  { name: 'backup', open: place('Backup') },
  { name: 'escrow', open: place('Recovery') },
  { name: 'profiles', open: place('Certificate profiles') },
  {
    name: 'profile',
    open: async (page) => {
      await row(page, 'smime-sponsor-multipurpose').click();
      await page.getByRole('dialog').getByRole('list', { name: 'What the rules say' }).waitFor();
    },
  },
  {
    name: 'profile-new',
    open: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Make your own from this' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Locum doctors');
      await page.getByRole('button', { name: 'Check it' }).click();
      await page.getByRole('button', { name: 'Keep this profile' }).waitFor();
    },
  },
  {
    name: 'palette',
    open: async (page) => {
      await closeDialog(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find anything' }).fill('oka');
      await page.getByRole('option', { name: /Okafor/ }).waitFor();
    },
  },
];

/** What whoever is signed in decides about their own sign-in, and an administrator about everybody's. */
const signInScenes: readonly Scene[] = [
  { name: 'settings', open: place('Settings') },
  {
    name: 'account',
    open: (page) =>
      page
        .getByRole('banner')
        .getByTitle(/^Your account/)
        .click(),
  },
  { name: 'account-passphrase', open: (page) => press(page, 'Change the passphrase') },
  {
    name: 'account-second-factor',
    open: async (page) => {
      await closeDialog(page);
      await press(page, 'Turn on');
      await page.getByRole('img', { name: /^QR code/ }).waitFor();
    },
  },
];

/** With the sample practice, once somebody has signed in. */
export const practiceScenes: readonly Scene[] = [...peopleScenes, ...recordScenes, ...signInScenes];
