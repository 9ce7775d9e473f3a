import type { OpenPgp } from '../../ports/openpgp.ts';
import { decrypt } from './decrypt.ts';
import { generate } from './generate.ts';
import { armorCertificate, protect } from './pack.ts';
import { unlocks } from './unlocks.ts';
import { verify } from './verify.ts';

/** OpenPGP by OpenPGP.js, over the platform's cryptography. */
export const openPgpJs: OpenPgp = { generate, armorCertificate, protect, unlocks, verify, decrypt };
