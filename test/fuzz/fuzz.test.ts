import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzzTarget } from './fuzz-target.ts';
import { targetsIn, type Target } from './targets.ts';
import { ToolProcess } from './tool-process.ts';
import { Workshop } from './workshop.ts';

/** Always the same files: what is new is looked for by `npm run fuzz`. */
const seed = 20_261_127;

let workshop: Workshop;
let tools: ToolProcess;
let targets: readonly Target[];
beforeAll(() => {
  workshop = new Workshop();
  tools = new ToolProcess();
  targets = targetsIn(workshop);
});
afterAll(() => {
  tools.close();
  workshop.remove();
});

it('files of every kind, changed at random, crash no tool, keep none waiting, and are taken for good by none that others refuse', async () => {
  for (const target of targets) {
    const runs = target.name.startsWith('openpgp verify') ? 12 : 60;
    expect(await fuzzTarget(target, { workshop, tools, seed, milliseconds: 120_000, runs }), target.name).toEqual({
      runs,
      accepted: expect.any(Number),
    });
  }
});

it('a tool that takes everything for good is found out, with a file that shows it', async () => {
  const [crl] = targets.filter(({ name }) => name === 'crl check');
  if (crl === undefined) throw new Error('no target');
  const { fault } = await fuzzTarget({ ...crl, accepts: () => true }, { workshop, tools, seed, milliseconds: 120_000, runs: 60 });
  expect(fault).toMatchObject({ why: 'taken for good, and refused by another program (list.crl)', input: 'list.crl' });
  expect(crl.judge?.(workshop.put('shown', fault?.file ?? new Uint8Array()), workshop)).toBe(false);
});

it('a process that ends or does not answer is said to, and the next file has a new one', async () => {
  const own = new ToolProcess();
  const slow = own.ask({ command: 'lint', file: { base64: Buffer.from(workshop.read('ada.crt')).toString('base64') } }, 0);
  expect(await slow).toEqual({ died: 'hang' });
  expect(await own.ask({ command: 'inspect', file: workshop.path('ada.crt') }, 60_000)).toMatchObject({ answer: { exit: 0 } });
  own.close();
});
