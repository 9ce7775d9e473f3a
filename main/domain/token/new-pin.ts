import { isSameOctets } from '../encoding/octets.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';

/** How long a token lets its PIN be, in octets of UTF-8; a maximum of 0 says nothing. */
export interface PinLength {
  readonly minimum: number;
  readonly maximum: number;
}

/** Why a PIN is not taken as a new one. `factory`: cards leave the factory with it, or anybody tries it first. */
export type PinFault = 'length' | 'factory' | 'unchanged';

/**
 * Those that are neither one character repeated nor digits in a row: SmartCard-HSM's PIN and security officer's PIN, and the
 * management key of PIV cards.
 */
const factoryPins: readonly Uint8Array[] = [
  utf8Encode('648219'),
  utf8Encode('3537363231383830'),
  utf8Encode('010203040506070801020304050607080102030405060708'),
];

/** Whether each octet is so many above the one before; digits go on from 9 to 0. */
function isRun(pin: Uint8Array, step: number): boolean {
  return pin.length > 1 && pin.every((octet, at) => at === 0 || isDigitStep(pin[at - 1] ?? 0, octet, step));
}

function isDigitStep(before: number, octet: number, step: number): boolean {
  const [from, to] = [before - 0x30, octet - 0x30];
  const areDigits = from >= 0 && from <= 9 && to >= 0 && to <= 9;
  return step === 0 ? before === octet : areDigits && (from + step + 10) % 10 === to;
}

/** Whether cards leave the factory with this PIN, or it is as easily guessed: 123456, 87654321, 0000 and their like. */
export const isFactoryPin = (pin: Uint8Array): boolean =>
  [0, 1, -1].some((step) => isRun(pin, step)) || factoryPins.some((factory) => isSameOctets(factory, pin));

/** What is wrong with a new PIN in the place of an old one; undefined where nothing is. */
export function newPinFault(pin: Uint8Array, { minimum, maximum }: PinLength, old?: Uint8Array): PinFault | undefined {
  if (pin.length < Math.max(1, minimum) || (maximum > 0 && pin.length > maximum)) return 'length';
  if (isFactoryPin(pin)) return 'factory';
  return old !== undefined && isSameOctets(pin, old) ? 'unchanged' : undefined;
}

/** Before anything is tried on the token. @throws AppError token.pin-length with {minimum, maximum}, token.pin-factory, token.pin-unchanged */
export function requireNewPin(pin: Uint8Array, length: PinLength, old?: Uint8Array): void {
  const fault = newPinFault(pin, length, old);
  if (fault === 'length') throw new AppError('token.pin-length', 'The token wants a PIN of another length.', { ...length });
  if (fault === 'unchanged') throw new AppError('token.pin-unchanged', 'The new PIN is the old one.');
  if (fault === 'factory') throw factoryPin();
}

/** Nobody’s key is made behind a PIN that everybody knows; nothing was tried. @throws AppError token.pin-factory */
export function refuseFactoryPin(pin: Uint8Array): void {
  if (isFactoryPin(pin)) throw factoryPin();
}

const factoryPin = (): AppError => new AppError('token.pin-factory', 'Cards leave the factory with this PIN; nothing was tried.');
