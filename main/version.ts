import manifest from '../package.json' with { type: 'json' };

/** As released; stands in every audit entry. */
export const version: string = manifest.version;
