/** Punycode (RFC 3492) of one label, without the `xn--` in front. Code points in, ASCII out, and back. */

const base = 36;
const minimumThreshold = 1;
const maximumThreshold = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialPoint = 128;
const largestPoint = 0x10ffff;
/** No label of the DNS is longer, so nothing longer is decoded. */
const longestLabel = 63;

/** Encodes a label (RFC 3492 section 6.3). Case is the caller's: ASCII characters are copied as they stand. */
export function punycodeEncode(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < initialPoint);
  let text = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let [delta, bias, handled] = [0, initialBias, basic.length];
  for (let point = initialPoint; handled < points.length; point++) {
    const next = Math.min(...points.filter((candidate) => candidate >= point));
    delta += (next - point) * (handled + 1);
    point = next;
    for (const candidate of points) {
      if (candidate < point) delta++;
      if (candidate !== point) continue;
      text += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
  }
  return text;
}

/** Decodes a label (RFC 3492 section 6.2); `undefined` for anything that is not Punycode or is longer than a DNS label. */
export function punycodeDecode(text: string): string | undefined {
  if (text.length > longestLabel || !/^[A-Za-z0-9-]*$/.test(text)) return undefined;
  const border = Math.max(text.lastIndexOf('-'), 0);
  const points = Array.from(text.slice(0, border), (character) => character.charCodeAt(0));
  let [point, index, bias] = [initialPoint, 0, initialBias];
  for (let at = border > 0 ? border + 1 : 0; at < text.length; index++) {
    const read = readVariableLength(text, at, bias);
    if (read === undefined) return undefined;
    const length = points.length + 1;
    bias = adapt(read.value, length, index === 0);
    point += Math.floor((index + read.value) / length);
    index = (index + read.value) % length;
    if (point > largestPoint || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    points.splice(index, 0, point);
    at = read.end;
  }
  return String.fromCodePoint(...points);
}

function variableLength(delta: number, bias: number): string {
  let text = '';
  let left = delta;
  for (let position = base; ; position += base) {
    const threshold = thresholdAt(position, bias);
    if (left < threshold) return text + digit(left);
    text += digit(threshold + ((left - threshold) % (base - threshold)));
    left = Math.floor((left - threshold) / (base - threshold));
  }
}

function readVariableLength(text: string, start: number, bias: number): { value: number; end: number } | undefined {
  let [value, weight] = [0, 1];
  for (let at = start, position = base; at < text.length; at++, position += base) {
    const read = digitValue(text.charCodeAt(at));
    if (read === undefined) return undefined;
    value += read * weight;
    const threshold = thresholdAt(position, bias);
    if (read < threshold) return { value, end: at + 1 };
    weight *= base - threshold;
    if (value > 2 ** 40 || weight > 2 ** 40) return undefined;
  }
  return undefined;
}

const thresholdAt = (position: number, bias: number): number => Math.min(Math.max(position - bias, minimumThreshold), maximumThreshold);

function adapt(delta: number, length: number, isFirst: boolean): number {
  let left = isFirst ? Math.floor(delta / damp) : Math.floor(delta / 2);
  left += Math.floor(left / length);
  let position = 0;
  for (; left > ((base - minimumThreshold) * maximumThreshold) / 2; position += base) left = Math.floor(left / (base - minimumThreshold));
  return position + Math.floor(((base - minimumThreshold + 1) * left) / (left + skew));
}

const digit = (value: number): string => String.fromCharCode(value < 26 ? 0x61 + value : 0x30 + value - 26);

function digitValue(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  return code >= 0x61 && code <= 0x7a ? code - 0x61 : undefined;
}
