import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBench, runBuilt } from './built.ts';
import { opensslFiles, opensslRun, type OpensslRun } from './openssl-files.ts';
import type { Read, ReadOrder } from './read.ts';

const megabytes = 10;

/** A mail of 10 MB opened and its signature verified, beside `openssl cms` on the same files, in one run. */
export async function benchCms(): Promise<void> {
  await buildBench('read');
  const files = opensslFiles();
  const [leaf = ''] = files.leaves(1);
  const path = (name: string) => join(files.directory, name);
  writeFileSync(
    path('mail'),
    `Content-Type: text/plain\r\n\r\n${randomBytes((megabytes << 20) * 0.75)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n')}\r\n`,
  );
  files.run(`cms -encrypt -aes256 -binary -in mail -outform DER -out sealed ${leaf}`);
  files.run(`cms -encrypt -aes256 -in mail -from a@b.example -out sealed.eml ${leaf}`);
  files.run(`cms -sign -in mail -from somebody@ridgeway.example -signer ${leaf} -inkey leaf.key -certfile ca.pem -out signed.eml`);
  const keys = { key: path('leaf.key'), certificate: leaf, out: path('opened') };
  const opening = ['cms', '-decrypt', '-recip', leaf, '-inkey', 'leaf.key', '-out', 'theirs', '-in'];
  for (const [what, file, more] of [
    ['decrypt, DER', 'sealed', ['-inform', 'DER', '-binary']],
    ['decrypt, mail', 'sealed.eml', []],
  ] as const) {
    const ours = await runBuilt<Read>('read', { act: 'decrypt', file: path(file), ...keys } satisfies ReadOrder);
    tell(what, ours, await opensslRun(files.directory, [...opening, file, ...more]));
  }
  const ours = await runBuilt<Read>('read', { act: 'verify', file: path('signed.eml'), root: files.root } satisfies ReadOrder);
  tell(
    'verify, mail',
    ours,
    await opensslRun(files.directory, ['cms', '-verify', '-in', 'signed.eml', '-CAfile', 'root.pem', '-out', 'theirs']),
  );
  files.remove();
}

function tell(what: string, ours: Read, theirs: OpensslRun): void {
  if (!ours.isGood) throw new Error(`${what}: it did not hold`);
  const line = `${megabytes} MB, ${what}: ${ours.milliseconds.toFixed(0)} ms and ${ours.megabytes.toFixed(0)} MB more than before;`;
  process.stdout.write(`${line}\n  openssl cms ${theirs.milliseconds.toFixed(0)} ms and ${theirs.megabytes.toFixed(0)} MB in all\n`);
}
