import { hashToBase64, type Hash } from './hash.ts';

/** Of an answer: a few signature lines. Octets. */
export const longestAnswer = 65_536;

/** The body of `add-checkpoint` (C2SP tlog-witness): the size the witness knows, the proof from there, and the signed checkpoint. */
export const addCheckpointBody = (oldSize: number, proof: readonly Hash[], note: string): string =>
  `old ${oldSize}\n${proof.map((hash) => `${hashToBase64(hash)}\n`).join('')}\n${note}`;

/** The size in an answer 409: how many entries of this log the witness has seen. Undefined where it names none. */
export function readKnownSize(body: string): number | undefined {
  const [, digits = ''] = /^(0|[1-9]\d{0,15})\n?$/.exec(body) ?? [];
  const size = Number(digits);
  return digits !== '' && Number.isSafeInteger(size) ? size : undefined;
}

/** As many lines of one witness as are looked at. */
const mostLines = 10;

/** The signature lines of this key in an answer 200, each with its line feed. Other lines are nobody's that was asked. */
export const cosignatureLines = (body: string, name: string): string =>
  body
    .split('\n')
    .filter((line) => line.startsWith(`\u2014 ${name} `))
    .slice(0, mostLines)
    .map((line) => `${line}\n`)
    .join('');
