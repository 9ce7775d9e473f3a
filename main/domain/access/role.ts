/** What an operator may be. More roles join with their calls; a call names the roles that may make it. */
export const roles = ['administrator'] as const;
export type Role = (typeof roles)[number];
