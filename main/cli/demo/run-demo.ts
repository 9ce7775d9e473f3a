import { join } from 'node:path';
import { FileContent, Secret } from '../../contract/secret.ts';
import { AppError } from '../../domain/errors.ts';
import type { CommandContext } from '../command.ts';
import { enrollAndWait } from '../commands/enroll.ts';
import type { Check } from './check.ts';
import { checkAll, checkMessage, type DemoFiles, type DemoPerson } from './checks.ts';
import { checkOtherKeys, makeOtherKeys, type OtherKeys, type OtherKeysOrder } from './other-keys.ts';
import { findProgram, opensslPlaces } from './program.ts';

/** The sample practice, embedded so that the demo needs nothing but itself. */
export interface SamplePractice {
  readonly name: string;
  readonly mailDomain: string;
  readonly publishUrl: string;
  readonly staffList: Uint8Array;
}

export interface DemoResult extends OtherKeys {
  readonly directory: string;
  readonly people: number;
  readonly certificates: number;
  readonly revoked: string;
  readonly list: number;
  readonly auditEntries: number;
  readonly auditHolds: boolean;
  /** By the programs that are installed. */
  readonly checks: readonly Check[];
}

/** The main job from nothing: practice, staff, certificates, export, one revocation, lists, the log verified. */
export async function runDemo(context: CommandContext, sample: SamplePractice, directory: string, secret: Uint8Array): Promise<DemoResult> {
  const { client, say } = context;
  const copy = () => new Secret(Uint8Array.from(secret));
  say(`Making ${sample.name} ...`);
  const { recoveryCode, issuingAuthorityId } = await client.workspace.init({
    ...sampleChoices(sample),
    operator: 'admin',
    passphrase: copy(),
  });
  recoveryCode.wipe();
  const { people } = await client.people.import({ file: new FileContent('staff.csv', sample.staffList) });
  say(`Issuing to ${people.length} people ...`);
  const job = await enrollAndWait(context, people);
  if (job.failed > 0) throw new AppError('internal', 'Somebody of the sample practice could not be enrolled.', { failed: job.failed });
  say('Exporting ...');
  const exported = await exportPeople(context, people, directory, copy);
  const revoked = exported[1];
  if (revoked === undefined) throw new AppError('internal', 'the sample practice is too small');
  await client.certificates.revoke({
    certificates: revoked.certificates.map(({ summary }) => summary.id),
    reason: 'keyCompromise',
    note: 'Laptop stolen from the car',
  });
  const files = await publish(context, directory, issuingAuthorityId);
  say('A card, a mail program, an OpenPGP key ...');
  const order = otherKeysOrder(people, directory, copy);
  const otherKeys = await makeOtherKeys(context, order);
  const checks = [
    ...(await checkEverything(context, files, exported, revoked, copy, secret)),
    ...(await checkOtherKeys(context, order, otherKeys, files)),
  ];
  const [log, { authorities }] = [await client.audit.verify({}), await client.authorities.list({})];
  return {
    directory,
    people: people.length,
    certificates: exported.reduce((sum, person) => sum + person.certificates.length, 0),
    revoked: revoked.name,
    list: authorities.find(({ id }) => id === issuingAuthorityId)?.latestList?.number ?? 0,
    auditEntries: log.entries,
    auditHolds: log.holds,
    ...otherKeys,
    checks,
  };
}

function otherKeysOrder(people: readonly string[], directory: string, copy: () => Secret): OtherKeysOrder {
  const [first = '', , third = ''] = people;
  return { openPgp: first, thunderbird: first, token: third, directory, copy };
}

const sampleChoices = ({ name, mailDomain, publishUrl }: SamplePractice) => ({ name, mailDomain, publishUrl });

async function exportPeople(
  context: CommandContext,
  people: readonly string[],
  directory: string,
  copy: () => Secret,
): Promise<DemoPerson[]> {
  const exported: DemoPerson[] = [];
  for (const person of people) {
    exported.push(await exportPerson(context, person, join(directory, 'people'), copy));
    context.progress(exported.length, people.length, 'people exported');
  }
  return exported;
}

async function exportPerson({ client, files }: CommandContext, person: string, directory: string, copy: () => Secret): Promise<DemoPerson> {
  const details = await client.people.show({ person });
  const current = details.certificates.filter(({ isCurrent }) => isCurrent);
  const { file } = await client.certificates.exportPrivateKey({
    certificates: current.map(({ id }) => id),
    format: 'p12-modern',
    password: copy(),
  });
  files.write(join(directory, file.name), file.bytes);
  const sheet = await client.people.handoverSheet({ person });
  files.write(join(directory, sheet.name), sheet.bytes);
  const certificates = [];
  for (const summary of current) {
    const { name, bytes } = await client.certificates.export({ certificate: summary.id, format: 'pem' });
    files.write(join(directory, name), bytes);
    certificates.push({ summary, pem: join(directory, name) });
  }
  return { name: details.name, pfx: join(directory, file.name), certificates };
}

async function publish({ client, files }: CommandContext, directory: string, issuingAuthority: string): Promise<DemoFiles> {
  const published = join(directory, 'published');
  for (const file of (await client.authorities.publish({})).files) files.write(join(published, file.name), file.bytes);
  const { authorities } = await client.authorities.list({});
  const paths = { root: join(directory, 'root.pem'), issuing: join(directory, 'issuing.pem') };
  for (const { id } of authorities) {
    const { bytes } = await client.authorities.export({ authority: id, format: 'pem' });
    files.write(id === issuingAuthority ? paths.issuing : paths.root, bytes);
  }
  const { file } = await client.authorities.crl({ authority: issuingAuthority });
  files.write(join(published, file.name), file.bytes);
  return { directory, ...paths, list: join(published, file.name) };
}

async function checkEverything(
  context: CommandContext,
  files: DemoFiles,
  people: readonly DemoPerson[],
  revoked: DemoPerson,
  copy: () => Secret,
  secret: Uint8Array,
): Promise<readonly Check[]> {
  const openssl = findProgram(opensslPlaces);
  const [writer] = people;
  if (openssl === undefined || writer === undefined) return [];
  context.say('Asking openssl, gpg and NSS ...');
  context.files.write(join(files.directory, 'message', 'message.txt'), new TextEncoder().encode('The results are in.\n'));
  const keys = {
    sign: await exportKey(context, writer, 'sign', files, copy),
    encrypt: await exportKey(context, writer, 'encrypt', files, copy),
  };
  return [...checkAll(openssl, files, people, revoked, secret), ...checkMessage(openssl, files, keys, secret)];
}

async function exportKey(
  { client, files: disk }: CommandContext,
  person: DemoPerson,
  purpose: 'sign' | 'encrypt',
  files: DemoFiles,
  copy: () => Secret,
): Promise<{ key: string; pem: string }> {
  const certificate = person.certificates.find(({ summary }) => summary.purpose === purpose);
  if (certificate === undefined) throw new AppError('internal', 'somebody of the sample practice has no pair');
  const { file } = await client.certificates.exportPrivateKey({
    certificates: [certificate.summary.id],
    format: 'pkcs8',
    password: copy(),
  });
  const key = join(files.directory, 'message', file.name);
  disk.write(key, file.bytes);
  return { key, pem: certificate.pem };
}
