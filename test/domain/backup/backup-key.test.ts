import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { backupKeyOctets, formatBackupKey, parseBackupKey } from '../../../main/domain/backup/backup-key.ts';

const octets = (text: string) => Uint8Array.from(Buffer.from(text));
const written = (secret: Uint8Array) => Buffer.from(formatBackupKey(secret)).toString();

describe('a backup key', () => {
  it('is read as age-keygen writes it, with its comments, and written the same', () => {
    const file = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [key = ''] = /AGE-SECRET-KEY-1\w+/.exec(file) ?? [];
    expect(written(parseBackupKey(octets(file)))).toBe(key);
  });

  it('is taken by age: the public half of what we write is what age makes of it', () => {
    const key = written(randomBytes(backupKeyOctets));
    expect(execFileSync('age-keygen', ['-y'], { input: `${key}\n`, encoding: 'utf8' })).toMatch(/^age1[0-9a-z]{58}\n$/);
  });

  it('may be typed in small letters, in groups and over several lines', () => {
    const secret = Uint8Array.from(randomBytes(backupKeyOctets));
    const groups =
      written(secret)
        .toLowerCase()
        .match(/.{1,6}/g) ?? [];
    expect(parseBackupKey(octets(`  ${groups.join(' ')}\r\n`.replace(' ', '\n')))).toEqual(secret);
  });

  it('is refused for every single wrong character, and when it is cut, empty or another thing', () => {
    const key = written(randomBytes(backupKeyOctets));
    const slips = Array.from(key, (letter, at) => key.slice(0, at) + (letter === 'Q' ? 'P' : 'Q') + key.slice(at + 1));
    for (const wrong of [...slips, key.slice(0, -1), `${key}Q`, '', 'AGE-SECRET-KEY-1', `# ${key}`, 'é'.repeat(74)])
      expect(() => parseBackupKey(octets(wrong)), wrong).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});
