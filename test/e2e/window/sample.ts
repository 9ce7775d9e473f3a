import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** Names the file that says where the sample practice is. */
export const sampleVariable = 'KEYWARD_E2E_SAMPLE';

const description = z.object({ workspaceDirectory: z.string(), passphrase: z.string() });

export type Sample = z.infer<typeof description>;

/** A copy of the sample practice that its test may change: 25 people, one OpenPGP key, one certificate revoked, one operator, Nadia. */
export function copySample(workspaceDirectory: string): Sample {
  const path = process.env[sampleVariable];
  if (path === undefined) throw new Error('the global setup has made no sample practice');
  const sample = description.parse(JSON.parse(readFileSync(path, 'utf8')));
  // What is copied gets ordinary rights; what is there keeps its own, and a practice open to others is refused.
  mkdirSync(workspaceDirectory, { mode: 0o700 });
  cpSync(sample.workspaceDirectory, workspaceDirectory, { recursive: true, preserveTimestamps: true });
  return { workspaceDirectory, passphrase: sample.passphrase };
}
