/** The parts of the vault, each with a key pair of its own: writing needs the public half, reading the private one. */
export const compartments = ['authority', 'escrow', 'people', 'audit', 'unattended'] as const;
export type Compartment = (typeof compartments)[number];
