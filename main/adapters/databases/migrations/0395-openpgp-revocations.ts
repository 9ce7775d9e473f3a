import type { Migration } from './migration.ts';

/** When an OpenPGP key was revoked. */
export const openPgpRevocations: Migration = {
  name: '0395-openpgp-revocations',
  up: async ({ db, types }) => db.schema.alterTable('openPgp').addColumn('revokedAt', types.text).execute(),
};
