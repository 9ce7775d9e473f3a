import { formatNumber, t } from '../i18n/translate.ts';
import { neighboursBefore } from './proof-sides.ts';
import styles from './proof-picture.module.css';

export interface ProofPictureProps {
  /** The entry's number in the log. */
  readonly index: number;
  readonly treeSize: number;
  /** Hashes from the leaf to the root, base64. */
  readonly path: readonly string[];
  readonly rootHash: string;
  /** The path adds up to the signed total. */
  readonly holds: boolean;
}

/** The first octets of a hash, as people compare them: "b04e 77…". */
function shortHash(base64: string): string {
  const hex = Array.from(atob(base64.slice(0, 8)).slice(0, 3), (octet) => octet.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 4)} ${hex.slice(4)}…`;
}

interface Box {
  readonly title: string;
  readonly value: string;
  readonly look: 'entry' | 'borrowed' | 'joined' | 'total' | 'broken';
}

interface Placed extends Box {
  readonly x: number;
  readonly y: number;
}

const size = { width: 84, height: 39 };
const totalWidth = 97;
const columns = [0.5, 111.5, 221.5] as const;

/** Where the boxes stand and what joins them, for none, one, or more steps. */
function layout(
  entry: Box,
  borrowed: readonly Box[],
  joined: Box,
  total: Box,
): { readonly boxes: readonly Placed[]; readonly lines: readonly string[]; readonly height: number } {
  const [first, , third] = columns;
  const [neighbour, last] = borrowed;
  if (neighbour === undefined) {
    return {
      boxes: [
        { ...entry, x: first, y: 0.5 },
        { ...total, x: columns[1], y: 0.5 },
      ],
      lines: [`M84.5 20H111.5`],
      height: 40,
    };
  }
  const pair: readonly Placed[] = [
    { ...entry, x: first, y: 0.5 },
    { ...neighbour, x: first, y: 50.5 },
  ];
  const bracket = 'M84.5 20H97.5V70H84.5M97.5 47H111.5';
  if (last === undefined) return { boxes: [...pair, { ...total, x: columns[1], y: 27.5 }], lines: [bracket], height: 90 };
  const second: readonly Placed[] = [
    { ...joined, x: columns[1], y: 28.5 },
    { ...last, x: columns[1], y: 99.5 },
    { ...total, x: third, y: 64.5 },
  ];
  return { boxes: [...pair, ...second], lines: [bracket, 'M195.5 47H208.5V119H195.5M208.5 83H221.5'], height: 139 };
}

/** The entry and its neighbours join, left to right, into the signed total. Many steps are folded into one. */
export function ProofPicture({ index, treeSize, path, rootHash, holds }: ProofPictureProps) {
  const sides = neighboursBefore(index, treeSize, path.length);
  const ends = [0, path.length - 1].slice(0, path.length);
  const borrowed = ends.map((step): Box => ({
    title: t(step === 0 ? 'proof.neighbour' : sides[step] === true ? 'proof.before' : 'proof.after'),
    value: shortHash(path[step] ?? ''),
    look: 'borrowed',
  }));
  const folded = path.length - 2;
  const { boxes, lines, height } = layout(
    { title: t('proof.entry'), value: formatNumber(index), look: 'entry' },
    borrowed,
    { title: t('proof.joined'), value: folded > 0 ? t('proof.more', { count: folded }) : '', look: 'joined' },
    { title: t('proof.total'), value: shortHash(rootHash), look: holds ? 'total' : 'broken' },
  );
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 320 ${height}`}
      width={320}
      height={height}
      role="img"
      aria-label={t('proof.picture', { count: path.length })}
    >
      {lines.map((line) => (
        <path key={line} d={line} className={styles.line} />
      ))}
      {boxes.map((box) => (
        <PlacedBox key={`${box.x} ${box.y}`} {...box} />
      ))}
    </svg>
  );
}

function PlacedBox({ x, y, title, value, look }: Placed) {
  const width = look === 'total' || look === 'broken' ? totalWidth : size.width;
  const middle = x + width / 2;
  const hasValue = value !== '';
  return (
    <g className={styles.box} data-look={look}>
      <rect x={x} y={y} width={width} height={size.height} rx="6" />
      <text className={styles.title} x={middle} y={y + (hasValue ? 16 : 24)}>
        {title}
      </text>
      {hasValue && (
        <text className={look === 'joined' ? styles.words : styles.value} x={middle} y={y + 30}>
          {value}
        </text>
      )}
    </g>
  );
}
