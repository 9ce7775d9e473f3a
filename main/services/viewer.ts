import type { Viewed, ViewedChain, ViewedLink, ViewedMail } from '../contract/viewer.ts';
import { formatInstant } from '../domain/asn1/read-time.ts';
import { AppError } from '../domain/errors.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { viewFile, type ViewedFile } from '../domain/inspect/view-file.ts';
import { codesIn } from '../domain/mail-client/test-message.ts';
import { readableHeader } from '../domain/mime/encoded-words.ts';
import { firstOf, readEntity, type Entity } from '../domain/mime/entity.ts';
import { readableMail } from '../domain/mime/readable-mail.ts';
import { verifyMail } from '../domain/mime/verify-mail.ts';
import { nameKey } from '../domain/x509/compare-name.ts';
import { formatName } from '../domain/x509/name.ts';
import { validatePath } from '../domain/x509/path-validation/validate-path.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import { FileContent } from '../contract/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { AreaHandlers } from './handler.ts';
import { isEncryptedTo, openMail } from './open-mail.ts';
import type { OpenMessageParts } from './open-message.ts';
import { noTrust, trustOf, type Trust } from './practice-trust.ts';
import { readSubmission } from './submission-record.ts';

export interface ViewerParts extends OpenMessageParts {
  readonly clock: Clock;
}

/** Paths looked for in one file: each may cost a second. */
const maximumChains = 10;
/** Longer headers are cut. */
const longestHeader = 500;

/** Whatever somebody sent, read in the core: the window gets what was read, and judges nothing. */
export function createViewerHandlers(parts: ViewerParts): AreaHandlers<'viewer'> {
  return {
    open: async ({ file: { name, bytes } }) => {
      const entity = mailIn(bytes);
      if (entity !== undefined) {
        const trust = await trustOf(parts.read(), () => true);
        const mail = { ...viewMail(parts, entity, bytes, trust), mayBeAnswer: await mayBeAnswer(parts, new FileContent(name, bytes)) };
        return { name, size: bytes.length, mail, objects: [], more: 0 };
      }
      const viewed = viewFile(bytes, (digest, octets) => parts.toolPrimitives.digest(digest, octets));
      const issuers = new Set(viewed.certificates.map(({ issuer }) => nameKey(issuer)));
      const isAsked = (authorities: readonly Certificate[]) => authorities.some(({ subject }) => issuers.has(nameKey(subject)));
      const trust = issuers.size === 0 ? noTrust : await trustOf(parts.read(), isAsked);
      return { name, size: bytes.length, mail: null, objects: withChains(parts, viewed, trust), more: viewed.more };
    },
    openMail: async ({ file, card, reason }, { session }) => {
      const opened = await openMail(parts, session.unlocked, file, card);
      const { bytes } = opened.file;
      const mail = { ...viewMail(parts, readEntity(bytes), bytes, await trustOf(parts.read(), () => true)), mayBeAnswer: false };
      const subject = { certificate: opened.certificate, person: opened.person };
      return async () => ({ value: { ...opened, mail }, subject, reason });
    },
  };
}

/** What begins like a mail: a header that only mails have, before anything that is encoded. */
function mailIn(bytes: Uint8Array): Entity | undefined {
  if (!/[A-Za-z]/.test(String.fromCharCode(bytes[0] ?? 0))) return undefined;
  try {
    const entity = readEntity(bytes);
    const isMail = ['from', 'mime-version', 'content-type'].some((name) => firstOf(entity.headers, name) !== undefined);
    return isMail ? entity : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function viewMail(
  { toolPrimitives, clock }: ViewerParts,
  { headers }: Entity,
  bytes: Uint8Array,
  trust: Trust,
): Omit<ViewedMail, 'mayBeAnswer'> {
  const header = (name: string): string | null => {
    const value = firstOf(headers, name);
    return value === undefined ? null : readableHeader(value.trim()).slice(0, longestHeader);
  };
  const question = { trust: trust.roots, pool: trust.authorities, crls: trust.crls, allowSha1: false, requireRevocation: false };
  const verdict = verifyMail(bytes, { ...question, time: clock.now() }, toolPrimitives);
  return { from: header('from'), subject: header('subject'), date: header('date'), verdict };
}

async function mayBeAnswer(parts: ViewerParts, file: FileContent): Promise<boolean> {
  try {
    if (codesIn(readableMail(file.bytes).text).length > 0) return true;
    const { sender } = await readSubmission(parts.read());
    return sender !== null && (await isEncryptedTo(parts, file, sender));
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('input.')) return false;
    throw error;
  }
}

function withChains(parts: ViewerParts, { objects, certificates }: ViewedFile, trust: Trust): Viewed['objects'] {
  const bySha256 = new Map(certificates.map((certificate) => [fingerprintOf(parts, certificate), certificate]));
  let left = maximumChains;
  return objects.map((object) => {
    const target = object.kind === 'certificate' ? bySha256.get(object.sha256) : undefined;
    if (target === undefined || left-- <= 0) return { ...object, chain: null };
    return { ...object, chain: chainOf(parts, target, certificates, trust) };
  });
}

const fingerprintOf = ({ toolPrimitives }: ViewerParts, { der }: Certificate): string => hexEncode(toolPrimitives.digest('sha256', der));

function chainOf(parts: ViewerParts, target: Certificate, inFile: readonly Certificate[], trust: Trust): ViewedChain {
  const pool = [...trust.authorities, ...inFile];
  const validation = validatePath({ target, anchors: trust.roots, pool, crls: trust.crls, time: parts.clock.now() }, parts.toolPrimitives);
  const ours = new Set(trust.authorities.map((certificate) => fingerprintOf(parts, certificate)));
  const known = new Map([target, ...pool].map((certificate) => [fingerprintOf(parts, certificate), certificate]));
  const links = validation.path.flatMap((sha256): ViewedLink[] => {
    const certificate = known.get(sha256);
    return certificate === undefined ? [] : [linkOf(sha256, certificate, ours.has(sha256))];
  });
  return { validation, links };
}

const linkOf = (sha256: string, { subject, notBefore, notAfter, extensions }: Certificate, isOurs: boolean): ViewedLink => ({
  sha256,
  subject: formatName(subject.rdnSequence),
  notBefore: formatInstant(notBefore),
  notAfter: formatInstant(notAfter),
  isAuthority: extensions.basicConstraints?.cA === true,
  isOurs,
});
