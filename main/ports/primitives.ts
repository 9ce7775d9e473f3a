import type { ContentPrimitives } from '../domain/cms/content-primitives.ts';

/**
 * Digests and signature checks for the pure domain. Trusted fully: an adapter that answers `true` to a wrong signature
 * breaks everything built on it. No state, no I/O; the same input gives the same answer.
 */
export type Primitives = ContentPrimitives;
