import type { ModulePath } from '../domain/encoding/module-path.ts';

/** QR codes (ISO/IEC 18004), with the quiet border that readers need. */
export interface QrCodes {
  /** @throws AppError input.too-large for a text that no code holds */
  draw(text: string): ModulePath;
}
