import { benchAudit } from './audit.ts';
import { benchCms } from './cms.ts';
import { benchLists } from './crl.ts';
import { benchEnroll } from './enroll.ts';
import { benchOcsp } from './ocsp.ts';
import { benchInspect, benchPaths } from './paths.ts';
import { benchToken } from './token.ts';
import { benchUnlock } from './unlock.ts';

/** `npm run bench [NAME]`: side by side with the peer and the raw limit, in one run; the ratios are what counts. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  enroll: benchEnroll,
  crl: benchLists,
  ocsp: benchOcsp,
  token: benchToken,
  unlock: benchUnlock,
  audit: benchAudit,
  paths: benchPaths,
  inspect: benchInspect,
  cms: benchCms,
};

const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (bench === undefined) throw new Error(`There is no bench of this name; there are: ${Object.keys(benches).join(', ')}`);
  await bench(args);
}
process.exit();
