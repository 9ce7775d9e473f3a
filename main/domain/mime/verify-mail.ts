import { utf8Decode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';
import type { OctetSource } from '../encoding/octet-source.ts';
import type { ContentPrimitives } from '../cms/content-primitives.ts';
import type { SignatureFinding } from '../cms/finding.ts';
import { isWhollyValid, signedLayer, unsignedLayer, type Layer } from '../cms/layer.ts';
import type { SignedData } from '../cms/read-signed-data.ts';
import { maximumLayers, otherLayer, readSigned, type MessageVerdict } from '../cms/verify-cms.ts';
import { PathBudget, type SignatureQuestion } from '../cms/signer-certificate.ts';
import { verifySignedData } from '../cms/verify-signed-data.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import { isSameMailbox } from '../x509/path-validation/identity.ts';
import { addressesIn } from './addresses.ts';
import { cmsTypes, firstObject } from './cms-in.ts';
import { isNamedP7m } from './encrypted-part.ts';
import { firstOf, readEntity, type Entity } from './entity.ts';
import { readParts } from './multipart.ts';
import { decodedBody, withCanonicalLineEnds } from './transfer-encoding.ts';

interface Walk {
  readonly question: SignatureQuestion;
  readonly primitives: ContentPrimitives;
  readonly layers: Layer[];
  readonly paths: PathBudget;
  entitiesLeft: number;
}

/** More senders than this are nobody. */
const maximumSenders = 100;

/** Parts looked at in one message. */
const maximumEntities = 200;

/**
 * Verifies a mail (RFC 8551, RFC 1847): multipart/signed and application/pkcs7-mime, nested in each other, outermost layer
 * first. Signers are held to the From header: of the outermost signed layer, every address there must be in the certificate,
 * where it names one (RFC 8550 section 3). A signature over a part of the message only does not make the message valid.
 * @throws AppError input.malformed-mail, input.malformed-der, input.too-large
 */
export function verifyMail(octets: Uint8Array | OctetSource, question: SignatureQuestion, primitives: ContentPrimitives): MessageVerdict {
  const entity = readEntity(octets);
  const fromFields = entity.headers.filter(({ name }) => name === 'from');
  const from = fromFields.flatMap(({ value }) => addressesIn(asUtf8(value)));
  const walk: Walk = { question, primitives, layers: [], paths: new PathBudget(), entitiesLeft: maximumEntities };
  visit(walk, entity, 'whole');
  const layers = walk.layers.map((layer, at) => (at === 0 ? checkSender(layer, from) : layer));
  return { valid: isWhollyValid(layers), layers };
}

const signatureTypes = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];

/** Headers are read octet by octet; addresses may be UTF-8 (RFC 6532). */
const asUtf8 = (value: string): string => utf8Decode(Uint8Array.from(value, (character) => character.charCodeAt(0))) ?? value;

/**
 * Where an entity stands: it is the whole message, a part of one that nobody signed around it, or under a signature that
 * covers what is beside it as well.
 */
type Place = 'whole' | 'part' | 'covered';

function visit(walk: Walk, entity: Entity, place: Place): void {
  if (walk.entitiesLeft-- <= 0 || walk.layers.length >= maximumLayers)
    throw new AppError('input.too-large', 'This message has more parts or layers than any has.', { limit: maximumEntities });
  const { type } = entity.contentType;
  if (type === 'multipart/signed') visitSigned(walk, entity, place);
  else if (type === 'multipart/encrypted') walk.layers.push(unsignedLayer('openpgp-encrypted', 'encrypted'));
  else if (cmsTypes.includes(type) || isNamedP7m(entity)) visitOpaque(walk, entity, place);
  else if (type.startsWith('multipart/')) visitParts(walk, entity, place);
}

/** Attachments are no layers of the message, even where they are signed files. */
function visitParts(walk: Walk, { body, contentType }: Entity, place: Place): void {
  for (const octets of readParts(body, contentType.parameters.get('boundary'))) {
    const part = readEntity(octets);
    const isAttachment = /^\s*attachment\b/i.test(firstOf(part.headers, 'content-disposition') ?? '');
    if (!isAttachment) visit(walk, part, place === 'covered' ? 'covered' : 'part');
  }
}

/** What is inside a layer. It need not be MIME; but what is and cannot be read to its end could hide a layer. */
function visitInside(walk: Walk, content: OctetSource): void {
  const entity = attempt(() => readEntity(content));
  if (entity instanceof AppError) return;
  const problem = attempt(() => visit(walk, entity, 'covered'));
  if (problem instanceof AppError)
    walk.layers.push(unsignedLayer('other', 'invalid', [{ code: 'mail.structure', detail: problem.message }]));
}

/** What came of it, or what is wrong with the input; too much of it ends everything. */
function attempt<T>(act: () => T): T | AppError {
  try {
    return act();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'input.too-large') return error;
    throw error;
  }
}

const partly = (place: Place): SignatureFinding[] =>
  place === 'part'
    ? [{ code: 'mail.partial', detail: 'Only a part of the message is signed; what is around it can be from anybody.' }]
    : [];

/** What a mail signs is id-data (RFC 8551 section 2.4.1): of another type nobody looked inside. */
const notMail = ({ contentType }: SignedData): SignatureFinding[] =>
  contentType === contentTypes.data ? [] : [{ code: 'cms.content-type', detail: 'What is signed says that it is no mail.' }];

/** multipart/signed (RFC 1847 section 2.1): exactly the content and its signature. */
function visitSigned(walk: Walk, { body, contentType }: Entity, place: Place): void {
  const parts = readParts(body, contentType.parameters.get('boundary'));
  const [content, signature] = parts;
  if (content === undefined || signature === undefined || parts.length !== 2) {
    const detail = 'A signed message has exactly two parts: its content and the signature.';
    walk.layers.push(unsignedLayer('multipart-signed', 'invalid', [{ code: 'mail.structure', detail }]));
    return;
  }
  const signatureEntity = readEntity(signature);
  if (!signatureTypes.includes(signatureEntity.contentType.type)) {
    const isOpenPgp = signatureEntity.contentType.type === 'application/pgp-signature';
    const finding = { code: 'mail.unsupported' as const, detail: 'Signatures of this type are not verified here.' };
    walk.layers.push(unsignedLayer(isOpenPgp ? 'openpgp-signed' : 'multipart-signed', 'invalid', [finding]));
  } else {
    const data = signedDataIn(decodedBody(signatureEntity));
    walk.layers.push(verifyDetached(walk, data, content, place));
  }
  visitInside(walk, content);
}

function verifyDetached(walk: Walk, data: SignedData | undefined, content: OctetSource, place: Place): Layer {
  if (data === undefined)
    return unsignedLayer('multipart-signed', 'invalid', [{ code: 'mail.structure', detail: 'What stands for the signature is none.' }]);
  const own: SignatureFinding[] =
    data.content === undefined ? [] : [{ code: 'mail.structure', detail: 'The signature brings a content of its own.' }];
  const contents = [withCanonicalLineEnds(content), content];
  const findings = [...own, ...notMail(data), ...partly(place)];
  return signedLayer('multipart-signed', verifySignedData(data, contents, walk.question, walk.primitives, walk.paths), findings);
}

function visitOpaque(walk: Walk, entity: Entity, place: Place): void {
  const { contentType, data } = readSigned(firstObject(decodedBody(entity)));
  if (data === undefined) {
    walk.layers.push(otherLayer(contentType));
    return;
  }
  if (data.signers.length === 0 && data.content === undefined) {
    walk.layers.push(unsignedLayer('certs-only', 'unsigned'));
    return;
  }
  const contents = data.content === undefined ? [] : [data.content];
  const findings = [...notMail(data), ...partly(place)];
  walk.layers.push(signedLayer('signed-data', verifySignedData(data, contents, walk.question, walk.primitives, walk.paths), findings));
  if (data.content !== undefined && data.contentType === contentTypes.data) visitInside(walk, data.content);
}

const signedDataIn = (octets: OctetSource): SignedData | undefined => readSigned(firstObject(octets)).data;

/**
 * Every address the message is from is in the certificate of a signer, where those certificates have any; in any case of
 * letters, as mail programs compare them, because no mail system gives two people addresses that differ in case alone.
 */
function checkSender(layer: Layer, from: readonly string[]): Layer {
  const emails = layer.signers.flatMap(({ signer }) => signer?.emails ?? []);
  if (!layer.signed || emails.length === 0) return layer;
  const isFromSigner =
    from.length > 0 &&
    from.length <= maximumSenders &&
    from.every((address) => emails.some((email) => isSameMailbox(email.toLowerCase(), address.toLowerCase())));
  if (isFromSigner) return layer;
  const finding = { code: 'mail.from' as const, detail: 'The message is from an address that is not in the certificate of its signer.' };
  return { ...layer, status: 'invalid', findings: [...layer.findings, finding] };
}
