import type { OpenPgpCard } from './openpgp-card.ts';
import { closeDialog, makingTime, place, press, type Scene } from './scene.ts';
import type { SoftTokens } from './soft-tokens.ts';

/** Cards that come, one that gets a signing key, and what its PIN is asked with. */
export const cardScenes = (tokens: SoftTokens): readonly Scene[] => [
  { name: 'no-card', open: place('Cards and readers') },
  {
    name: 'card-empty',
    open: async (page) => {
      tokens.add('Ridgeway staff');
      await page.getByRole('heading', { name: 'Nobody’s signing key is on this card yet.' }).waitFor();
    },
  },
  {
    name: 'card-person',
    open: async (page) => {
      await press(page, 'Put a signing key on this card');
      await page.getByRole('combobox', { name: 'Person' }).fill('oka');
      await page.getByRole('option', { name: /Okafor/ }).waitFor();
    },
  },
  {
    name: 'card-what',
    open: async (page) => {
      await page.getByRole('option', { name: /Okafor/ }).click();
      await page.getByRole('dialog', { name: /^Put a signing key for / }).waitFor();
    },
  },
  { name: 'card-pin', open: (page) => page.getByRole('button', { name: 'Next: type the PIN' }).click() },
  {
    name: 'card-pin-wrong',
    open: async (page) => {
      await page.getByLabel('Card PIN').fill('7410');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('That PIN was wrong.').waitFor();
    },
  },
  {
    name: 'card-done',
    open: async (page) => {
      await page.getByLabel('Card PIN').fill(tokens.pin);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: /^The signing key for / }).waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'card-in',
    open: async (page) => {
      await closeDialog(page);
      await page.getByRole('heading', { name: /card. It works.$/ }).waitFor();
    },
  },
  { name: 'card-owner', open: (page) => press(page, /^Open .+ page$/) },
];

/** An OpenPGP card that comes in the place of the others, and gets a key. */
export const openPgpCardScenes = (card: OpenPgpCard, tokens: SoftTokens): readonly Scene[] => [
  {
    name: 'openpgp-card-empty',
    open: async (page) => {
      await place('Cards and readers')(page);
      tokens.pullOut();
      card.putIn();
      await page.getByRole('heading', { name: 'No key is on this OpenPGP card yet.' }).waitFor({ timeout: makingTime });
      await page.getByText('1 card is in.').waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'openpgp-card-pin',
    open: async (page) => {
      await press(page, 'Put an OpenPGP key on it');
      await page.getByRole('combobox', { name: 'Person' }).fill('ngozi');
      await page.getByRole('option', { name: /Ngozi/ }).click();
      await page.getByLabel('Admin PIN').waitFor();
    },
  },
  {
    name: 'openpgp-card-done',
    open: async (page) => {
      await page.getByLabel('Card PIN').fill(card.pin);
      await page.getByLabel('Admin PIN').fill(card.adminPin);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: /^The OpenPGP key of / }).waitFor({ timeout: makingTime });
    },
  },
  {
    name: 'openpgp-card',
    open: async (page) => {
      await closeDialog(page);
      await page.getByRole('heading', { name: /signs with this OpenPGP card.$/ }).waitFor({ timeout: makingTime });
    },
  },
];
