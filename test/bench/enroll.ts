import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildBench, runApart, runBuilt } from './built.ts';
import type { EnrollOrder, Enrolled } from './enroll-order.ts';
import { opensslLoop } from './openssl-loop.ts';
import type { RawOrder } from './raw-limit.ts';

const settings: readonly (EnrollOrder & { readonly aim: string })[] = [
  { people: 10_000, subject: 'p256', issuer: 'p256', aim: '40 % of raw, 100 x openssl, p99 < 50 ms, < 350 MB' },
  { people: 10_000, subject: 'p256', issuer: 'p384', aim: '85 % of raw' },
  { people: 10_000, subject: 'p256', issuer: 'rsa-4096', aim: '85 % of raw' },
  { people: 100, subject: 'rsa-3072', issuer: 'p256', aim: '85 % of raw' },
];

/** `args` name settings as subject/issuer; all of them where none is named. Certificates a second beside the openssl command line and beside the raw limit, all in one run. */
export async function benchEnroll(args: readonly string[]): Promise<void> {
  await buildBench('enrolled');
  const openssl = opensslLoop(5);
  line(`enrolment, ${availableParallelism()} cores; openssl command line, P-256: ${openssl.toFixed(0)} certificates/s`);
  const chosen = settings.filter(({ subject, issuer }) => args.length === 0 || args.includes(`${subject}/${issuer}`));
  for (const setting of chosen) {
    const rawBefore = await rawLimit({ ...setting, seconds: setting.subject === 'p256' ? 4 : 20 });
    const ours = await runBuilt<Enrolled>('enrolled', setting);
    const rawAfter = await rawLimit({ ...setting, seconds: setting.subject === 'p256' ? 4 : 20 });
    const raw = (rawBefore + rawAfter) / 2;
    const beside = setting.issuer === 'p256' && setting.subject === 'p256' ? `, ${(ours.perSecond / openssl).toFixed(0)} x openssl` : '';
    line(
      `subjects ${setting.subject}, issuer ${setting.issuer}: ${ours.perSecond.toFixed(0)}/s, raw ${raw.toFixed(0)}/s: ${((100 * ours.perSecond) / raw).toFixed(0)} %${beside}`,
    );
    line(
      `  loop delay p99 ${ours.loopDelayP99.toFixed(1)} ms, ${ours.megabytes.toFixed(0)} MB for ${2 * setting.people} certificates (aim: ${setting.aim})`,
    );
  }
}

const rawLimit = (order: RawOrder): Promise<number> => runApart(join(import.meta.dirname, 'raw-limit.ts'), order);

const line = (text: string): void => void process.stdout.write(`${text}\n`);
