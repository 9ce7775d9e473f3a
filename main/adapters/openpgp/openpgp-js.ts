import type { OpenPgp } from '../../ports/openpgp.ts';
import { generate } from './generate.ts';
import { armorCertificate, protect } from './pack.ts';

/** OpenPGP by OpenPGP.js, over the platform's cryptography. */
export const openPgpJs: OpenPgp = { generate, armorCertificate, protect };
