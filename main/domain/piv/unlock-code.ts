import { isFactoryPin } from '../token/new-pin.ts';

/** PIV cards leave the factory with it (YubiKey, and others after it). */
export const factoryPuk = '12345678';

/** And with this management key (YubiKey before firmware 5.7 as 3DES, from it as AES-192). */
export const factoryManagementKey = '010203040506070801020304050607080102030405060708';

const [digits, zero] = [8, 0x30];
/** The greatest multiple of ten in an octet: what is above would make some figures likelier than others. */
const fairest = 250;

/** Eight figures, all of them equally likely, and none of those that anybody tries first. */
export function newUnlockCode(random: (length: number) => Uint8Array): Uint8Array {
  for (;;) {
    const octets = random(4 * digits);
    const fair = octets.filter((octet) => octet < fairest).slice(0, digits);
    const code = fair.map((octet) => zero + (octet % 10));
    for (const used of [octets, fair]) used.fill(0);
    if (code.length === digits && !isFactoryPin(code)) return code;
    code.fill(0);
  }
}
