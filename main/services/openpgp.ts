import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { AreaHandlers } from './handler.ts';
import { exportPublic, exportRevocation, exportSecret, type OpenPgpExportParts } from './openpgp-export.ts';
import { generateOpenPgp, type OpenPgpGenerateParts } from './openpgp-generate.ts';
import { findOpenPgp, showOpenPgp, summariseOpenPgp } from './openpgp-view.ts';

export type OpenPgpParts = OpenPgpGenerateParts & OpenPgpExportParts;

/** OpenPGP keys of people: make, look, export. */
export function createOpenPgpHandlers(parts: OpenPgpParts): AreaHandlers<'openpgp'> {
  return {
    list: async ({ person, ...query }) => {
      const page = await parts.read().openPgp.page({ ...query, personId: person });
      const certificates = page.rows.map((record) => summariseOpenPgp(record, parts.clock.now()));
      return page.next === undefined ? { certificates } : { certificates, next: page.next };
    },
    show: async ({ key }) => showOpenPgp(parts.read(), key, parts.clock.now()),
    generate: async (wish) => generateOpenPgp(parts, wish),
    export: async ({ key }) => {
      const record = await findOpenPgp(parts.read(), key);
      const value = await exportPublic(parts, record);
      return async () => ({ value, subject: { person: record.personId } });
    },
    exportSecret: async ({ key, password }, { session }) => {
      const record = await findOpenPgp(parts.read(), key);
      const value = await exportSecret(parts, session.unlocked, record, password);
      return async () => ({ value, subject: { person: record.personId, keys: secretsOf(record) } });
    },
    exportRevocation: async ({ key }, { session }) => {
      const record = await findOpenPgp(parts.read(), key);
      const value = await exportRevocation(parts, session.unlocked, record);
      return async () => ({ value, subject: { person: record.personId } });
    },
  };
}

const secretsOf = ({ primaryKeyId, subkeyId }: OpenPgpRecord): readonly string[] => [primaryKeyId, subkeyId];
