/** Lines of the protocol that GnuPG's programs speak with each other (Assuan manual, section 2). */
export type AssuanLine =
  | { readonly is: 'ok' }
  /** `code`: of libgpg-error, without the source in its upper octets. */
  | { readonly is: 'error'; readonly code: number }
  | { readonly is: 'data'; readonly octets: Buffer }
  | { readonly is: 'status'; readonly keyword: string; readonly text: string }
  | { readonly is: 'inquiry'; readonly keyword: string; readonly text: string }
  | { readonly is: 'comment' };

const codeMask = 0xffff;

/** Reads one line without its end; what is not known is passed over. */
export function readAssuanLine(line: Buffer): AssuanLine {
  const [, word = '', rest = ''] = /^(\S*) ?(.*)$/s.exec(line.toString('latin1')) ?? [];
  if (word === 'OK') return { is: 'ok' };
  if (word === 'ERR') return { is: 'error', code: Number.parseInt(rest, 10) & codeMask };
  if (word === 'D') return { is: 'data', octets: unescape(rest) };
  const [, keyword = '', text = ''] = /^(\S*) ?(.*)$/s.exec(rest) ?? [];
  if (word === 'S') return { is: 'status', keyword, text };
  return word === 'INQUIRE' ? { is: 'inquiry', keyword, text } : { is: 'comment' };
}

const unescape = (text: string): Buffer =>
  Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const [percent, carriageReturn, lineFeed] = [0x25, 0x0d, 0x0a];

/** A line has 1,000 octets at most, and an octet may take three. */
const octetsOnLine = 320;

/** The answer to an inquiry: its octets on as many lines as they take, then its end. The caller wipes it when it is sent. */
export function assuanAnswer(octets: Uint8Array): Buffer {
  const count = Math.max(1, Math.ceil(octets.length / octetsOnLine));
  const lines = Array.from({ length: count }, (_, at) => dataLine(octets.subarray(at * octetsOnLine, (at + 1) * octetsOnLine)));
  const answer = Buffer.concat([...lines, Buffer.from('END\n')]);
  for (const line of lines) line.fill(0);
  return answer;
}

function dataLine(octets: Uint8Array): Buffer {
  const body = Buffer.alloc(octets.length * 3);
  let length = 0;
  for (const octet of octets) {
    const isPlain = octet !== percent && octet !== carriageReturn && octet !== lineFeed && octet !== 0;
    length = isPlain ? body.writeUInt8(octet, length) : length + body.write(`%${octet.toString(16).padStart(2, '0')}`, length, 'latin1');
  }
  const line = Buffer.concat([Buffer.from('D '), body.subarray(0, length), Buffer.from('\n')]);
  body.fill(0);
  return line;
}
