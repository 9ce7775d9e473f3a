import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../main/cli/arguments.ts';
import { bearLostOutput } from '../../main/cli/lost-output.ts';
import { AppError } from '../../main/domain/errors.ts';

function refusalOf(line: string): string {
  try {
    parseArguments(line.split(' '));
    return '';
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.invalid') return error.message;
    throw error;
  }
}

describe('what was typed', () => {
  it.each([
    ['people', '`keyward people` goes on with: import, list, show'],
    ['people lst', '`keyward people` goes on with: import, list, show'],
    ['poeple list', '`keyward people` goes on with: import'],
    ['enrol a@ridgeway.example', 'There is `keyward enroll`.'],
    ['frobnicate --csv', 'There is no such command; `keyward --help` lists them.'],
    ['people list --frobnicate', 'The option --frobnicate does not fit this command; `keyward people list --help`'],
    ['people list --search', 'The option --search needs a value behind it'],
    ['people list --search --json', 'The option --search needs a value behind it'],
    ['people list --json=yes', 'The option --json takes no value'],
    ['people list ada@ridgeway.example', '`keyward people list` takes options only: [--search TEXT]'],
    ['certificate list ada@ridgeway.example', '`keyward certificate list` takes options only: [--person PERSON]'],
    ['init Ridgeway', '`keyward init` takes options only: [--name N]'],
    ['job list 3', '`keyward job list` takes nothing behind it.'],
  ])('as %s is refused with what there is', (line, message) => {
    expect(refusalOf(line)).toContain(message);
  });

  it.each([
    'people show',
    'people show ada@ridgeway.example',
    'verify-chain --trust ca.pem leaf.pem',
    'authority crl --due',
    'people list --help',
  ])('as %s is taken', (line) => expect(refusalOf(line)).toBe(''));

  it('is never repeated: it may be a secret in the wrong place', () => {
    for (const line of ['hunter2', 'people list hunter2', 'people list --search a --hunter2=x hunter2', 'people hunter2'])
      expect(refusalOf(line).replace('--hunter2', '')).not.toContain('hunter2');
  });
});

describe('output that nobody takes', () => {
  const streams = () => {
    const said: string[] = [];
    const [stdout, stderr] = [new EventEmitter(), Object.assign(new EventEmitter(), { write: (text: string) => said.push(text) })];
    let lost = 0;
    bearLostOutput(stdout, stderr, () => (lost += 1));
    return { stdout, stderr, said, lost: () => lost };
  };
  const failure = (code: string) => Object.assign(new Error(code), { code });

  it('ends nothing where the reader has stopped', () => {
    const { stdout, stderr, said, lost } = streams();
    for (const stream of [stdout, stderr]) stream.emit('error', failure('EPIPE'));
    expect([lost(), said]).toEqual([0, []]);
  });

  it('is said, and told, where the disk is full', () => {
    const { stdout, said, lost } = streams();
    stdout.emit('error', failure('ENOSPC'));
    expect([lost(), said]).toEqual([1, [expect.stringMatching(/^error: .+\nhint: .+\n$/)]]);
  });
});
