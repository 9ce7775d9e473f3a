import { builtProcess } from '../../setup/built-process.ts';

const fixture = (name: string): URL => new URL(`../../hosts/fixtures/${name}.ts`, import.meta.url);

const folder = 'cores';

/** The cores that tests of the window start instead of the product's; all are built before the first of them runs. */
export const cores = { folder, sources: ['faulty-core', 'asking-core', 'hurried-core'].map(fixture) };

/** A core whose driver for cards does what `faults` says. */
export const faultyCore = builtProcess(fixture('faulty-core'), folder);

/** A core to which every sign-in is soon long ago. */
export const askingCore = builtProcess(fixture('asking-core'), folder);

/** A core on whose clock a minute takes ten seconds. */
export const hurriedCore = builtProcess(fixture('hurried-core'), folder);
