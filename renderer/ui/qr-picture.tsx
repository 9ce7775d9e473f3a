import { encodeQR } from 'qr';
import { useMemo } from 'react';
import styles from './qr-picture.module.css';

export interface QrPictureProps {
  readonly text: string;
  /** What it is, for screen readers; what it says must stand beside it in words. */
  readonly label: string;
}

/** A QR code (ISO/IEC 18004) of 200 px. Dark on light in every scheme: readers expect it so. */
export function QrPicture({ text, label }: QrPictureProps) {
  const { size, path } = useMemo(() => draw(text), [text]);
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}

/** One small square for each dark module, with the quiet border of four that readers need. */
function draw(text: string): { readonly size: number; readonly path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: squares.join('') };
}
