import { AppError } from '../../domain/errors.ts';
import type { MailClient } from '../../ports/mail-client.ts';
import { runTool, type RunTool } from './change/run-tool.ts';
import { createStoreClient } from './system-store/create-store-client.ts';
import {
  storeKinds,
  type OpenStore,
  type StoreEntry,
  type StoreKind,
  type StoreListing,
  type SystemStoreParts,
} from './system-store/system-store.ts';

const place = 'Cert:\\CurrentUser\\';

/** Where Windows keeps what: people's own certificates, authorities, trusted roots, other people's certificates. */
const stores: Readonly<Record<StoreKind, string>> = { key: 'My', issuer: 'CA', root: 'Root', recipient: 'AddressBook' };

/** What somebody who administers the computer has forbidden. */
const forbidden = 'Disallowed';

/**
 * All that PowerShell (5.1, part of Windows) is ever told, by its PKI module and its certificate provider. What to do comes as one line of
 * JSON over its input, so that neither a password nor a name is an argument or a part of a script. Keys are imported without -Exportable. Roots
 * go in and out by X509Store, which asks the person: Import-Certificate refuses where it is not told interactively.
 */
export const script = [
  "$ErrorActionPreference = 'Stop'",
  "Import-Module -Name 'PKI', 'Microsoft.PowerShell.Security'",
  '$told = [Console]::In.ReadLine() | ConvertFrom-Json',
  `function Open-Store { $store = New-Object System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $told.store, 'CurrentUser'; $store.Open('ReadWrite'); $store }`,
  'switch ($told.act) {',
  `'list' { foreach ($name in $told.stores) { foreach ($found in @(Get-ChildItem -Path ('${place}' + $name))) { [Console]::Out.WriteLine($name + ' ' + $found.Thumbprint + ' ' + $found.HasPrivateKey) } } }`,
  `'import' { $password = ConvertTo-SecureString -String $told.password -AsPlainText -Force; [void](Import-PfxCertificate -FilePath $told.file -CertStoreLocation '${place}My' -Password $password) }`,
  `'add' { $store = Open-Store; $store.Add((New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $told.file)); $store.Close() }`,
  `'remove' { foreach ($found in @(Get-ChildItem -Path ('${place}' + $told.store) | Where-Object { $_.Thumbprint -eq $told.thumbprint })) { if ($told.store -eq 'My') { Remove-Item -Path $found.PSPath -DeleteKey } else { $store = Open-Store; $store.Remove($found); $store.Close() } } }`,
  "default { throw 'unknown' }",
  '}',
].join('\n');

type Told =
  | { readonly act: 'list'; readonly stores: readonly string[] }
  | { readonly act: 'import'; readonly file: string; readonly password: string }
  | { readonly act: 'add'; readonly store: string; readonly file: string }
  | { readonly act: 'remove'; readonly store: string; readonly thumbprint: string };

/** One line of ASCII: what comes over the input is read in whatever code page the system has. The caller wipes it. */
export const toldLine = (told: Told): Buffer =>
  Buffer.from(
    `${JSON.stringify(told).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`,
    'latin1',
  );

/** Lines of a store, a thumbprint, and whether its private key is there. What is forbidden is as if it were not there. */
export function readListing(output: string): StoreListing {
  const found = Array.from(output.matchAll(/^(\w+) ([0-9A-Fa-f]{40}) (True|False)\r?$/gm), ([, store = '', thumbprint = '', key = '']) => ({
    store,
    thumbprint: thumbprint.toUpperCase(),
    hasKey: key === 'True',
  }));
  const isIn = (wanted: string, thumbprint: string, needsKey: boolean): boolean =>
    found.some(({ store, thumbprint: one, hasKey }) => store === wanted && one === thumbprint && (hasKey || !needsKey));
  return { has: ({ kind, thumbprint }) => isIn(stores[kind], thumbprint, kind === 'key') && !isIn(forbidden, thumbprint, false) };
}

/** The certificates of a person's own Windows account, which Outlook and whatever else reads them find by their address. */
export const createWindowsCertificates = ({ places, run = runTool }: SystemStoreParts): MailClient => {
  const usual = `${place}${stores.key}`;
  const program = places.program ?? `${places.windows}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
  return createStoreClient(
    {
      id: 'windows-certificates',
      system: { platform: 'win32', name: 'Windows' },
      keyForm: 'keys-alone',
      planned: { key: usual, issuer: `${place}${stores.issuer}`, root: `${place}${stores.root}`, recipient: `${place}${stores.recipient}` },
      usual,
      isThere: (path) => path.toLowerCase() === usual.toLowerCase(),
      open: () => openWindows((told) => tell(run, program, told)),
    },
    places,
  );
};

/** @throws AppError client.unreadable */
async function tell(run: RunTool, program: string, told: Told): Promise<string> {
  const typed = toldLine(told);
  try {
    const { status, output } = await run({
      program,
      arguments: ['-NoProfile', '-NonInteractive', '-NoLogo', '-Command', script],
      typed,
      asksSomebody: 'store' in told && told.store === stores.root,
    });
    if (status !== 0) throw new AppError('client.unreadable', 'The certificates of this Windows account cannot be read or written.');
    return output;
  } finally {
    typed.fill(0);
  }
}

function openWindows(telling: (told: Told) => Promise<string>): OpenStore {
  return {
    list: async () => readListing(await telling({ act: 'list', stores: [...storeKinds.map((kind) => stores[kind]), forbidden] })),
    importKeys: async (file, password) => void (await telling({ act: 'import', file, password: Buffer.from(password).toString('latin1') })),
    add: async (kind, { file }) => void (await telling({ act: 'add', store: stores[kind], file })),
    remove: async ({ kind, thumbprint }: StoreEntry) => void (await telling({ act: 'remove', store: stores[kind], thumbprint })),
    accepts: async ({ thumbprint }, listing, issuers) =>
      (listing.has({ kind: 'key', thumbprint }) || listing.has({ kind: 'recipient', thumbprint })) &&
      issuers.every((one) => listing.has(one)),
  };
}
