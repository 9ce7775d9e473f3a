import { base64Encode } from '../../encoding/base64.ts';
import { utf8Encode } from '../../encoding/utf8.ts';
import { escapeXml } from '../../encoding/xml.ts';
import type { KitContent, MailKit } from './kit.ts';
import { containerNames, issuerFiles, stemOf } from './parts.ts';

/**
 * Apple Mail, iPhone and iPad: one configuration profile with the keys and the authorities. The password is left out of
 * it, because a profile is a file anybody can read: the device asks for it. Mail finds the keys by their address. Signed, the device shows who made it.
 */
export const appleKit: MailKit = {
  keys: { packing: 'one-by-one', style: 'modern' },
  signed: '.mobileconfig',
  files: (content) => [{ name: `${stemOf(content.mailboxes)}.mobileconfig`, content: utf8Encode(profile(content)) }],
};

function profile(content: KitContent): string {
  const { practice, person, mailboxes, containers, issuers, uuid } = content;
  const { roots, others } = issuerFiles(issuers);
  const names = containerNames(mailboxes, containers, 'p12');
  const identifier = `keyward.${person.id}`;
  const payload = (type: string, name: string, at: string, octets: Uint8Array): string =>
    dictionary({
      PayloadType: text(type),
      PayloadVersion: '<integer>1</integer>',
      PayloadIdentifier: text(`${identifier}.${at}`),
      PayloadUUID: text(uuid().toUpperCase()),
      PayloadDisplayName: text(name),
      PayloadCertificateFileName: text(name),
      PayloadContent: `<data>${base64Encode(octets)}</data>`,
    });
  const payloads = [
    ...roots.map((file) => payload('com.apple.security.root', file.name, file.name, file.content)),
    ...others.map((file) => payload('com.apple.security.pkcs1', file.name, file.name, file.content)),
    ...containers.map(({ pfx }, at) => payload('com.apple.security.pkcs12', names[at] ?? '', `keys-${at + 1}`, pfx)),
  ];
  const whole = dictionary({
    PayloadType: text('Configuration'),
    PayloadVersion: '<integer>1</integer>',
    PayloadIdentifier: text(identifier),
    PayloadUUID: text(uuid().toUpperCase()),
    PayloadDisplayName: text(`S/MIME: ${mailboxes[0] ?? person.name}`),
    PayloadOrganization: text(practice),
    PayloadContent: `<array>\n${payloads.join('')}</array>`,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${whole}</plist>
`;
}

const dictionary = (entries: Readonly<Record<string, string>>): string =>
  `<dict>\n${Object.entries(entries)
    .map(([key, value]) => `<key>${key}</key>${value}\n`)
    .join('')}</dict>\n`;

const text = (value: string): string => `<string>${escapeXml(value)}</string>`;
