import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeZip } from '../../../main/domain/encoding/zip.ts';

const program = `import json,sys,zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([z.testzip(), [[i.filename, z.read(i).hex(), i.external_attr >> 16] for i in z.infolist()]]))`;

/** What Python's reader, which checks every CRC, says of an archive. */
function read(octets: Uint8Array): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'some.zip'), octets);
  const { stdout, stderr } = spawnSync('python3', ['-c', program, join(folder, 'some.zip')], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('a ZIP archive', () => {
  it('is read by another reader as it was written, names in any script and empty files too', () => {
    const entries = [
      { name: 'anchors/root-1.der', content: Uint8Array.of(0x30, 0x82, 0xff) },
      { name: 'Grüße あ.html', content: new TextEncoder().encode('<p>'.repeat(400)) },
      { name: 'nothing', content: new Uint8Array() },
    ];
    const expected = entries.map(({ name, content }) => [name, Buffer.from(content).toString('hex'), 0o100600]);
    expect(read(encodeZip(entries))).toEqual([null, expected]);
    expect(read(encodeZip([]))).toEqual([null, []]);
  });

  it('is found broken by its CRC when an octet changes', () => {
    const octets = encodeZip([{ name: 'a', content: Uint8Array.of(1, 2, 3) }]);
    octets[31] = 9;
    expect(() => read(octets)).toThrow('BadZipFile');
  });

  it('of too many files is refused before it is made', () => {
    const one = { name: 'a', content: new Uint8Array() };
    expect(() => encodeZip(Array.from({ length: 1001 }, () => one))).toThrow(RangeError);
  });
});
