import axe, { type RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';

/** WCAG 2.2, A and AA. */
const everything: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
};

/** Those of them that another colour scheme can break while the page is the same. */
const colours: RunOptions = { ...everything, runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** What axe finds on the page as it stands, one line each. */
export const axeFindings = (page: Page): Promise<string[]> => findings(page, everything);

/** The same of colours alone, for a page that was looked at in its other colours. */
export const colourFindings = (page: Page): Promise<string[]> => findings(page, colours);

async function findings(page: Page, options: RunOptions): Promise<string[]> {
  // Half of a run's time is the loading, so it is loaded into each page once.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (chosen) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, chosen);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
  }, options);
}

/** What can be scrolled sideways, one line each: the page, or a part of it. */
export function sidewaysScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element) =>
      element === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const wide = [...document.querySelectorAll('*')].filter(
      (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && scrolls(element),
    );
    return wide.map((element) => `${element.scrollWidth - element.clientWidth} px: ${element.outerHTML.slice(0, 120)}`);
  });
}

/** How many pixels longer the window is than what is seen of it. With a side bar only parts of it scroll; the door may be longer. */
export function lengthBeyondWindow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return document.querySelector('nav') === null ? 0 : scrollHeight - clientHeight;
  });
}
