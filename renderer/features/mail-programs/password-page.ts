import type { MailPackage } from '../../../main/contract/mail.ts';
import { mailKitName } from '../../../main/domain/mail-client/kit/kits.ts';
import { t } from '../../i18n/translate.ts';

/** One page of plain text, to be printed or told, never to lie beside the package. The password goes in as octets, which the caller wipes. */
export function passwordPage({ name, number, client }: MailPackage, password: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const before = encoder.encode(t('packages.slip-before', { name, number, program: mailKitName(client) }));
  const after = encoder.encode(t('packages.slip-after'));
  const page = new Uint8Array(before.length + password.length + after.length);
  page.set(before);
  page.set(password, before.length);
  page.set(after, before.length + password.length);
  return page;
}
