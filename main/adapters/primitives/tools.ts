import type { ToolPrimitives } from '../../ports/tool-primitives.ts';
import { keyCheckPrimitives } from './keys.ts';
import { messagePrimitives } from './messages.ts';

/** Everything the pure tools need of Node's OpenSSL. */
export const toolPrimitives: ToolPrimitives = { ...messagePrimitives, ...keyCheckPrimitives };
