// Stands in for /usr/bin/security of macOS and for PowerShell of Windows, which do not run here: it takes and answers what their
// documentation says, keeps what it is given in one file, and lets openssl open and judge it. Run: node stand-in-stores.ts KIND STATE ARGUMENTS...
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Kept {
  readonly store: string;
  readonly der: string;
  readonly hasKey: boolean;
}

const [kind = '', state = '', ...given] = process.argv.slice(2);
const typed = readFileSync(0, 'utf8');
const sha1 = (der: string): string => createHash('sha1').update(Buffer.from(der, 'base64')).digest('hex').toUpperCase();
const kept = (): Kept[] => (existsSync(state) ? (JSON.parse(readFileSync(state, 'utf8')) as Kept[]) : []);
const keep = (all: readonly Kept[]): void => writeFileSync(state, JSON.stringify(all));
const put = (one: Kept): void => keep([...kept().filter((other) => other.store !== one.store || other.der !== one.der), one]);
const derIn = (file: string): string => new X509Certificate(readFileSync(file)).raw.toString('base64');
appendFileSync(`${state}.arguments`, `${JSON.stringify(given)}\n`);
if (existsSync(`${state}.refuses`) && new RegExp(readFileSync(`${state}.refuses`, 'utf8')).test(typed)) process.exit(1);

/** Every certificate of a PFX, put beside its keys. */
function importPfx(file: string, password: string, store: string): void {
  const openssl = (...more: readonly string[]) =>
    execFileSync('openssl', ['pkcs12', '-in', file, '-legacy', '-passin', 'stdin', '-nodes', ...more], {
      input: `${password}\n`,
      encoding: 'utf8',
    });
  const keys = openssl('-nocerts').split('-----BEGIN PRIVATE KEY-----').slice(1);
  const pems = openssl('-nokeys').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  for (const certificate of pems.map((pem) => new X509Certificate(pem))) {
    const hasKey = keys.some((key) => certificate.checkPrivateKey(privateKey(key)));
    put({ store, der: certificate.raw.toString('base64'), hasKey });
  }
}

const privateKey = (body: string) => process.getBuiltinModule('node:crypto').createPrivateKey(`-----BEGIN PRIVATE KEY-----${body}`);

/** Whether openssl finds a way from it to a root in the store. */
function isGood(file: string): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-stand-in-'));
  const write = (name: string, store: string): string => {
    const pems = kept().flatMap((one) => (one.store === store ? [new X509Certificate(Buffer.from(one.der, 'base64')).toString()] : []));
    writeFileSync(join(directory, name), pems.join(''));
    return join(directory, name);
  };
  try {
    const roots = write('roots', 'root');
    execFileSync('openssl', ['verify', '-CAfile', roots, '-untrusted', write('others', 'other'), file], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** As security.c splits a line in interactive mode. */
function split(line: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < line.length;) {
    if (/\s/.test(line[at] ?? '')) at++;
    else {
      const quote = /["']/.test(line[at] ?? '') ? line[at++] : undefined;
      let word = '';
      for (; at < line.length && (quote === undefined ? !/\s/.test(line[at] ?? '') : line[at] !== quote); at++)
        word += line[at] === '\\' ? line[++at] : line[at];
      words.push(word);
      at++;
    }
  }
  return words;
}

function security(words: readonly string[]): number {
  const [command, ...rest] = words;
  const after = (name: string): string => rest[rest.indexOf(name) + 1] ?? '';
  const last = rest.at(-1) ?? '';
  if (command === 'find-certificate')
    for (const { der } of kept())
      process.stdout.write(
        `SHA-256 hash: ${'0'.repeat(64)}\nSHA-1 hash: ${sha1(der)}\nkeychain: "${last}"\nversion: 512\nclass: 0x80001000 \nattributes:\n    "alis"<blob>="1) ${'A'.repeat(40)} \\"x"\n`,
      );
  else if (command === 'find-identity') {
    const own = kept().filter(({ hasKey }) => hasKey);
    process.stdout.write('Policy: X.509 Basic\n  Matching identities\n');
    own.forEach(({ der }, at) => process.stdout.write(`  ${at + 1}) ${sha1(der)} "Ada" (CSSMERR_TP_NOT_TRUSTED)\n`));
    process.stdout.write(`     ${own.length} identities found\n\n  Valid identities only\n     0 valid identities found\n`);
  } else if (command === 'import') importPfx(rest[0] ?? '', after('-P'), 'other');
  else if (command === 'add-certificates') put({ store: 'other', der: derIn(last), hasKey: false });
  else if (command === 'add-trusted-cert') put({ store: 'root', der: derIn(last), hasKey: false });
  else if (command === 'delete-identity') keep(kept().filter(({ der, hasKey }) => !hasKey || sha1(der) !== after('-Z')));
  else if (command === 'delete-certificate') keep(kept().filter(({ der }) => sha1(der) !== after('-Z')));
  else if (command === 'verify-cert') return isGood(after('-c')) ? 0 : 1;
  else return 2;
  return 0;
}

type Told = Readonly<Partial<Record<'act' | 'file' | 'password' | 'store' | 'thumbprint', string>>> & {
  readonly stores?: readonly string[];
};

function powershell(told: Told): number {
  const { act, file = '', password = '', store = '', thumbprint } = told;
  if (act === 'list') {
    const wanted = kept().filter((one) => told.stores?.includes(one.store) === true);
    for (const one of wanted) process.stdout.write(`${one.store} ${sha1(one.der)} ${one.hasKey ? 'True' : 'False'}\r\n`);
  } else if (act === 'import') importPfx(file, password, 'My');
  else if (act === 'add') put({ store, der: derIn(file), hasKey: false });
  else if (act === 'remove') keep(kept().filter((one) => one.store !== store || sha1(one.der) !== thumbprint));
  else return 1;
  return 0;
}

process.exitCode = kind === 'security' ? security(split(typed.trimEnd())) : powershell(JSON.parse(typed) as Told);
