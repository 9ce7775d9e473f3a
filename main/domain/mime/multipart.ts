import type { OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { malformedMail } from './entity.ts';

const maximumParts = 200;

/**
 * The parts of a multipart body (RFC 2046 section 5.1.1): each without the line end in front of the delimiter, which
 * belongs to it. A body that ends without its last delimiter is refused: something was cut off, and what is missing could
 * have been signed.
 * @throws AppError input.malformed-mail, input.too-large
 */
export function readParts(body: OctetSource, boundary: string | undefined): OctetSource[] {
  if (boundary === undefined || boundary.length === 0 || boundary.length > 200) throw malformedMail('a multipart without a boundary', 1);
  const delimiter = Uint8Array.from(`--${boundary}`, (character) => character.charCodeAt(0) & 0xff);
  const parts: OctetSource[] = [];
  let start: number | undefined;
  for (const { before, next, isLast } of delimiterLines(body.pieces(), delimiter)) {
    if (start !== undefined) parts.push(body.slice(start, Math.max(start, before)));
    if (isLast) return parts;
    start = next;
    if (parts.length > maximumParts) throw new AppError('input.too-large', 'This message has too many parts.', { limit: maximumParts });
  }
  throw malformedMail('a multipart that does not end', parts.length + 1);
}

interface DelimiterLine {
  /** Where the line before ends, without its line feed and the carriage return in front of that. */
  readonly before: number;
  /** Where the next line begins. */
  readonly next: number;
  readonly isLast: boolean;
}

const lineFeed = 0x0a;

/** Lines that are `--boundary` or `--boundary--`, with nothing but white space behind it. */
function* delimiterLines(pieces: Iterable<Uint8Array>, delimiter: Uint8Array): Generator<DelimiterLine> {
  const line = new Line(delimiter);
  let [base, before, last] = [0, 0, 0];
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      if (line.isOrdinary) {
        const end = piece.indexOf(lineFeed, at);
        if (end < 0) break;
        at = end;
      }
      const octet = piece[at++] ?? 0;
      if (octet !== lineFeed) {
        line.take(octet);
        continue;
      }
      if (line.isDelimiter) yield { before, next: base + at, isLast: line.isLast };
      before = base + at - ((at > 1 ? piece[at - 2] : last) === 0x0d ? 2 : 1);
      line.begin();
    }
    base += piece.length;
    last = piece.at(-1) ?? last;
  }
  if (line.isDelimiter) yield { before, next: base, isLast: line.isLast };
}

/** One line, octet by octet: what it can still be. */
class Line {
  readonly #delimiter: Uint8Array;
  #matched = 0;
  #tail: 'none' | 'dash' | 'last' | 'blank' = 'none';
  isOrdinary = false;

  constructor(delimiter: Uint8Array) {
    this.#delimiter = delimiter;
  }

  get isDelimiter(): boolean {
    return !this.isOrdinary && this.#matched === this.#delimiter.length && this.#tail !== 'dash';
  }

  get isLast(): boolean {
    return this.#tail === 'last';
  }

  begin(): void {
    this.#matched = 0;
    this.#tail = 'none';
    this.isOrdinary = false;
  }

  take(octet: number): void {
    if (this.#matched < this.#delimiter.length) {
      if (octet === this.#delimiter[this.#matched]) this.#matched++;
      else this.isOrdinary = true;
    } else if (octet === 0x2d && this.#tail === 'none') this.#tail = 'dash';
    else if (octet === 0x2d && this.#tail === 'dash') this.#tail = 'last';
    else if (!isBlank(octet) || this.#tail === 'dash') this.isOrdinary = true;
    else if (this.#tail === 'none') this.#tail = 'blank';
  }
}

const isBlank = (octet: number): boolean => octet === 0x20 || octet === 0x09 || octet === 0x0d;
