import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywrightReport } from './playwright-report.ts';
import type { Suite } from './suite.ts';
import { readVitestReport } from './vitest-report.ts';

function vitestSuite(root: string, name: string, about: string, projects: readonly string[]): Suite {
  return {
    name,
    about,
    command: 'vitest',
    arguments: (reportFile) => [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ],
    read: (report) => readVitestReport(report, `${root}/`),
  };
}

const endToEndConfig = 'test/e2e/playwright.config.ts';

const endToEnd: Suite = {
  name: 'e2e',
  about: 'the real window, driven through its flows, on every screen free of accessibility findings',
  command: 'playwright',
  arguments: () => ['test', '--config', endToEndConfig, '--reporter=list,json'],
  environment: (reportFile) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }),
  read: readPlaywrightReport,
};

/** All suites, in the order in which they are worth waiting for. */
export function suitesOf(root: string): Suite[] {
  return [
    vitestSuite(root, 'static', 'types, lint, format, who imports whom, what nobody uses, what must not stand in the tree', [
      'architecture',
    ]),
    vitestSuite(root, 'unit', 'the pure domain, the contract, the services, the window in parts', ['unit', 'renderer']),
    vitestSuite(root, 'integration', 'every adapter against its port, the command line, processes, kill -9, packaging, real tools', [
      'together',
      'integration',
    ]),
    ...(existsSync(join(root, endToEndConfig)) ? [endToEnd] : []),
  ];
}
