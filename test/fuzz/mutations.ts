import fc from 'fast-check';
import { children, readDer, type DerNode } from '../../main/domain/asn1/der-reader.ts';
import { tlvOf } from '../../main/domain/asn1/der-writer.ts';

/** One change to a file. Places are fractions of its length, so that it means something in every file. */
type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set'; readonly at: number; readonly octet: number }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'end'; readonly at: number }
  | { readonly kind: 'insert'; readonly at: number; readonly octets: Uint8Array }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'move'; readonly at: number; readonly to: number; readonly length: number }
  /** The following change a value of DER and keep the lengths around it right. */
  | { readonly kind: 'drop' | 'double' | 'swap'; readonly node: number }
  | { readonly kind: 'replace'; readonly node: number; readonly octets: Uint8Array };

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const octet = fc.oneof(fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0x84, 0xff, 0x30, 0xa0), fc.nat(255));
const some = fc.oneof({ weight: 4, arbitrary: fc.nat(32) }, { weight: 1, arbitrary: fc.nat(4096) });
const octets = fc.uint8Array({ maxLength: 64 });

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('flip'), at: place, bit: fc.nat(7) }),
    fc.record({ kind: fc.constant('set'), at: place, octet }),
    fc.record({ kind: fc.constant('cut'), at: place, length: some }),
    fc.record({ kind: fc.constant('end'), at: place }),
    fc.record({ kind: fc.constant('insert'), at: place, octets }),
    fc.record({ kind: fc.constant('repeat'), at: place, length: some, times: fc.nat(40) }),
    fc.record({ kind: fc.constant('move'), at: place, to: place, length: some }),
    fc.record({ kind: fc.constantFrom('drop', 'double', 'swap'), node: place }),
    fc.record({ kind: fc.constant('replace'), node: place, octets }),
  ),
  { minLength: 1, maxLength: 4 },
);

export function mutate(file: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce<Uint8Array>((bytes, change) => ('node' in change ? changeDer(bytes, change) : changeOctets(bytes, change)), file);
}

type OctetMutation = Exclude<Mutation, { readonly node: number }>;

function changeOctets(bytes: Uint8Array, change: OctetMutation): Uint8Array {
  const at = Math.floor(change.at * bytes.length);
  const splice = (from: number, length: number, ...parts: readonly Uint8Array[]) =>
    new Uint8Array(Buffer.concat([bytes.subarray(0, from), ...parts, bytes.subarray(from + length)]));
  switch (change.kind) {
    case 'flip':
      return splice(at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << change.bit)));
    case 'set':
      return splice(at, 1, Uint8Array.of(change.octet));
    case 'cut':
      return splice(at, change.length);
    case 'end':
      return bytes.slice(0, at);
    case 'insert':
      return splice(at, 0, change.octets);
    case 'repeat': {
      const piece = bytes.subarray(at, at + change.length);
      return splice(at, 0, ...Array.from({ length: change.times }, () => piece));
    }
    case 'move': {
      const piece = bytes.slice(at, at + change.length);
      const rest = splice(at, change.length);
      const to = Math.floor(change.to * rest.length);
      return new Uint8Array(Buffer.concat([rest.subarray(0, to), piece, rest.subarray(to)]));
    }
  }
}

/** What is no DER stays as it is. */
function changeDer(bytes: Uint8Array, change: Exclude<Mutation, OctetMutation>): Uint8Array {
  try {
    const root = readDer(bytes);
    const all = nodesBelow(root);
    const chosen = all[Math.floor(change.node * all.length)];
    return chosen === undefined ? bytes : rebuilt(root, chosen, change);
  } catch {
    return bytes;
  }
}

const nodesBelow = (node: DerNode): DerNode[] =>
  node.isConstructed ? children(node).flatMap((child) => [child, ...nodesBelow(child)]) : [];

function rebuilt(node: DerNode, chosen: DerNode, change: Exclude<Mutation, OctetMutation>): Uint8Array {
  if (!node.isConstructed) return node.whole;
  const parts = children(node).map((child) => (child.offset === chosen.offset && child.length === chosen.length ? chosen : child));
  const at = parts.indexOf(chosen);
  if (at < 0)
    return tlvOf(
      node.tag,
      parts.map((child) => rebuilt(child, chosen, change)),
    );
  const whole = parts.map((part) => part.whole);
  return tlvOf(node.tag, whole.toSpliced(at, change.kind === 'swap' ? 2 : 1, ...inPlaceOf(whole, at, chosen.tag, change)));
}

function inPlaceOf(whole: readonly Uint8Array[], at: number, tag: number, change: Exclude<Mutation, OctetMutation>): Uint8Array[] {
  const own = whole.slice(at, at + 1);
  switch (change.kind) {
    case 'drop':
      return [];
    case 'double':
      return [...own, ...own];
    case 'swap':
      return [...whole.slice(at + 1, at + 2), ...own];
    case 'replace':
      return [tlvOf(tag, [change.octets])];
  }
}
