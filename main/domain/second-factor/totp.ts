/** HMAC (RFC 2104) with SHA-1, which authenticator apps take for granted. */
export type Hmac = (key: Uint8Array, message: Uint8Array) => Uint8Array;

export const codeDigits = 6;
const stepSeconds = 30;
/** One step of drift each way. */
const drift = [0, -1, 1] as const;

/** A code of HOTP (RFC 4226 section 5.3). */
export function hotp(secret: Uint8Array, counter: number, hmac: Hmac, digits: number = codeDigits): string {
  const message = new DataView(new ArrayBuffer(8));
  message.setUint32(0, Math.floor(counter / 2 ** 32));
  message.setUint32(4, counter % 2 ** 32);
  const mac = hmac(secret, new Uint8Array(message.buffer));
  const offset = (mac.at(-1) ?? 0) & 15;
  const truncated = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The step an instant is in (RFC 6238 section 4). */
export const stepOf = (instant: Date): number => Math.floor(instant.getTime() / 1000 / stepSeconds);

/**
 * The step whose code this is, of the present one and its neighbours; none for a step up to `lastStep`: what was accepted once is not
 * accepted again (RFC 6238 section 5.2). Every candidate is computed and compared whole, whatever was typed.
 */
export function matchingStep(secret: Uint8Array, code: string, now: Date, lastStep: number, hmac: Hmac): number | undefined {
  const steps = drift.map((away) => stepOf(now) + away);
  const matching = steps.filter((step) => isSame(hotp(secret, step, hmac), code));
  return matching.find((step) => step > lastStep);
}

function isSame(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let at = 0; at < expected.length; at++) difference |= expected.charCodeAt(at) ^ (given.charCodeAt(at) || 0);
  return difference === 0;
}
