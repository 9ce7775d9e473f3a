import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { FileContent } from '../../main/contract/secret.ts';
import { byKeyward, byStranger, byVerifier } from '../cli/support/exported-log.ts';
import { newPractice, secret, temporaryDirectory } from './support/practice.ts';

const year = 365.25 * 86_400_000;
const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

/** A practice whose first two tiles of entries are in two archives, and some more entries. */
async function archivedPractice() {
  let now = new Date('2019-03-02T13:00:00.000Z');
  const practice = await newPractice({ clock: { now: () => now } });
  const folder = temporaryDirectory();
  const archives = [join(folder, 'first.jsonl'), join(folder, 'second.jsonl')] as const;
  for (const path of archives) {
    for (let at = 0; at < 270; at++) await practice.client.audit.checkpoint({});
    now = new Date(now.getTime() + 7 * year);
    await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
    await practice.client.audit.archive({ path });
  }
  return { client: practice.client, folder, archives };
}

async function save({ client, folder }: Awaited<ReturnType<typeof archivedPractice>>, archives: readonly string[]): Promise<string> {
  const head = await client.audit.exportHead({ part: 'whole', withArchives: archives.length > 0 });
  const files: FileContent[] = [...head.files];
  for (let from: number | null = 0; from !== null;) {
    const part: { readonly files: readonly FileContent[]; readonly next: number | null } = await client.audit.exportPart({
      size: head.size,
      from,
      archives: [...archives],
    });
    files.push(...part.files);
    from = part.next;
  }
  files.push(...(await client.audit.exportUpperTiles({ size: head.size })).files);
  const place = join(folder, 'log');
  rmSync(place, { recursive: true, force: true });
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), bytes);
  }
  return place;
}

const saidByOurs = async (place: string) => [(await byKeyward(place))[0], byVerifier(place).holds];
const said = async (place: string) => [...(await saidByOurs(place)), byStranger(place).holds];

it('a log part of which is in archives is exported with the hashes of that part, and verified by Keyward, its script and a stranger', async () => {
  const practice = await archivedPractice();
  const place = await save(practice, []);
  const sealed = JSON.parse(readFileSync(join(place, 'sealed'), 'utf8')) as { entries: number; archives: readonly object[] };
  expect(sealed).toMatchObject({
    entries: 512,
    archives: [
      { from: 0, to: 256 },
      { from: 256, to: 512 },
    ],
  });
  expect(readdirSync(join(place, 'tile/entries'))).not.toContain('000');
  expect(readdirSync(join(place, 'entries'))).toEqual(['000000000512.jsonl']);
  expect(await said(place)).toEqual([0, true, true]);
  expect(byVerifier(place).said).toContain('Of the first 512 the hashes alone are here');
  expect(byStranger(place).said).toContain('512 of them in archives');

  const change = async (file: string, changed: (octets: Buffer) => Uint8Array | string) => {
    const octets = readFileSync(join(place, file));
    writeFileSync(join(place, file), changed(octets));
    const after = await saidByOurs(place);
    writeFileSync(join(place, file), octets);
    return after;
  };
  expect(await change('tile/0/001', (octets) => octets.with(40, (octets[40] ?? 0) ^ 1))).toEqual([9, false]);
  expect(await change('tile/0/000', (octets) => octets.subarray(32))).toEqual([9, false]);
  expect(await change('sealed', () => '{"entries":256}')).toEqual([9, false]);
  expect(await change('sealed', () => '{"entries":300}')).toEqual([2, false]);
  expect(await change('sealed', () => 'nothing')).toEqual([2, false]);
  rmSync(join(place, 'sealed'));
  expect(await said(place)).toEqual([9, false, false]);
});

it('with its archives it is exported whole; one that is missing, changed or of another log is refused', async () => {
  const practice = await archivedPractice();
  const [first, second] = practice.archives;
  const place = await save(practice, [second, first]);
  expect(readdirSync(place)).not.toContain('sealed');
  expect(await said(place)).toEqual([0, true, true]);
  await expect(save(practice, [first])).rejects.toEqual(refusal('not-found'));
  await expect(save(practice, [first, join(practice.folder, 'nowhere')])).rejects.toEqual(refusal('not-found'));
  const content = readFileSync(second, 'utf8');
  writeFileSync(second, content.replace('"audit.export"', '"audit.verify"'));
  await expect(save(practice, [first, second])).rejects.toEqual(refusal('integrity.audit-broken'));
  writeFileSync(second, 'something else\n');
  await expect(save(practice, [first, second])).rejects.toEqual(refusal('integrity.audit-broken'));
});

it('entries that somebody left out of an export are missing, whatever it says of archives', async () => {
  const practice = await newPractice();
  for (let at = 0; at < 300; at++) await practice.client.audit.checkpoint({});
  const place = await save({ client: practice.client, folder: temporaryDirectory(), archives: ['', ''] }, []);
  expect(await said(place)).toEqual([0, true, true]);
  const [name = ''] = readdirSync(join(place, 'entries'));
  const lines = readFileSync(join(place, 'entries', name), 'utf8').split('\n');
  writeFileSync(join(place, 'entries', name), lines.slice(256).join('\n'));
  rmSync(join(place, 'tile/entries/000'));
  writeFileSync(join(place, 'sealed'), '{"archives":[],"entries":256}\n');
  expect(await said(place)).toEqual([9, false, false]);
  expect((await byKeyward(place))[1]).toEqual({ kind: 'leaf-missing', index: 0 });
});
