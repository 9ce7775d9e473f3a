import { toDefiniteLengths } from '../asn1/ber.ts';
import { malformed, readDer, type DerNode } from '../asn1/der-reader.ts';
import { compareOctets, tag } from '../asn1/der-writer.ts';
import { asSource, shortMessage, wholeOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { readContentInfo } from '../inspect/inspect-pkcs7.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import type { ContentPrimitives } from './content-primitives.ts';
import { isWhollyValid, signedLayer, unsignedLayer, type Layer, type LayerKind } from './layer.ts';
import { readLongMessage, type LongMessage } from './read-long-message.ts';
import { readSignedData, type SignedData } from './read-signed-data.ts';
import { PathBudget, type SignatureQuestion } from './signer-certificate.ts';
import { verifySignedData, type SignerVerdict } from './verify-signed-data.ts';

/** The verdict on a message, outermost layer first, JSON as it stands. */
export interface MessageVerdict {
  readonly valid: boolean;
  readonly layers: readonly Layer[];
}

/** Layers in each other at most. */
export const maximumLayers = 10;

const otherKinds = new Map<string, LayerKind>([
  [contentTypes.envelopedData, 'enveloped-data'],
  [contentTypes.authEnvelopedData, 'auth-enveloped-data'],
  [contentTypes.compressedData, 'compressed-data'],
]);

/** The layer that content of a type nobody signed makes: encrypted, or not to be opened here. */
export function otherLayer(contentType: string): Layer {
  const kind = otherKinds.get(contentType) ?? 'other';
  const isEncrypted = kind === 'enveloped-data' || kind === 'auth-enveloped-data';
  if (isEncrypted) return unsignedLayer(kind, 'encrypted');
  return unsignedLayer(kind, 'invalid', [{ code: 'mail.unsupported', detail: 'Content of this type is not read here.' }]);
}

/** ContentInfo in BER or DER. @throws AppError input.malformed-der */
function readMessage(bytes: Uint8Array): { contentType: string; content: DerNode | undefined } {
  const outer = readDer(toDefiniteLengths(bytes));
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const { contentType, content } = readContentInfo(outer);
  return { contentType, content };
}

/** A message whatever its length: where it is long its content stays where it is. @throws AppError input.malformed-der, input.too-large */
export function readMessageIn(source: OctetSource): Omit<LongMessage, 'content' | 'octets'> & {
  readonly content: DerNode | undefined;
  readonly octets?: OctetSource;
} {
  const short = source.wholeUpTo(shortMessage);
  return short === undefined ? readLongMessage(source) : readMessage(short);
}

/** A message of any type; `data` where it is SignedData. @throws AppError input.malformed-der, input.too-large */
export function readSigned(source: OctetSource): { contentType: string; data: SignedData | undefined } {
  const { contentType, content, octets } = readMessageIn(source);
  const isSigned = contentType === contentTypes.signedData && content !== undefined;
  return { contentType, data: isSigned ? readSignedData(content, octets) : undefined };
}

/**
 * Verifies a CMS file (RFC 5652) with everything that is signed inside what is signed. `external` is the content where
 * it is not in the file.
 * @throws AppError input.malformed-der, input.too-large
 */
export function verifyCms(
  octets: Uint8Array | OctetSource,
  external: Uint8Array | OctetSource | undefined,
  question: SignatureQuestion,
  primitives: ContentPrimitives,
): MessageVerdict {
  const read = readSigned(asSource(octets));
  if (read.data === undefined) return { valid: false, layers: [otherLayer(read.contentType)] };
  const layers: Layer[] = [];
  const paths = new PathBudget();
  let data: SignedData | undefined = read.data;
  for (let outside = external === undefined ? undefined : asSource(external); data !== undefined; outside = undefined) {
    if (layers.length >= maximumLayers)
      throw new AppError('input.too-large', 'More layers than any message has.', { limit: maximumLayers });
    layers.push(
      verifyLayer(data, outside, primitives, (contents, signed) => verifySignedData(signed, contents, question, primitives, paths)),
    );
    const inside: SignedData | Layer | undefined = readInside(data);
    if (inside !== undefined && 'kind' in inside) layers.push(inside);
    data = inside === undefined || 'kind' in inside ? undefined : inside;
  }
  return { valid: isWhollyValid(layers), layers };
}

function verifyLayer(
  data: SignedData,
  external: OctetSource | undefined,
  primitives: ContentPrimitives,
  verify: (contents: readonly OctetSource[], data: SignedData) => SignerVerdict[],
): Layer {
  const { content } = data;
  if (data.signers.length === 0 && content === undefined) return unsignedLayer('certs-only', 'unsigned');
  const isOther = content !== undefined && external !== undefined && !isSameContent(content, external, primitives);
  const findings = isOther ? [{ code: 'cms.digest' as const, detail: 'The file has a content of its own, which is another one.' }] : [];
  const signed = content ?? external;
  return signedLayer('signed-data', verify(signed === undefined ? [] : [signed], data), findings);
}

function isSameContent(a: OctetSource, b: OctetSource, { digestPieces }: ContentPrimitives): boolean {
  const [left, right] = [a, b].map((each) => digestPieces('sha256', each.pieces()));
  return left !== undefined && right !== undefined && compareOctets(left, right) === 0;
}

/** What is signed inside what is signed: SignedData again, or a layer that ends it; undefined for plain content. */
function readInside({ contentType, content }: SignedData): SignedData | Layer | undefined {
  if (content === undefined) return undefined;
  if (contentType === contentTypes.signedData) return insideOf(content);
  return otherKinds.has(contentType) ? otherLayer(contentType) : undefined;
}

/** SignedData without a ContentInfo around it, which is what a content of that type is. */
function insideOf(content: OctetSource): SignedData {
  return readSignedData(readDer(toDefiniteLengths(wholeOf(content, longestInside))));
}

/** What is signed again without a mail around it, which no program makes, is read whole. */
const longestInside = 64 << 20;
