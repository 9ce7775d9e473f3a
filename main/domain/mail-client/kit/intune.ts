import { base64Encode } from '../../encoding/base64.ts';
import { utf8Encode } from '../../encoding/utf8.ts';
import { readCertificate } from '../../x509/read-certificate.ts';
import type { MailCertificate } from '../mail-client.ts';
import type { KitContainer, KitContent, MailKit } from './kit.ts';
import { containerFiles, containerNames, quoted, windowsText } from './parts.ts';

/**
 * Intune, which delivers keys to managed devices: one `userPFXCertificate` (Microsoft Graph) a key. Its password must be
 * encrypted to the key of the practice's own connector, so it is left out here and put in by the script.
 */
export const intuneKit: MailKit = {
  keys: { packing: 'one-by-one', style: 'modern' },
  files: (content) => {
    const { mailboxes, containers } = content;
    const names = containerNames(mailboxes, containers, 'json');
    return [
      ...containerFiles(mailboxes, containers, 'pfx'),
      ...containers.map((container, at) => ({
        name: names[at] ?? '',
        content: utf8Encode(`${JSON.stringify(request(content, container), null, 2)}\n`),
      })),
      { name: 'import.ps1', content: windowsText(script(content)) },
    ];
  },
};

const purposeOf = (certificate: MailCertificate | undefined): string => (certificate?.use === 'sign' ? 'smimeSigning' : 'smimeEncryption');

function request({ mailboxes, sha1Hex }: KitContent, { certificates, pfx }: KitContainer): object {
  const [certificate] = certificates;
  const validity = certificate && readCertificate(certificate.der);
  return {
    '@odata.type': '#microsoft.graph.userPFXCertificate',
    thumbprint: certificate ? sha1Hex(certificate.der).toUpperCase() : '',
    intendedPurpose: purposeOf(certificate),
    userPrincipalName: mailboxes[0] ?? '',
    startDateTime: validity?.notBefore.toISOString() ?? '',
    expirationDateTime: validity?.notAfter.toISOString() ?? '',
    paddingScheme: 'oaepSha512',
    encryptedPfxBlob: base64Encode(pfx),
  };
}

/** By Microsoft's own module (IntunePfxImport), which encrypts the password to the connector's key. */
function script({ mailboxes, containers }: KitContent): string[] {
  const names = containerNames(mailboxes, containers, 'pfx');
  const one = (container: KitContainer, at: number): string =>
    `$found += New-IntuneUserPfxCertificate -PathToPfx (Join-Path $PSScriptRoot ${quoted(names[at] ?? '')}) -PfxPassword $password ` +
    `-UPN ${quoted(mailboxes[0] ?? '')} -ProviderName $ProviderName -KeyName $KeyName ` +
    `-IntendedPurpose ${quoted(purposeOf(container.certificates[0]))} -PaddingScheme 'OaepSha512'`;
  return [
    '#Requires -Modules IntunePfxImport',
    'param([Parameter(Mandatory)] [string] $ProviderName, [Parameter(Mandatory)] [string] $KeyName)',
    "$ErrorActionPreference = 'Stop'",
    "$password = Read-Host -AsSecureString -Prompt 'Password of the keys'",
    '$found = @()',
    ...containers.map(one),
    'Import-IntuneUserPfxCertificate -CertificateList $found',
  ];
}
