import { encodeQR } from 'qr';
import { modulePath } from '../../domain/encoding/module-path.ts';
import { AppError } from '../../domain/errors.ts';
import type { QrCodes } from '../../ports/qr-codes.ts';

/** The longest text in UTF-8 that a code of medium error correction holds (ISO/IEC 18004, table 7). */
const longest = 2331;

/** Drawn by `qr`. */
export const qrCodes: QrCodes = {
  draw: (text) => {
    if (Buffer.byteLength(text) > longest)
      throw new AppError('input.too-large', 'This text is too long for a QR code.', { limit: longest });
    return modulePath(encodeQR(text, 'raw', { ecc: 'medium', border: 4 }));
  },
};
