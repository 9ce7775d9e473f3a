import { z } from 'zod';
import type { KeyCheck } from '../domain/key/check-private-key.ts';
import { query } from './call.ts';
import { fileContent } from './secret.ts';

/** The pure tools that are about no certificate alone: public, without workspace, never logged. */
export const tools = {
  /** Do the parts of one private key belong together? */
  checkKey: query<KeyCheck>()({ access: 'public', input: z.strictObject({ file: fileContent() }) }),
};
