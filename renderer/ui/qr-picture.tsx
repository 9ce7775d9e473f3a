import { encodeQR } from 'qr';
import { useMemo } from 'react';
import { modulePath } from '../../main/domain/encoding/module-path.ts';
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

/** With the quiet border of four that readers need. */
const draw = (text: string) => modulePath(encodeQR(text, 'raw', { ecc: 'medium', border: 4 }));
