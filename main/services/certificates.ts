import { authoriseOverride } from './authorise.ts';
import type { AreaHandlers } from './handler.ts';
import { showCertificate, type CertificateDetailsParts } from './certificate-details.ts';
import { importCertificates, previewImport, type CertificateImportParts } from './certificate-import.ts';
import { exportCertificate, exportPrivateKey, findCertificate, type CertificateExportParts } from './certificate-export.ts';
import { createCertificateTools } from './certificate-tools.ts';
import { summariseCertificate } from './certificate-view.ts';
import { resume, suspend } from './holds.ts';
import { renew, type RenewalParts } from './renewal.ts';
import { previewRevocation, revoke } from './revocation.ts';

export type CertificateParts = CertificateDetailsParts & CertificateExportParts & RenewalParts & CertificateImportParts;

/** Certificates: look, export, revoke, renew, and the pure tools. */
export function createCertificateHandlers(parts: CertificateParts): AreaHandlers<'certificates'> {
  return {
    ...createCertificateTools(parts),
    list: async ({ person, authority, ...query }) => {
      const page = await parts.read().certificates.page({ ...query, personId: person, authorityId: authority });
      const certificates = page.rows.map((row) => summariseCertificate(row, parts.clock.now()));
      return page.next === undefined ? { certificates } : { certificates, next: page.next };
    },
    show: async ({ certificate }) => showCertificate(parts, certificate),
    export: async ({ certificate, format }) => {
      const stores = parts.read();
      const file = await exportCertificate(stores, await findCertificate(stores, certificate), format);
      return async () => ({ value: file });
    },
    exportPrivateKey: async (input, { session }) => {
      const { file, password, rows } = await exportPrivateKey(parts, session.unlocked, input);
      return async () => ({
        value: { file, password },
        subject: { person: rows[0]?.personId ?? '', keys: rows.map(({ keyId }) => keyId) },
      });
    },
    previewImport: async (input) => previewImport(parts, input),
    import: async (input) => importCertificates(parts, input),
    previewRevocation: async ({ certificates }) => previewRevocation(parts.read(), certificates, parts.clock),
    revoke: async (input, { session }) => revoke(parts, session.unlocked, input),
    suspend: async (input, { session }) => suspend(parts, session.unlocked, input),
    resume: async (input, { session }) => resume(parts, session.unlocked, input),
    renew: async (input, { session }) => {
      authoriseOverride(session, input.override);
      return renew(parts, session.unlocked, input);
    },
  };
}
