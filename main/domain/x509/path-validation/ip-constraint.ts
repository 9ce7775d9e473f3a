/**
 * Whether an address is within an address and mask (RFC 5280 section 4.2.1.10): four and eight octets, or sixteen and
 * thirty-two. `false` between the two families; `undefined` for a mask that is no prefix, or lengths no family has.
 */
export function isWithinAddress(base: Uint8Array, address: Uint8Array): boolean | undefined {
  if (![8, 32].includes(base.length) || ![4, 16].includes(address.length)) return undefined;
  const [network, mask] = [base.subarray(0, base.length / 2), base.subarray(base.length / 2)];
  if (!isPrefixMask(mask)) return undefined;
  if (network.length !== address.length) return false;
  return network.every((octet, at) => ((octet ^ (address[at] ?? 0)) & (mask[at] ?? 0)) === 0);
}

function isPrefixMask(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits);
}
