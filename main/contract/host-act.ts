import { z } from 'zod';

const text = z.string().min(1).max(500);
const octets = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const files = z.array(z.object({ name: z.string().min(1).max(255), bytes: octets })).max(64);
/** With folders in the name, divided by slashes. */
const filesInFolders = z.array(z.object({ name: z.string().min(1).max(500), bytes: octets })).max(200);
const extension = z.string().regex(/^[a-z0-9]{1,10}$/);

/**
 * All that the shell does for a person at the machine, asked by the core or by the window. A closed list: what is not
 * here cannot be asked. Files are `FileContent`.
 */
export const hostActs = {
  /** Lets the person choose a file and gives its content; no file when they chose none. */
  chooseFile: {
    input: z.strictObject({ title: text, extensions: z.array(extension).max(10).default([]) }),
    answer: z.strictObject({ files: files.max(1) }),
  },
  /**
   * Lets the person choose a file and gives where it is, not what it holds: for what is too large for a message, which the core then
   * reads itself. `path` is null when they chose none.
   */
  locateFile: {
    input: z.strictObject({ title: text, extensions: z.array(extension).max(10).default([]) }),
    answer: z.strictObject({ path: z.string().nullable() }),
  },
  /** Lets the person choose where to save: one file by name, several into a folder. `path` is null when they chose nothing. */
  saveFiles: { input: z.strictObject({ title: text, files: files.min(1) }), answer: z.strictObject({ path: z.string().nullable() }) },
  /**
   * Lets the person choose a folder to save many files in, by and by. `id` stands for it: whoever asked never names a path. It is good until
   * the next folder but one is chosen, so that files can go to two of them; null when they chose none.
   */
  chooseFolder: {
    input: z.strictObject({ title: text }),
    answer: z.strictObject({ folder: z.strictObject({ id: z.uuid(), path: z.string() }).nullable() }),
  },
  /** Saves in a folder that was chosen, and in folders below it, which are made. A name that leads elsewhere is refused, and then nothing is saved. */
  saveInFolder: { input: z.strictObject({ folder: z.uuid(), files: filesInFolders.min(1) }), answer: z.strictObject({}) },
  /**
   * Gives a folder that was made in a chosen one its name, once all is in it: until then nobody takes it for whole. Where something has that
   * name already a number is added. `path` is where it is now.
   */
  nameInFolder: {
    input: z.strictObject({ folder: z.uuid(), from: z.string().min(1).max(200), to: z.string().min(1).max(200) }),
    answer: z.strictObject({ path: z.string() }),
  },
  /** Prints one HTML document to a PDF. Scripts in it do not run, and it loads nothing. */
  printToPdf: { input: z.strictObject({ files: files.length(1) }), answer: z.strictObject({ files: files.length(1) }) },
  /** Shows a short notice outside the window. */
  notify: { input: z.strictObject({ title: text, body: text }), answer: z.strictObject({}) },
} as const;

export type HostAct = keyof typeof hostActs;
export type HostRequestInput<A extends HostAct> = z.input<(typeof hostActs)[A]['input']>;
export type HostInput<A extends HostAct> = z.output<(typeof hostActs)[A]['input']>;
export type HostAnswer<A extends HostAct> = z.output<(typeof hostActs)[A]['answer']>;

/** What happens around the window that the core must hear of: both end every session. */
export const hostEvents = ['screen-locked', 'suspended'] as const;
export type HostEvent = (typeof hostEvents)[number];
