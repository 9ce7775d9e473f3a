import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { encodeManifest, readManifest, type BackupManifest } from '../../../main/domain/backup/manifest.ts';
import { readTarHeader, tarEnd, tarHeader, tarPadding } from '../../../main/domain/backup/tar.ts';

const made = new Date('2026-11-27T21:03:04Z');
const archive = (name: string, content: Uint8Array) =>
  Buffer.concat([tarHeader({ name, octets: content.length }, made), content, new Uint8Array(tarPadding(content.length)), tarEnd()]);

describe('an archive', () => {
  it.each([0, 1, 511, 512, 513, 70_000])('with %d octets in it is listed and unpacked by tar', (octets) => {
    const input = archive('keyward.db', new Uint8Array(octets).fill(7));
    const listed = execFileSync('tar', ['--list', '--verbose', '--utc', '--full-time'], { input, encoding: 'utf8' });
    expect(listed).toMatch(new RegExp(`^-rw-------.* ${octets} 2026-11-27 21:03:04 keyward.db\\n$`));
    expect(execFileSync('tar', ['--extract', '--to-stdout'], { input })).toHaveLength(octets);
  });

  it('is read back by its header, and refused with any octet of it changed', () => {
    const header = tarHeader({ name: 'keyward.db', octets: 1234 }, made);
    expect(readTarHeader(header)).toEqual({ name: 'keyward.db', octets: 1234 });
    expect(readTarHeader(new Uint8Array(512))).toBeUndefined();
    for (let at = 0; at < header.length; at++) {
      const changed = Uint8Array.from(header);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => readTarHeader(changed), `octet ${at}`).toThrow(expect.objectContaining({ code: 'integrity.backup-damaged' }));
    }
  });

  it('never names a folder, above or below, nor anything hidden', () => {
    for (const name of ['../keyward.db', '/etc/passwd', 'a/b', '.hidden', '', 'x'.repeat(100)])
      expect(() => tarHeader({ name, octets: 1 }, made), name).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

const manifest: BackupManifest = {
  created: '2026-11-27T21:03:04.000Z',
  keyward: '0.1.0',
  workspace: 'w',
  practice: 'Ridgeway',
  log: { size: 3, root: 'r', checkpoint: null, vkey: 'k' },
  files: [{ name: 'keyward.db', octets: 5, sha256: 'ab'.repeat(32) }],
};
const changed = (change: object) =>
  Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(encodeManifest(manifest)).toString()) as object), ...change }));

describe('what a backup says of itself', () => {
  it('is read as it was written', () => {
    expect(readManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it.each([
    ['of another format', changed({ format: 'zip' }), 'input.not-a-backup'],
    ['that is no JSON', Buffer.from('{'), 'input.not-a-backup'],
    ['by a newer Keyward', changed({ version: 2 }), 'store.schema-too-new'],
    ['without its log', changed({ log: null }), 'integrity.backup-damaged'],
    ['with a hash that is none', changed({ files: [{ name: 'keyward.db', octets: 1, sha256: 'x' }] }), 'integrity.backup-damaged'],
    [
      'with a size that is none',
      changed({ files: [{ name: 'keyward.db', octets: -1, sha256: 'ab'.repeat(32) }] }),
      'integrity.backup-damaged',
    ],
  ])('is refused %s', (_, octets, code) => {
    expect(() => readManifest(octets)).toThrow(expect.objectContaining({ code }));
  });
});
