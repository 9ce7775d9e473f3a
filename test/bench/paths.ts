import { buildBench, runBuilt } from './built.ts';
import { opensslFiles, opensslRun } from './openssl-files.ts';
import type { Read, ReadOrder } from './read.ts';

const certificates = 500;

/** Paths of three certificates a second, beside one `openssl verify` over the same files, in one run. */
export async function benchPaths(): Promise<void> {
  await buildBench('read');
  const files = opensslFiles();
  const leaves = files.leaves(certificates);
  const ours = await runBuilt<Read>('read', { act: 'paths', root: files.root, issuer: files.issuer, leaves } satisfies ReadOrder);
  const theirs = await opensslRun(files.directory, ['verify', '-CAfile', 'root.pem', '-untrusted', 'ca.pem', ...leaves]);
  files.remove();
  if (!ours.isGood) throw new Error('a path that holds was refused');
  const perSecond = (milliseconds: number) => (certificates / milliseconds) * 1000;
  line(`paths of three certificates: ${perSecond(ours.milliseconds).toFixed(0)} a second,`);
  line(`  ${(theirs.milliseconds / ours.milliseconds).toFixed(2)} x openssl verify (${perSecond(theirs.milliseconds).toFixed(0)})`);
}

/** 1,000 certificates read to their last field, beside one `openssl storeutl -text` over the same. */
export async function benchInspect(): Promise<void> {
  await buildBench('read');
  const files = opensslFiles();
  const made = files.leaves(100);
  const all = Array.from({ length: 1000 }, (_, at) => made[at % made.length] ?? '');
  const ours = await runBuilt<Read>('read', { act: 'inspect', files: all } satisfies ReadOrder);
  files.run(`crl2pkcs7 -nocrl ${all.map((file) => `-certfile ${file}`).join(' ')} -out all.p7b`);
  const theirs = await opensslRun(files.directory, ['pkcs7', '-in', 'all.p7b', '-print_certs', '-text', '-noout']);
  files.remove();
  if (!ours.isGood) throw new Error('a certificate was not read as one');
  line(`1,000 certificates inspected in ${ours.milliseconds.toFixed(0)} ms and ${ours.megabytes.toFixed(0)} MB,`);
  line(`  ${(theirs.milliseconds / ours.milliseconds).toFixed(2)} x openssl pkcs7 -text (${theirs.milliseconds.toFixed(0)} ms)`);
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);
