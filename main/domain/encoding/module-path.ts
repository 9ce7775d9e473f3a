/** A symbol of small squares (a QR code, ISO/IEC 18004) as a path of SVG: how many squares each side has, and the dark ones. */
export interface ModulePath {
  readonly size: number;
  readonly path: string;
}

/** One small square for each dark module. */
export function modulePath(rows: readonly (readonly boolean[])[]): ModulePath {
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: squares.join('') };
}
