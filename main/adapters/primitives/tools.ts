import type { ToolPrimitives } from '../../ports/tool-primitives.ts';
import { keyCheckPrimitives } from './keys.ts';
import { passwordPrimitives } from './passwords.ts';
import { nodePrimitives } from './node.ts';

/** Everything the pure tools need of Node's OpenSSL. */
export const toolPrimitives: ToolPrimitives = { ...nodePrimitives, ...keyCheckPrimitives, ...passwordPrimitives };
