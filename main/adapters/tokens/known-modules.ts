import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';

/** A PKCS #11 library that may be loaded. */
export interface TokenModule {
  readonly name: string;
  /** Absolute path. */
  readonly library: string;
  /** Whether tokens that came since it was opened show only when it is opened anew. */
  readonly isOpenedAnew: boolean;
}

interface KnownModule {
  readonly name: string;
  readonly paths: readonly string[];
  readonly isOpenedAnew: boolean;
}

/** Libraries in wide use, where their packages put them. */
const known: readonly KnownModule[] = [
  {
    name: 'OpenSC',
    paths: [
      '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so',
      '/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so',
      '/usr/lib64/opensc-pkcs11.so',
      '/usr/lib/opensc-pkcs11.so',
      '/Library/OpenSC/lib/opensc-pkcs11.so',
      'C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll',
    ],
    isOpenedAnew: false,
  },
  {
    name: 'YubiKey',
    paths: [
      '/usr/lib/x86_64-linux-gnu/libykcs11.so',
      '/usr/lib/x86_64-linux-gnu/libykcs11.so.2',
      '/usr/lib/aarch64-linux-gnu/libykcs11.so.2',
      '/usr/lib64/libykcs11.so.2',
      '/usr/local/lib/libykcs11.dylib',
      'C:\\Program Files\\Yubico\\Yubico PIV Tool\\bin\\libykcs11.dll',
    ],
    isOpenedAnew: false,
  },
  {
    name: 'TPM',
    paths: [
      '/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so',
      '/usr/lib/aarch64-linux-gnu/pkcs11/libtpm2_pkcs11.so',
      '/usr/lib64/pkcs11/libtpm2_pkcs11.so',
    ],
    isOpenedAnew: true,
  },
  {
    name: 'SoftHSM',
    paths: ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'],
    isOpenedAnew: true,
  },
];

const registrations = '/usr/share/p11-kit/modules';

/**
 * Those of p11-kit itself are left out: the proxy would load every other module into one process, the client speaks to
 * another machine's, and the trust module holds no keys.
 */
const leftOut = /^p11-kit-(proxy|client|trust)\b/;

/** The modules of this computer: those known that are installed, then those registered with p11-kit; each library once. */
export function installedModules(): TokenModule[] {
  const candidates = [...known.flatMap(wherePresent), ...registered(registrations)];
  const byFile = new Map(candidates.toReversed().map((module) => [realpathSync(module.library), module]));
  return [...byFile.values()].toReversed();
}

function wherePresent({ name, paths, isOpenedAnew }: KnownModule): TokenModule[] {
  const library = paths.find((path) => existsSync(path));
  return library === undefined ? [] : [{ name, library, isOpenedAnew }];
}

/** Modules in the `*.module` files of a folder (pkcs11.conf(5)) that name an installed library by its absolute path. */
export function registered(folder: string): TokenModule[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.module'));
  return files.sort().flatMap((file) => {
    const library = /^\s*module:\s*(\S.*?)\s*$/m.exec(readFileSync(join(folder, file), 'utf8').slice(0, 65_536))?.[1];
    const isUsable = library !== undefined && isAbsolute(library) && existsSync(library) && !leftOut.test(basename(library));
    return isUsable ? [{ name: basename(file, '.module'), library, isOpenedAnew: true }] : [];
  });
}
