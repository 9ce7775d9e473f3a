import { compartments, type Compartment } from '../vault/compartment.ts';
import type { Role } from './role.ts';

/**
 * Who opens which compartment of the vault: exactly these operators have its private half, wrapped for their own key pair.
 * An administrator opens all of them, because only who opens a part can grant it. The escrow is opened by whom it names here only together:
 * two of them, or one with sheets of paper (`services/escrow-dealing.ts` says where one alone has the whole key). Whoever issues, renews or revokes
 * signs with an authority's key. Staff and auditors open nothing: not even the key of the log, so that nobody who
 * checks the log can sign it.
 */
const opens: Readonly<Record<Compartment, readonly Role[]>> = {
  authority: ['administrator', 'registrar', 'security-officer'],
  escrow: ['administrator', 'security-officer'],
  people: ['administrator', 'registrar'],
  audit: ['administrator', 'registrar', 'security-officer'],
  unattended: ['administrator', 'security-officer'],
};

/** Whether the keys of a role open this part of the vault. */
export const opensCompartment = (role: Role, compartment: Compartment): boolean => opens[compartment].includes(role);

/** The parts of the vault that the keys of a role open. */
export const compartmentsOf = (role: Role): readonly Compartment[] =>
  compartments.filter((compartment) => opensCompartment(role, compartment));
