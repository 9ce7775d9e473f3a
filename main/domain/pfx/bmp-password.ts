/** The password as PKCS #12 hashes it: BMPString with two zero octets at the end (RFC 7292 appendix B.1). To be wiped. */
export function bmpPassword(password: Uint8Array): Uint8Array {
  const bmp = new Uint8Array(password.length * 2 + 2);
  password.forEach((octet, index) => (bmp[index * 2 + 1] = octet));
  return bmp;
}
