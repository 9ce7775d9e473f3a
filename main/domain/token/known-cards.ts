/** A kind of card by what it says when it is switched on, and the drivers that know it, by the names modules have here. */
export interface KnownCard {
  readonly name: string;
  readonly drivers: readonly string[];
}

interface Kind extends KnownCard {
  /** Hexadecimal octets within its answer to reset that no other kind has. */
  readonly mark: string;
}

/** Marks are the historical bytes the makers document: "YubiKey", the tag of OpenPGP cards, "HSM1s", IDPrime's. */
const kinds: readonly Kind[] = [
  { name: 'YubiKey', drivers: ['YubiKey', 'OpenSC'], mark: '597562694b6579' },
  { name: 'OpenPGP card', drivers: ['OpenSC'], mark: '31f573c001' },
  { name: 'SmartCard-HSM', drivers: ['OpenSC'], mark: '48534d3173' },
  { name: 'IDPrime', drivers: ['SafeNet', 'IDPrime', 'OpenSC'], mark: '806500b0' },
];

/** What kind of card this is, by its answer to reset (hex); undefined for one that is not in the table. */
export const knownCard = (atr: string): KnownCard | undefined => kinds.find(({ mark }) => atr.toLowerCase().includes(mark));

/** Whether a module by this name drives cards in readers: not tokens made of software, nor a TPM. */
export const isCardDriver = (module: string): boolean => kinds.some(({ drivers }) => drivers.includes(module));
