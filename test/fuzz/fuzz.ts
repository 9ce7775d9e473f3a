/**
 * `npm run fuzz [-- --minutes N] [--seed N] [--target NAME]`: changes files of every kind at random and gives them to the tools that anybody
 * may call. None may crash, hang or take for good what another program refuses. What fails is made small and kept in out/fuzz.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzTarget } from './fuzz-target.ts';
import { targetsIn } from './targets.ts';
import { ToolProcess } from './tool-process.ts';
import { Workshop } from './workshop.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' }, target: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string) => void process.stdout.write(`${line}\n`);
const kept = fileURLToPath(new URL('../../out/fuzz', import.meta.url));

const workshop = new Workshop();
const tools = new ToolProcess();
try {
  const targets = targetsIn(workshop).filter(({ name }) => values.target === undefined || name === values.target);
  if (targets.length === 0) throw new Error('There is no target of this name.');
  say(`seed ${seed}`);
  const milliseconds = (Number(values.minutes ?? 5) * 60_000) / targets.length;
  for (const target of targets) {
    const { runs, accepted, fault } = await fuzzTarget(target, { workshop, tools, seed, milliseconds });
    say(
      `${target.name.padEnd(32)} ${String(runs).padStart(7)} files, ${accepted} taken for good${fault === undefined ? '' : `: ${fault.why}`}`,
    );
    if (fault === undefined) continue;
    process.exitCode = 1;
    mkdirSync(kept, { recursive: true });
    const file = join(kept, `${target.name.replaceAll(' ', '-')}-${seed}`);
    writeFileSync(file, fault.file);
    say(`  ${fault.input}, changed: ${JSON.stringify(fault.changes)}\n  kept: ${file}`);
  }
} finally {
  tools.close();
  workshop.remove();
}
