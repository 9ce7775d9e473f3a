import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseArguments } from '../../main/cli/arguments.ts';
import { commands } from '../../main/cli/commands/index.ts';
import { help } from '../../main/cli/help.ts';
import { newDesk } from './support/command-line.ts';

const overviewAt = (columns: number): string => help([], columns);

/** The command lines in a page: what begins with `./keyward`, without the remark behind it. */
function documented(page: string): string[][] {
  const lines = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('./keyward '))
    .map((line) => line.replace(/\s+#\s.*$/, ''))
    .map((line) => (line.match(/"[^"]*"|\S+/g) ?? []).slice(1).map((word) => word.replaceAll('"', '')));
}

it('every command has words of its own and stands in the overview once, in lines that fit the terminal', () => {
  const named = commands.map(({ words }) => words.join(' '));
  expect(new Set(named).size).toBe(named.length);
  for (const columns of [80, 100]) {
    const lines = overviewAt(columns).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    for (const name of named) expect(lines.filter((line) => line.startsWith(`  ${name}  `))).toHaveLength(1);
  }
});

it('a word has the help of all commands that begin with it, a command its own and of those below it', async () => {
  const desk = newDesk();
  const { stdout: mail } = await desk.run('mail', 'smtp', '--help');
  expect(mail.match(/^keyward .*/gm)?.map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual([
    'mail smtp set',
    'mail smtp show',
    'mail smtp check',
    'mail smtp remove',
  ]);
  const { stdout: card } = await desk.run('operator', 'card', '--help');
  expect(card.match(/^keyward /gm)).toHaveLength(3);
  expect((await desk.run('nothing', '--help')).stdout).toContain('The practice');
});

it('an unknown command or option is refused with the help that has what was meant', async () => {
  const desk = newDesk();
  expect(await desk.run('mail', 'expart')).toMatchObject({ exit: 2, stderr: expect.stringContaining('`keyward mail --help`') });
  expect(await desk.run('male')).toMatchObject({ exit: 2, stderr: expect.stringContaining('`keyward --help`') });
  expect(await desk.run('people', 'list', '--sort-by', 'x')).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('`keyward people list --help`'),
  });
});

it.each(['README.md', 'docs/commands.md'])('every command line in %s is one that Keyward takes', (page) => {
  const lines = documented(page);
  expect(lines).not.toEqual([]);
  for (const line of lines) expect(parseArguments(line).command?.words, line.join(' ')).toBeDefined();
});
