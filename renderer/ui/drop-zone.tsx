import { useState, type DragEvent, type ReactNode } from 'react';
import styles from './drop-zone.module.css';

export interface DropZoneProps {
  readonly onFile: (file: File) => void;
  /** Holds a button that calls `chooseFile`: dropping is only the other way. */
  readonly children: ReactNode;
}

/** A dashed place to drop one file on. */
export function DropZone({ onFile, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onFile(file);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div className={styles.zone} data-over={isOver} onDragOver={over} onDragLeave={() => setOver(false)} onDrop={drop}>
      {children}
    </div>
  );
}
