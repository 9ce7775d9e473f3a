import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { recordRevoked } from '../conformance/database-records.ts';
import type { Answered, AnsweredOrder } from './answered.ts';
import { buildBench, runBuilt } from './built.ts';
import type { ListedOrder, Prepared } from './listed.ts';

const certificates = 10_000;

/** OCSP responses signed beforehand, beside the openssl command line and the signatures one core makes at all, in one run. */
export async function benchOcsp(): Promise<void> {
  await buildBench('listed');
  const { workspace, authority } = await runBuilt<Prepared>('listed', { workspace: null, times: 1 } satisfies ListedOrder);
  const database = await openSqliteDatabase({ directory: workspace });
  await recordRevoked(database, authority, certificates);
  await database.close();
  await buildBench('answered');
  const ours = await runBuilt<Answered>('answered', { workspace } satisfies AnsweredOrder);
  const [raw, theirs] = [rawSignatures(3), opensslResponses(5)];
  line(
    `${ours.responses} OCSP responses: ${ours.perSecond.toFixed(0)} a second, ${(ours.perSecond / theirs).toFixed(0)} x openssl (${theirs.toFixed(0)}),`,
  );
  line(
    `  ${((100 * ours.perSecond) / raw).toFixed(0)} % of the P-256 signatures of one core (${raw.toFixed(0)}); loop p99 ${ours.loopDelayP99.toFixed(0)} ms`,
  );
}

function rawSignatures(seconds: number): number {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const data = Buffer.alloc(220, 0x5a);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  for (; performance.now() < end; count++) sign('sha256', data, privateKey);
  return count / seconds;
}

/** A loop of `openssl ocsp`, which reads its index anew each time: of one certificate only, so that reading costs it nothing. */
function opensslResponses(seconds: number): number {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-openssl-'));
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: directory, stdio: 'pipe' });
  try {
    openssl('req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj /CN=CA -set_serial 0x1001');
    writeFileSync(join(directory, 'index.txt'), 'V\t350101000000Z\t\t1001\tunknown\t/CN=CA\n');
    openssl('ocsp -issuer ca.pem -cert ca.pem -no_nonce -reqout request.der');
    const begin = performance.now();
    let count = 0;
    for (; performance.now() - begin < seconds * 1000; count++)
      openssl('ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin request.der -respout response.der -ndays 4');
    return count / ((performance.now() - begin) / 1000);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);
