import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../change/is-alive.ts';

/**
 * Whether Thunderbird has a profile open: it holds a lock on `.parentlock`, and a link `lock` names address and process.
 * A link of another computer counts as open, because nobody here can say whether it still is.
 */
export const isProfileOpen = (profile: string): boolean => isLinkLive(join(profile, 'lock')) || isFileLocked(join(profile, '.parentlock'));

function isLinkLive(path: string): boolean {
  const [, address, pid] = /^([\d.]+):\+?(\d{1,10})$/.exec(linkTarget(path) ?? '') ?? [];
  if (address === undefined || pid === undefined) return false;
  return !isOwnAddress(address) || isAlive(Number(pid));
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

const isOwnAddress = (address: string): boolean =>
  address.startsWith('127.') || Object.values(networkInterfaces()).some((own) => own?.some((entry) => entry.address === address) === true);

/** By the kernel's own list of locks: `1: POSIX  ADVISORY  WRITE 4711 fe:00:2245210 0 EOF`. */
function isFileLocked(path: string): boolean {
  const inode = lstatSync(path, { throwIfNoEntry: false, bigint: true })?.ino;
  if (inode === undefined) return false;
  return locks().some((line) => line.split(/\s+/).some((field) => field.endsWith(`:${inode}`) && /^[0-9a-f]+:[0-9a-f]+:\d+$/.test(field)));
}

function locks(): string[] {
  try {
    return readFileSync('/proc/locks', 'utf8').split('\n');
  } catch {
    return [];
  }
}
