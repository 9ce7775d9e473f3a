import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addPeople, newPractice, secret } from '../services/support/practice.ts';
import { stoppedReaderService } from '../services/support/reader-service.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm } from '../services/support/soft-hsm.ts';
import { accountPreferences, makeProfile, program, startThunderbird } from './support/thunderbird.ts';

const canRun = existsSync(program) || process.env['CI'] !== undefined;

/** The kit for a practice whose one person has a card, in a folder. */
async function fleetKit() {
  const hsm = newSoftHsm();
  const practice = await newPractice({ tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService });
  const [person = ''] = await addPeople(practice, 1);
  await practice.client.tokens.enroll({ person, token: hsm.addToken('Ada card'), pin: secret(pin) });
  const { files, password } = await practice.client.mail.kit({ person, client: 'thunderbird-fleet' });
  expect(password).toBe(null);
  const app = join(hsm.directory, 'app');
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(app, name)), { recursive: true });
    writeFileSync(join(app, name), bytes);
  }
  const root = (await practice.client.authorities.list({})).authorities.find(({ parentId }) => parentId === null);
  const { bytes } = await practice.client.authorities.export({ authority: root?.id ?? '', format: 'pem' });
  return { directory: hsm.directory, app, names: files.map(({ name }) => name).toSorted(), root: new X509Certificate(Buffer.from(bytes)) };
}

/** The installed program, run from a folder that has a `distribution` of ours: only its executable is copied. */
function installInto(app: string): string {
  for (const name of readdirSync(dirname(program)))
    if (!name.startsWith('thunderbird')) symlinkSync(join(dirname(program), name), join(app, name));
  copyFileSync(program, join(app, 'thunderbird'));
  return join(app, 'thunderbird');
}

/** Whether policies keep to the schema that the installed Thunderbird brings along. */
const validate = `
import json,sys,zipfile,jsonschema
schema=json.loads(zipfile.ZipFile(sys.argv[1]).read('modules/policies/policies-schema.json'))
whole={'type':'object','additionalProperties':False,'required':['policies'],
  'properties':{'policies':{'type':'object','additionalProperties':False,'properties':schema['properties']}}}
policies=json.load(open(sys.argv[2]))
jsonschema.validate(policies,whole)
policies['policies']['Certificates']['Install']='root'
try: jsonschema.validate(policies,whole)
except jsonschema.ValidationError: print('told apart')
`;

const looking = `
  const [der] = arguments;
  const store = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  const root = store.constructX509FromBase64(der);
  const modules = await Cc['@mozilla.org/security/pkcs11moduledb;1'].getService(Ci.nsIPKCS11ModuleDB).listModules();
  return {
    isActive: Services.policies.status === Ci.nsIEnterprisePolicies.ACTIVE,
    policies: Object.keys(Services.policies.getActivePolicies() ?? {}).toSorted(),
    isTrustedForMail: store.isCertTrusted(root, Ci.nsIX509Cert.CA_CERT, Ci.nsIX509CertDB.TRUSTED_EMAIL),
    libraries: modules.map(({ libName }) => libName).filter((name) => name?.startsWith('/')),
    encrypts: Services.prefs.getBoolPref('mail.e2ee.auto_enable'),
  };
`;

describe.runIf(canRun)('Thunderbird on many computers', () => {
  it('takes its policies by its own schema, trusts the root for mail and finds the driver of the cards', async () => {
    const { directory, app, names, root } = await fleetKit();
    expect(names).toEqual(['distribution/certificates/root-1.crt', 'distribution/policies.json']);
    const judged = spawnSync('python3', ['-c', validate, join(dirname(program), 'omni.ja'), join(app, 'distribution/policies.json')], {
      encoding: 'utf8',
    });
    expect([judged.stderr, judged.stdout.trim()]).toEqual(['', 'told apart']);
    expect(
      execFileSync('openssl', ['x509', '-inform', 'DER', '-in', join(app, 'distribution/certificates/root-1.crt'), '-noout', '-subject'], {
        encoding: 'utf8',
      }),
    ).toContain('Root');
    const profile = makeProfile(join(directory, 'profile'), accountPreferences(['ada@ridgeway.example'], 1));
    const thunderbird = await startThunderbird(profile, join(directory, 'home'), {
      executable: installInto(app),
      environment: { SOFTHSM2_CONF: join(directory, 'softhsm2.conf') },
    });
    onTestFinished(() => thunderbird.stop());
    await expect
      .poll(() => thunderbird.run(looking, root.raw.toString('base64')), { timeout: 20_000 })
      .toEqual({
        isActive: true,
        policies: ['Certificates', 'Preferences', 'SecurityDevices'],
        isTrustedForMail: true,
        libraries: [softHsmModule.library],
        encrypts: true,
      });
  });
});
