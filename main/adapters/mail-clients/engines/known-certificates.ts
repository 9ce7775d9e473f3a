import type { MailSetup } from '../../../domain/mail-client/mail-client.ts';
import type { KnownCertificate, KnownCertificates } from '../../../domain/mail-client/read-settings.ts';
import type { KeyEngine } from './key-engine.ts';

/** Everything the engine says of the person's certificates. */
export async function knownTo(keys: KeyEngine, { certificates }: MailSetup): Promise<KnownCertificates> {
  const known = new Map<MailSetup['certificates'][number], KnownCertificate>();
  for (const certificate of certificates) {
    const name = await keys.nameOf(certificate);
    if (name === undefined) continue;
    const accepted = { sign: await keys.accepts(certificate, 'sign'), encrypt: await keys.accepts(certificate, 'encrypt') };
    known.set(certificate, { name, hasPrivateKey: await keys.hasPrivateKey(certificate), accepted });
  }
  return known;
}
