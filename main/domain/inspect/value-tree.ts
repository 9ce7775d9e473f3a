import { children, DerNode, maximumDepth, readFirst } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { childNames, rootName, type FieldName } from './field-names.ts';
import { typeName, valueText } from './value-text.ts';

/** One value of a file as it stands in its octets; values inside follow it, one level deeper. */
export interface TreeValue {
  readonly depth: number;
  /** Of the tag octet, from the beginning of the object. */
  readonly offset: number;
  /** Octets of tag and length. */
  readonly header: number;
  /** Octets of the content. */
  readonly length: number;
  /** `SEQUENCE`, `[0]`. */
  readonly type: string;
  /** What the standard of the file calls it; null where that is not known here. */
  readonly name: string | null;
  /** What it says, as far as that is text; null for a value that holds others. */
  readonly text: string | null;
  /** How many values it holds. */
  readonly count: number;
}

export interface ValueTree {
  readonly values: readonly TreeValue[];
  /** Not everything is shown: there are more values than anybody looks at. */
  readonly isCut: boolean;
}

/** More values than this are cut off: nobody reads them, and no window should have to draw them. */
const maximumTreeValues = 5000;

/**
 * The values of one object in the order of their octets, those inside strings that hold DER as well, each with the name its
 * standard has for it. Never more than five thousand and never deeper than sixty-four; what is no DER inside stays a string.
 * @throws AppError input.malformed-der when the outermost value is none
 */
export function valueTree(der: Uint8Array, kind: string): ValueTree {
  const walk: Walk = { values: [], isCut: false };
  visit(walk, readFirst(der), 0, rootName(kind));
  return walk;
}

interface Walk {
  readonly values: TreeValue[];
  isCut: boolean;
}

function visit(walk: Walk, node: DerNode, depth: number, name: FieldName | undefined): void {
  if (walk.values.length >= maximumTreeValues) {
    walk.isCut = true;
    return;
  }
  const inside = depth >= maximumDepth ? [] : valuesInside(node);
  walk.values.push({
    depth,
    offset: node.offset,
    header: node.contentOffset - node.offset,
    length: node.length,
    type: typeName(node.tag),
    name: name === undefined || name.text === '' ? null : name.text,
    text: inside.length === 0 ? valueText(node) : null,
    count: inside.length,
  });
  const names = childNames(name, inside);
  for (const [at, child] of inside.entries()) visit(walk, child, depth + 1, names[at]);
}

/** Of a constructed value its parts; of a string what is DER in it, when all of it is. */
function valuesInside(node: DerNode): readonly DerNode[] {
  if (node.isConstructed) return readable(node);
  const isString = node.tag === tag.octetString || node.tag === tag.bitString;
  if (!isString || node.length < 2) return [];
  return readable(node.tag === tag.bitString ? afterUnusedBits(node) : node).filter((_, __, all) => all.length === 1);
}

/** A BIT STRING that holds DER begins with a zero: no bits are left over. */
function afterUnusedBits({ source, tag: octet, offset, contentOffset, end, content }: DerNode): DerNode {
  return new DerNode(source, octet, offset, content[0] === 0 ? contentOffset + 1 : end, end);
}

function readable(node: DerNode): readonly DerNode[] {
  try {
    const nodes = children(node);
    return nodes.every((child) => isPlausible(child.tag)) ? nodes : [];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Random octets often pass for a value of a tag nobody uses. */
const isPlausible = (octet: number): boolean => octet >= 0x80 || (octet & 0xdf) !== 0;
