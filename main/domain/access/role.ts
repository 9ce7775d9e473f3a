/** What an operator is for. What each may do and open stands in `permissions.ts` and `compartment-access.ts`. */
export const roles = ['administrator', 'registrar', 'security-officer', 'staff', 'auditor'] as const;
export type Role = (typeof roles)[number];
