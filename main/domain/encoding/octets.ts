/** Whether two strings of octets are the same. Takes a time that tells how far they are: for nothing that is secret to one who measures it. */
export const isSameOctets = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((octet, at) => octet === b[at]);
