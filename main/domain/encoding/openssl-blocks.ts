/** A PEM block, or what else has a label. */
interface Block {
  readonly label?: string;
  readonly der: Uint8Array;
}

/** PEM blocks as OpenSSL writes them, as everybody else means them. */
export function plainBlocks<B extends Block>(blocks: readonly B[]): B[] {
  const telling = blocks.filter(({ label }) => label?.endsWith(' PARAMETERS') !== true);
  return (telling.length === 0 ? blocks : telling).map((block) => (block.label === 'TRUSTED CERTIFICATE' ? withoutTrust(block) : block));
}

/** Behind the certificate stands what OpenSSL is to trust it for: that is for whoever wrote it. */
const withoutTrust = <B extends Block>(block: B): B => ({
  ...block,
  label: 'CERTIFICATE',
  der: block.der.subarray(0, firstLength(block.der)),
});

/** Octets of the first value; all of them where its length is none. */
function firstLength(der: Uint8Array): number {
  const [, first = 0] = der;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4) return der.length;
  const length = der.subarray(2, 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  return Math.min(der.length, 2 + octets + length);
}
