/** Our own scheme: what it serves comes from a map made at start. */
export const scheme = 'app';
const host = 'keyward';
export const windowUrl = `${scheme}://${host}/`;

/** True for an address of the window. `URL.origin` is opaque for a scheme of one's own, so its parts are compared. */
export function isOurs(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === '';
}
