import type { Migration } from './migration.ts';
import { createUniqueIndexOfBeginnings } from './table.ts';

/**
 * Digests by their beginnings. They come in no order, so a batch touches pages all over their index: with a quarter of the
 * octets it is a quarter of the pages. Two digests that begin alike in 64 bits are one.
 */
export const fingerprints: Migration = {
  name: '0100-fingerprints',
  async up(tools) {
    await tools.db.schema.dropIndex('certificate_by_sha256').execute();
    await tools.db.schema.dropIndex('key_by_spki').execute();
    await createUniqueIndexOfBeginnings(tools, 'certificate', 'sha256');
    await createUniqueIndexOfBeginnings(tools, 'key', 'spkiSha256');
  },
};
