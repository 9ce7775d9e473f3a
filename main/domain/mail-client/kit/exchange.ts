import { concatenate } from '../../asn1/der-writer.ts';
import type { MailIssuer } from '../mail-client.ts';
import type { MailKit } from './kit.ts';
import { windowsText } from './parts.ts';

/** Exchange Online: the authorities its web client checks signatures against. No private key: it keeps none. */
export const exchangeKit: MailKit = {
  keys: undefined,
  files: ({ issuers }) => [
    { name: 'authorities.sst', content: serializedStore(issuers) },
    { name: 'set-smime.ps1', content: windowsText(script) },
  ],
};

const script = [
  '#Requires -Modules ExchangeOnlineManagement',
  '# Tells Exchange Online which authorities issue the certificates of this practice. Sign in first: Connect-ExchangeOnline',
  "$ErrorActionPreference = 'Stop'",
  "$store = [System.IO.File]::ReadAllBytes((Join-Path $PSScriptRoot 'authorities.sst'))",
  'Set-SmimeConfig -SMIMECertificateIssuingCA $store',
  'Get-SmimeConfig | Select-Object -Property SMIMECertificateIssuingCA, SMIMECertificatesExpiryDate',
];

/** `CERT` and the property that is the certificate itself ([MS-OSHARED]: serialized certificate store). */
const magic = 0x54524543;
const certificateProperty = 32;
const x509Encoding = 1;

/** A version and `CERT`; each certificate as a property with its length; an empty one ends it. Little-endian. */
function serializedStore(issuers: readonly MailIssuer[]): Uint8Array {
  const entries = issuers.flatMap(({ der }) => [words(certificateProperty, x509Encoding, der.length), der]);
  return concatenate([words(0, magic), ...entries, words(0, 0, 0)]);
}

function words(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [at, value] of values.entries()) view.setUint32(at * 4, value, true);
  return new Uint8Array(view.buffer);
}
