import { toDefiniteLengths } from '../asn1/ber.ts';
import { malformed, readDer, type DerNode } from '../asn1/der-reader.ts';
import { compareOctets, tag } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { readContentInfo } from '../inspect/inspect-pkcs7.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';
import { isWhollyValid, signedLayer, unsignedLayer, type Layer, type LayerKind } from './layer.ts';
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
export function readMessage(bytes: Uint8Array): { contentType: string; content: DerNode | undefined } {
  const outer = readDer(toDefiniteLengths(bytes));
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const { contentType, content } = readContentInfo(outer);
  return { contentType, content };
}

/**
 * Verifies a CMS file (RFC 5652) with everything that is signed inside what is signed. `external` is the content where
 * it is not in the file.
 * @throws AppError input.malformed-der, input.too-large
 */
export function verifyCms(
  bytes: Uint8Array,
  external: Uint8Array | undefined,
  question: SignatureQuestion,
  primitives: SignaturePrimitives,
): MessageVerdict {
  const { contentType, content } = readMessage(bytes);
  if (contentType !== contentTypes.signedData || content === undefined) return { valid: false, layers: [otherLayer(contentType)] };
  const layers: Layer[] = [];
  const paths = new PathBudget();
  let data: SignedData | undefined = readSignedData(content);
  for (let outside = external; data !== undefined; outside = undefined) {
    if (layers.length >= maximumLayers)
      throw new AppError('input.too-large', 'More layers than any message has.', { limit: maximumLayers });
    layers.push(verifyLayer(data, outside, (contents, signed) => verifySignedData(signed, contents, question, primitives, paths)));
    const inside: SignedData | Layer | undefined = readInside(data);
    if (inside !== undefined && 'kind' in inside) layers.push(inside);
    data = inside === undefined || 'kind' in inside ? undefined : inside;
  }
  return { valid: isWhollyValid(layers), layers };
}

function verifyLayer(
  data: SignedData,
  external: Uint8Array | undefined,
  verify: (contents: readonly Uint8Array[], data: SignedData) => SignerVerdict[],
): Layer {
  const { content } = data;
  if (data.signers.length === 0 && content === undefined) return unsignedLayer('certs-only', 'unsigned');
  const isOther = content !== undefined && external !== undefined && compareOctets(content, external) !== 0;
  const findings = isOther ? [{ code: 'cms.digest' as const, detail: 'The file has a content of its own, which is another one.' }] : [];
  const signed = content ?? external;
  return signedLayer('signed-data', verify(signed === undefined ? [] : [signed], data), findings);
}

/** What is signed inside what is signed: SignedData again, or a layer that ends it; undefined for plain content. */
function readInside({ contentType, content }: SignedData): SignedData | Layer | undefined {
  if (content === undefined) return undefined;
  if (contentType === contentTypes.signedData) return readSignedData(readDer(toDefiniteLengths(content)));
  return otherKinds.has(contentType) ? otherLayer(contentType) : undefined;
}
