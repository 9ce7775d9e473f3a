import { readlinkSync } from 'node:fs';
import { platform, setPriority } from 'node:os';

const niceness = 10;

/**
 * Lets every other thread of this machine go first from now on, the one that serves the window above all: a thread that
 * makes keys takes what is left. Linux alone knows a niceness of single threads (setpriority(2)); elsewhere nothing changes.
 */
export function giveWay(): void {
  if (platform() !== 'linux') return;
  try {
    setPriority(ownThread(), niceness);
  } catch {
    /* Without it the work is the same, and the window a little slower meanwhile. */
  }
}

/** The kernel's number of this thread. */
const ownThread = (): number => Number(readlinkSync('/proc/thread-self').split('/').at(-1));
