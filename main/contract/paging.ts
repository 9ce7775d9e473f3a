import { z } from 'zod';

/** What every list takes: how many, and where the page before ended. */
export const paging = {
  limit: z.int().min(1).max(500).default(100),
  after: z.string().max(2000).optional(),
};

export const id = z.uuid();
