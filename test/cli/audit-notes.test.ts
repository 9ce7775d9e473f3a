import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { vectorBytes } from '../domain/reading/vectors.ts';
import { newDesk } from './support/command-line.ts';

interface NoteCase {
  readonly name: string;
  readonly exit: 0 | 1 | 2;
  readonly vkeys: readonly string[];
  readonly note?: string;
  readonly noteBase64?: string;
}

const cases = JSON.parse(Buffer.from(vectorBytes('c2sp/notes.json')).toString()) as NoteCase[];
const base64Of = ({ note, noteBase64 }: NoteCase): string => noteBase64 ?? Buffer.from(note ?? '').toString('base64');
const verdicts = (exits: readonly unknown[]) => cases.map(({ name }, at) => [name, exits[at]]);
const expected = verdicts(cases.map(({ exit }) => exit));

it('keyward says of every signed note what C2SP does', async () => {
  const requests = cases.map((each) => ({ command: 'audit verify-note', file: { base64: base64Of(each) }, vkey: each.vkeys }));
  const { stdout } = await newDesk().runWith(requests.map((request) => JSON.stringify(request)).join('\n'), '--jsonl');
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { exit: number; result?: { valid: boolean; text: string | null }; error?: { code: string } });
  expect(cases.length).toBeGreaterThan(120);
  expect(verdicts(answers.map(({ exit }) => exit))).toEqual(expected);
  // A text that is not vouched for is not told.
  expect(answers.filter(({ exit, result }) => exit === 1 && (result?.valid !== false || result.text !== null))).toEqual([]);
  expect(answers.filter(({ exit, error }) => exit === 2 && error?.code !== 'input.invalid')).toEqual([]);
});

/** Reads cases of one key each as JSON and says of each whether the note opens with it. */
const script = `
import base64, importlib.util, json, sys
spec = importlib.util.spec_from_file_location("verify_log", sys.argv[1])
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)
def opens(note, vkey):
    try:
        program.open_note(base64.b64decode(note), program.read_key(vkey), "the note")
        return True
    except program.Wrong:
        return False
print(json.dumps([opens(note, vkey) for note, vkey in json.load(sys.stdin)]))
`;

it('the program in an exported log opens exactly the notes that hold', () => {
  const ofOneKey = cases.filter(({ vkeys }) => vkeys.length === 1);
  const program = fileURLToPath(new URL('../../resources/verifier/verify_log.py', import.meta.url));
  const input = JSON.stringify(ofOneKey.map((each) => [base64Of(each), each.vkeys[0]]));
  const { stdout, stderr } = spawnSync('python3', ['-B', '-c', script, program], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  const opened = JSON.parse(stdout) as boolean[];
  expect(ofOneKey.map(({ name }, at) => [name, opened[at]])).toEqual(ofOneKey.map(({ name, exit }) => [name, exit === 0]));
});
