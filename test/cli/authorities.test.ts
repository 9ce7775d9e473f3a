import { describe, expect, it } from 'vitest';
import { newDesk, type Desk } from './support/command-line.ts';

interface Listed {
  readonly authorities: readonly { readonly id: string; readonly name: string; readonly issuesToPeople: boolean }[];
}

async function deskWithPractice(): Promise<Desk> {
  const desk = newDesk();
  await desk.json('init', '--name', 'Ridgeway', '--root-algorithm', 'p256', '--recovery-code-file', desk.path('code'));
  return desk;
}

const issuing = async (desk: Desk) =>
  (await desk.json<Listed>('authority', 'list')).authorities.filter(({ issuesToPeople }) => issuesToPeople).map(({ name }) => name);

describe('authority rollover', () => {
  it('takes an authority by its name, and says what issues from now on', async () => {
    const desk = await deskWithPractice();
    const { exit, stdout } = await desk.run('authority', 'rollover', 'Ridgeway Issuing 1', '--algorithm', 'p256');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^Ridgeway Issuing 1 \(2\) is ready, until \d{4}-.*\nIt issues to people with the new key from now on\.\n$/);
    expect(await issuing(desk)).toEqual(['Ridgeway Issuing 1 (2)']);
    const root = await desk.json<object>('authority', 'rollover', 'Ridgeway Root');
    expect(root).toMatchObject({ name: 'Ridgeway Root (2)', isUsed: false, crossCertificates: [expect.any(String), expect.any(String)] });
  });

  it.each([
    ['Ridgeway Issuing 1', [], 3, 'conflict'],
    ['Nobody', [], 3, 'not-found'],
    ['Ridgeway Root', ['--algorithm', 'rsa-2048'], 2, 'input.invalid'],
    ['Ridgeway Root', ['--days', '99999'], 2, 'input.invalid'],
  ])('of %s %j is refused with exit code %i and %s, and a hint', async (name, options, exit, code) => {
    const desk = await deskWithPractice();
    await desk.json('authority', 'rollover', 'Ridgeway Issuing 1');
    const refused = await desk.run('authority', 'rollover', name, ...options, '--json');
    expect(refused.exit).toBe(exit);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code, hint: expect.stringMatching(/\w/) } });
    expect((await desk.json<Listed>('authority', 'list')).authorities).toHaveLength(3);
  });
});

describe('authority create', () => {
  it('takes the one above by its name, and says until when and which list', async () => {
    const desk = await deskWithPractice();
    const { exit, stdout } = await desk.run('authority', 'create', 'Clinic', '--under', 'Ridgeway Root', '--domain', 'ridgeway.example');
    expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^Clinic is ready, until \d{4}-.*\nList 1 is made/) });
    expect(await issuing(desk)).toEqual(['Ridgeway Issuing 1']);
    const { stdout: listed } = await desk.run('authority', 'list');
    expect(listed).toMatch(/Clinic .*ridgeway\.example/);
  });

  it('has the new one issue with --use, and an older one again with authority use', async () => {
    const desk = await deskWithPractice();
    await desk.json('authority', 'create', 'Clinic', '--under', 'Ridgeway Root', '--algorithm', 'p256', '--use');
    expect(await issuing(desk)).toEqual(['Clinic']);
    expect((await desk.run('authority', 'use', 'Ridgeway Issuing 1')).stdout).toBe('Ridgeway Issuing 1 issues to people from now on.\n');
    expect(await issuing(desk)).toEqual(['Ridgeway Issuing 1']);
  });

  it('says that it ends with the one above', async () => {
    const desk = await deskWithPractice();
    await desk.json('authority', 'create', 'Short', '--under', 'Ridgeway Root', '--days', '30', '--path-length', 'open');
    expect((await desk.run('authority', 'create', 'Below', '--under', 'Short')).stdout).toMatch(/, when the one above it ends: /);
  });

  it.each([
    [['--under', 'Nobody'], 3, 'not-found'],
    [[], 2, 'input.invalid'],
    [['--root', '--under', 'Ridgeway Root'], 2, 'input.invalid'],
    [['--under', 'Ridgeway Issuing 1'], 2, 'input.path-length'],
    [['--under', 'Ridgeway Root', '--path-length', 'long'], 2, 'input.invalid'],
    [['--under', 'Ridgeway Root', '--algorithm', 'rsa-2048'], 2, 'input.invalid'],
  ])('refuses %j with exit code %i and %s, and a hint', async (options, exit, code) => {
    const desk = await deskWithPractice();
    const refused = await desk.run('authority', 'create', 'Clinic', ...options, '--json');
    expect(refused.exit).toBe(exit);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code, hint: expect.stringMatching(/\w/) } });
    expect((await desk.json<Listed>('authority', 'list')).authorities).toHaveLength(2);
  });
});
