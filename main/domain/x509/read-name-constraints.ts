import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readSmallInteger } from '../asn1/read-value.ts';
import type { GeneralSubtree, NameConstraints } from './extension-values.ts';
import { readGeneralName } from './general-name.ts';

const maximumSubtrees = 10_000;

/**
 * nameConstraints (RFC 5280 section 4.2.1.10): at least one of its two lists.
 * @throws AppError input.malformed-der
 */
export function readNameConstraints(node: DerNode): NameConstraints {
  const cursor = new DerCursor(node);
  const permitted = cursor.optional(0xa0);
  const excluded = cursor.optional(0xa1);
  cursor.finish();
  if (permitted === undefined && excluded === undefined) throw malformed('empty nameConstraints', node.offset);
  return { permittedSubtrees: readSubtrees(permitted), excludedSubtrees: readSubtrees(excluded) };
}

function readSubtrees(node: DerNode | undefined): GeneralSubtree[] {
  if (node === undefined) return [];
  const subtrees: GeneralSubtree[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    if (subtrees.length >= maximumSubtrees) throw malformed('too many subtrees', node.offset);
    subtrees.push(readSubtree(cursor.next(tag.sequence)));
  }
  if (subtrees.length === 0) throw malformed('an empty list of subtrees', node.offset);
  return subtrees;
}

function readSubtree(node: DerNode): GeneralSubtree {
  const cursor = new DerCursor(node);
  const base = readGeneralName(cursor.next());
  const minimum = cursor.optional(0x80);
  const maximum = cursor.optional(0x81);
  cursor.finish();
  return { base, hasDistance: maximum !== undefined || (minimum !== undefined && readSmallInteger(minimum) !== 0) };
}
