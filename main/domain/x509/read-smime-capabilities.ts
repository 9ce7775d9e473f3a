import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid } from '../asn1/read-value.ts';
import type { SmimeCapability } from './extension-values.ts';

/**
 * SMIMECapabilities (RFC 8551 section 2.5.2) as an extension (RFC 4262), in order of preference.
 * @throws AppError input.malformed-der
 */
export function readSmimeCapabilities(node: DerNode): SmimeCapability[] {
  const capabilities: SmimeCapability[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const entry = new DerCursor(cursor.next(tag.sequence));
    const capabilityId = readOid(entry.next(tag.oid));
    const parameters = entry.isAtEnd ? undefined : entry.next().whole;
    entry.finish();
    capabilities.push(parameters === undefined ? { capabilityId } : { capabilityId, parameters });
  }
  return capabilities;
}
