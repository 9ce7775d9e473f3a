import type { KeyFinding } from '../contract/keys.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { commonPrimes } from '../domain/key/shared-primes.ts';
import { listedNames } from '../domain/key/key-fingerprints.ts';
import { rsaWeakness } from '../domain/key/weak-rsa.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { SubjectPublicKeyInfo } from '../domain/x509/read-public-key.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';

interface InventoryKey {
  readonly row: CertificateRow;
  readonly publicKey: SubjectPublicKeyInfo;
}

interface Inventory {
  readonly checked: number;
  readonly findings: readonly KeyFinding[];
}

const atATime = 500;

interface InventoryParts {
  readonly primitives: Pick<Primitives, 'digest'>;
  /** Lets everything else have its turn. */
  readonly giveWay: () => Promise<void>;
}

/** Looks through the keys of all certificates, each key once. Everything else has its turn meanwhile. */
export async function checkInventory(stores: ReadStores, { primitives, giveWay }: InventoryParts): Promise<Inventory> {
  const found: KeyFinding[] = [];
  const seen = new Set<string>();
  const rsa: InventoryKey[] = [];
  for await (const some of keysOf(stores, seen)) {
    await giveWay();
    found.push(...(await listedAmong(stores, primitives, some)));
    rsa.push(...some.filter(({ publicKey }) => publicKey.rsa !== undefined));
  }
  for (const key of rsa) {
    if (key.publicKey.rsa !== undefined && rsaWeakness(key.publicKey.rsa.modulus) !== undefined) found.push(finding('weak', key));
    await giveWay();
  }
  return { checked: seen.size, findings: [...found, ...(await giveAways(rsa, giveWay))] };
}

async function* keysOf(stores: ReadStores, seen: Set<string>): AsyncGenerator<readonly InventoryKey[], void, undefined> {
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const page = await stores.certificates.page({ limit: atATime, ...(after === undefined ? {} : { after }) });
    const keys: InventoryKey[] = [];
    for (const row of page.rows.filter(({ keyId }) => !seen.has(keyId))) {
      seen.add(row.keyId);
      const der = await stores.certificates.der(row.id);
      if (der !== undefined) keys.push({ row, publicKey: readCertificate(der).subjectPublicKeyInfo });
    }
    yield keys;
    after = page.next;
  }
}

async function listedAmong(
  stores: ReadStores,
  { digest }: Pick<Primitives, 'digest'>,
  keys: readonly InventoryKey[],
): Promise<readonly KeyFinding[]> {
  const named = keys.map((key) => ({ key, names: listedNames(key.publicKey, digest) }));
  const listed = await stores.compromisedKeys.listed(named.flatMap(({ names }) => names));
  return named.filter(({ names }) => names.some((name) => listed.has(name))).map(({ key }) => finding('compromised', key));
}

/** Keys with one modulus, and moduli with one prime. */
async function giveAways(keys: readonly InventoryKey[], giveWay: InventoryParts['giveWay']): Promise<readonly KeyFinding[]> {
  const byModulus = Map.groupBy(keys, ({ publicKey }) => hexEncode(publicKey.rsa?.modulus ?? new Uint8Array()));
  const same = [...byModulus.values()].filter(({ length }) => length > 1).flat();
  const different = [...byModulus.values()];
  const steps = commonPrimes(different.map(([first]) => first?.publicKey.rsa?.modulus ?? new Uint8Array()));
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) await giveWay();
  const shared = [...step.value].flatMap((at) => different[at] ?? []);
  return [...same.map((key) => finding('same-modulus', key)), ...shared.map((key) => finding('common-prime', key))];
}

const finding = (code: KeyFinding['code'], { row: { keyId, id, personId } }: InventoryKey): KeyFinding => ({
  code,
  key: keyId,
  certificate: id,
  person: personId,
});
