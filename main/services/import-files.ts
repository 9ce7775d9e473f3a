import type { FileContent, Secret } from '../contract/secret.ts';
import { readEncodedObjects, type EncodedObject } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { recognise } from '../domain/inspect/recognise.ts';
import { passwordForms } from '../domain/pfx/password.ts';
import type { Opening } from '../domain/pfx/password-decryption.ts';
import type { PasswordPrimitives } from '../domain/pfx/password-primitives.ts';
import { openPrivateKey } from '../domain/pfx/private-keys-in.ts';
import { openPfx } from '../domain/pfx/read-pfx.ts';
import { WorkBudget } from '../domain/pfx/work-budget.ts';
import { certificatesOfSignedData } from '../domain/request/read-answer.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';

/** More objects than this in all files together were not brought by a person. */
const mostObjects = 5000;

/** What stood in the files, as it stood there; private keys are the caller's to wipe. */
export interface BroughtObjects {
  readonly certificates: readonly { readonly file: string; readonly certificate: Certificate }[];
  readonly keys: readonly { readonly file: string; readonly der: Uint8Array }[];
  /** Files, and objects in files, that nothing can be taken from. */
  readonly unread: readonly { readonly file: string; readonly error: AppError }[];
}

/**
 * Opens files that certificates and private keys came in: PEM, DER, base64, PKCS #7, #8 and #12, whatever they are called. Every password is
 * tried, and none. A file that cannot be read is said to be so; the others are read.
 * @throws AppError input.too-large for more objects than anybody brings at once
 */
export async function readBrought(
  files: readonly FileContent[],
  passwords: readonly Secret[],
  primitives: PasswordPrimitives,
): Promise<BroughtObjects> {
  const certificates: BroughtObjects['certificates'][number][] = [];
  const keys: BroughtObjects['keys'][number][] = [];
  const unread: BroughtObjects['unread'][number][] = [];
  const take = async (file: string, act: () => Promise<Contents> | Contents) => {
    try {
      const found = await act();
      keys.push(...found.keys.map((der) => ({ file, der })));
      certificates.push(...found.certificates.map((der) => ({ file, certificate: readCertificate(der) })));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unread.push({ file, error });
    }
  };
  try {
    for (const { name, bytes } of files) {
      const objects: EncodedObject[] = [];
      await take(name, () => {
        objects.push(...readEncodedObjects(bytes));
        return nothing;
      });
      for (const object of objects) await take(name, () => withPasswords(passwords, primitives, (opening) => contentsOf(object, opening)));
      if (certificates.length + keys.length > mostObjects)
        throw new AppError('input.too-large', 'These are too many certificates and keys at once.', { limit: mostObjects });
    }
  } catch (error) {
    for (const { der } of keys) der.fill(0);
    throw error;
  }
  return { certificates, keys, unread };
}

interface Contents {
  readonly certificates: readonly Uint8Array[];
  readonly keys: readonly Uint8Array[];
}

const nothing: Contents = { certificates: [], keys: [] };

/** With the first password that opens it; none is tried last, because old files open to that without saying so. */
async function withPasswords<T>(
  passwords: readonly Secret[],
  primitives: PasswordPrimitives,
  open: (opening: Opening) => Promise<T>,
): Promise<T> {
  let refused: AppError | undefined;
  for (const password of [...passwords.map((one) => one.reveal()), undefined]) {
    try {
      return await open({ forms: passwordForms(password), primitives, budget: new WorkBudget() });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'input.wrong-password') throw error;
      refused ??= error;
    }
  }
  throw refused ?? new AppError('input.wrong-password', 'This does not open without a password.');
}

async function contentsOf(object: EncodedObject, opening: Opening): Promise<Contents> {
  const type = recognise(object.der, object.label);
  if (type === 'certificate') return { certificates: [object.der], keys: [] };
  if (type === 'pkcs7') return { certificates: filled(certificatesOfSignedData(object.der)), keys: [] };
  // Wiped by whoever asked: a copy, so that the file itself stays what it is.
  if (type === 'pkcs8') return { certificates: [], keys: [Uint8Array.from(await openPrivateKey(object, opening))] };
  if (type === 'pkcs12') {
    const { bags } = await openPfx(object.der, opening);
    const of = (kind: 'key' | 'certificate') => bags.filter((bag) => bag.kind === kind).map(({ der }) => der);
    return { certificates: of('certificate'), keys: of('key') };
  }
  throw new AppError('unsupported', 'There is neither a certificate nor a private key in this.', { what: type });
}

function filled(found: readonly Uint8Array[]): readonly Uint8Array[] {
  if (found.length === 0) throw new AppError('input.empty', 'There is no certificate in this file.', { field: 'file' });
  return found;
}
