import { spawnSync } from 'node:child_process';

/** Runs openssl and gives what it printed. Secrets go to it in files. */
export function openssl(given: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync('openssl', given, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${given[0]} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

/** What openssl reads from a .p12 whose password is in a file: its certificates for people, and how many private keys. */
export function openPfx(file: string, passwordFile: string): { readonly mailboxes: string[]; readonly privateKeys: number } {
  const common = ['pkcs12', '-in', file, '-passin', `file:${passwordFile}`, '-noenc'];
  const certificates = openssl([...common, '-nokeys', '-clcerts']).match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? [];
  return {
    mailboxes: certificates.map((pem) => openssl(['x509', '-noout', '-email'], pem).trim()),
    privateKeys: openssl([...common, '-nocerts']).split('BEGIN PRIVATE KEY').length - 1,
  };
}
