import fc from 'fast-check';
import { mutate, mutations } from './mutations.ts';
import type { Target } from './targets.ts';
import type { ToolProcess } from './tool-process.ts';
import type { Workshop } from './workshop.ts';

/** So many files between two looks at the clock. */
const handful = 20;
/** A tool may take so long for one file. */
const longest = 2_000;

export interface FuzzSettings {
  readonly workshop: Workshop;
  readonly tools: ToolProcess;
  readonly seed: number;
  /** Stops after so many. */
  readonly milliseconds: number;
  /** Stops after so many files. */
  readonly runs?: number;
}

export interface FuzzResult {
  /** How many changed files were tried. */
  readonly runs: number;
  /** How many of them the tool took for good, as did the other program. */
  readonly accepted: number;
  readonly fault?: { readonly why: string; readonly input: string; readonly changes: unknown; readonly file: Uint8Array };
}

/** Tries a target for a while; the first fault ends it, made as small as it can be found. */
export async function fuzzTarget(target: Target, { workshop, tools, seed, milliseconds, runs }: FuzzSettings): Promise<FuzzResult> {
  const counts = { runs: 0, accepted: 0 };
  let last = 0;
  const tryOne = async (input: string, file: Uint8Array): Promise<string | undefined> => {
    counts.runs += 1;
    const outcome = await tools.ask(target.request({ base64: Buffer.from(file).toString('base64') }), 5 * longest);
    if ('died' in outcome) return outcome.died === 'hang' ? 'no answer' : 'the process ended';
    const { answer } = outcome;
    last = answer.exit;
    if (answer.exit === 70 || answer.error?.code === 'internal') return 'an error that is none of ours';
    if (outcome.milliseconds > longest) return `${Math.round(outcome.milliseconds)} ms for one file`;
    if (target.judge === undefined || !target.accepts(answer)) return undefined;
    counts.accepted += 1;
    return target.judge(workshop.put('tried', file), workshop) ? undefined : `taken for good, and refused by another program (${input})`;
  };
  await requireOriginals(target, workshop, tryOne, () => last);
  counts.runs = 0;
  counts.accepted = 0;
  const found = await search(target, workshop, tryOne, { seed, milliseconds, runs: runs ?? Infinity });
  return { ...counts, ...found };
}

type TryOne = (input: string, file: Uint8Array) => Promise<string | undefined>;

/** What is not changed is good, to the tool and to the other program: otherwise nothing would be tried. */
async function requireOriginals(target: Target, workshop: Workshop, tryOne: TryOne, exit: () => number): Promise<void> {
  for (const input of target.inputs) {
    const why = await tryOne(input, workshop.read(input));
    const isRead = exit() === 0 || (target.judge === undefined && exit() === 1);
    if (why !== undefined || !isRead) throw new Error(`${target.name}, ${input} as it was made: ${why ?? `exit ${exit()}`}`);
  }
}

async function search(
  { inputs }: Target,
  workshop: Workshop,
  tryOne: TryOne,
  { seed, milliseconds, runs }: { readonly seed: number; readonly milliseconds: number; readonly runs: number },
): Promise<Pick<FuzzResult, 'fault'>> {
  let why = '';
  const property = fc.asyncProperty(fc.constantFrom(...inputs), mutations, async (input, changes) => {
    const fault = await tryOne(input, mutate(workshop.read(input), changes));
    if (fault !== undefined) why = fault;
    return fault === undefined;
  });
  const end = performance.now() + milliseconds;
  for (let tried = 0; tried < runs && performance.now() < end; tried += handful) {
    const numRuns = Math.min(handful, runs - tried);
    const { counterexample } = await fc.check(property, { seed: seed + tried, numRuns });
    if (counterexample === null) continue;
    const [input, changes] = counterexample;
    return { fault: { why, input, changes, file: mutate(workshop.read(input), changes) } };
  }
  return {};
}
