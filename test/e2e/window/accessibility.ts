import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2, A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page as it stands, one line each. Legacy mode: the window lets no second page open. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
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
