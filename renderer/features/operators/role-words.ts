import { compartmentsOf, opensCompartment } from '../../../main/domain/access/compartment-access.ts';
import { roles, type Role } from '../../../main/domain/access/role.ts';
import { t } from '../../i18n/translate.ts';

export const roleName = (role: Role): string => t(`window.role.${role}`);

/** Every role with what it is for. */
export const roleChoices = roles.map((value) => ({ value, title: roleName(value), detail: t(`role.${value}`) }));

/** Whether the role before opened something that this one does not. */
export const losesAccess = (before: Role, after: Role): boolean =>
  compartmentsOf(before).some((compartment) => !opensCompartment(after, compartment));
