import type { Feature } from './feature.ts';

/** Everything the window can do, one line an area. */
export const features: readonly Feature[] = [];
