import type { TokenModule } from '../../../main/adapters/tokens/known-modules.ts';

export const softHsmModule: TokenModule = { name: 'SoftHSM', library: '/usr/lib/softhsm/libsofthsm2.so', isOpenedAnew: true };

/** Of the users of all test tokens. */
export const pin = '482915';
