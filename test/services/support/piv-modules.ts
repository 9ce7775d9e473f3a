import type { TokenModule } from '../../../main/adapters/tokens/known-modules.ts';

/** The two drivers that show PIV cards. */
export const yubiKeyModule: TokenModule = {
  name: 'YubiKey',
  library: '/usr/lib/x86_64-linux-gnu/libykcs11.so.2',
  isOpenedAnew: false,
};

export const openScModule: TokenModule = { name: 'OpenSC', library: '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so', isOpenedAnew: false };
