import type { WritingPrimitives } from '../domain/cms/message-primitives.ts';
import type { KeyCheckPrimitives } from '../domain/key/check-private-key.ts';
import type { ListPfxPrimitives } from '../domain/pfx/list-pfx.ts';

/** Cryptography for the pure tools. Trusted fully; no state, no I/O. */
export type ToolPrimitives = KeyCheckPrimitives & ListPfxPrimitives & WritingPrimitives;
