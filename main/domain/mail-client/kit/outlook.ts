import type { PfxStyle } from '../../pfx/encode-pfx.ts';
import type { KitContent, KitFile, MailKit } from './kit.ts';
import { containerFiles, issuerFiles, quoted, windowsText } from './parts.ts';

/**
 * Outlook on Windows: a .pfx for the person's store, the authorities, a script that puts them there and looks that they
 * are, and the policy that signs by default. Windows reads the modern .pfx since Windows 10 1809 and Server 2019.
 */
export const outlookKit = (style: PfxStyle): MailKit => ({
  keys: { packing: 'together', style },
  files: (content) => {
    const [keys] = containerFiles(content.mailboxes, content.containers, 'pfx');
    const { roots, others } = issuerFiles(content.issuers);
    if (keys === undefined) return [];
    return [
      keys,
      ...roots,
      ...others,
      { name: 'install.ps1', content: script(content, keys, { roots, others }) },
      { name: 'outlook-policy.reg', content: windowsText(policy) },
    ];
  },
});

function script(
  { containers, sha1Hex }: KitContent,
  keys: KitFile,
  { roots, others }: { readonly roots: readonly KitFile[]; readonly others: readonly KitFile[] },
): Uint8Array {
  const thumbprints = containers.flatMap(({ certificates }) => certificates.map(({ der }) => sha1Hex(der).toUpperCase()));
  const take = ({ name }: KitFile, store: string): string =>
    `Import-Certificate -FilePath (Join-Path $PSScriptRoot ${quoted(name)}) -CertStoreLocation Cert:\\CurrentUser\\${store} | Out-Null`;
  return windowsText([
    '#Requires -Version 5.1',
    "# Puts one person's keys and the authorities behind them into their own Windows account, and looks that they are there.",
    "$ErrorActionPreference = 'Stop'",
    ...others.map((file) => take(file, 'CA')),
    '# Windows asks whether the root is to be trusted. Compare the fingerprint with the one on the sheet.',
    ...roots.map((file) => take(file, 'Root')),
    "$password = Read-Host -AsSecureString -Prompt 'Password of the keys'",
    `Import-PfxCertificate -FilePath (Join-Path $PSScriptRoot ${quoted(keys.name)}) -CertStoreLocation Cert:\\CurrentUser\\My -Password $password | Out-Null`,
    `foreach ($thumbprint in @(${thumbprints.map(quoted).join(', ')})) {`,
    '  $certificate = Get-Item -Path "Cert:\\CurrentUser\\My\\$thumbprint"',
    '  if (-not $certificate.HasPrivateKey) { throw "The private key of $thumbprint is not there." }',
    '}',
    "Write-Output 'The keys are in place. In Outlook: File, Options, Trust Center, Email Security, Settings.'",
  ]);
}

/** Signs by default, readable by everybody; nothing weaker than AES-256. */
const policy = [
  'Windows Registry Editor Version 5.00',
  '',
  '[HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Security]',
  '"AlwaysSign"=dword:00000001',
  '"ClearSign"=dword:00000001',
  '"MinEncKey"=dword:00000100',
  '',
];
