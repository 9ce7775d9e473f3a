import { verifyCms } from '../domain/cms/verify-cms.ts';
import type { SignatureQuestion } from '../domain/cms/signer-certificate.ts';
import { cmsIn } from '../domain/mime/cms-in.ts';
import { verifyMail } from '../domain/mime/verify-mail.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { checkPrivateKey } from '../domain/key/check-private-key.ts';
import { readPrivateKey } from '../domain/key/read-private-key.ts';
import { privateKeysIn } from '../domain/pfx/private-keys-in.ts';
import { inspectOpenPgp } from '../domain/openpgp/inspect-openpgp.ts';
import { listPfx } from '../domain/pfx/list-pfx.ts';
import { checkCrl } from '../domain/x509/path-validation/check-crl.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import { readCertificateList } from '../domain/x509/read-certificate-list.ts';
import type { InputOf } from '../contract/call.ts';
import type { tools } from '../contract/tools.ts';
import { FileContent } from '../contract/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { OpenPgp } from '../ports/openpgp.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import { createLogTools, type LogToolParts } from './log-tools.ts';
import { createMessageTools } from './message-tools.ts';
import type { AreaHandlers } from './handler.ts';

export interface ToolParts extends LogToolParts {
  readonly toolPrimitives: ToolPrimitives;
  readonly clock: Clock;
  readonly openPgp: OpenPgp;
}

/** The pure tools: they need nobody signed in, keep nothing and log nothing. */
export function createToolHandlers({ toolPrimitives, clock, openPgp, ...logPrimitives }: ToolParts): AreaHandlers<'tools'> {
  return {
    checkCrl: async ({ crl, issuer, time, allowWeak }) => {
      const [list, authority] = [readCertificateList(firstObject(crl)), readCertificate(firstObject(issuer))];
      return checkCrl({ list, issuer: authority, time: time === undefined ? clock.now() : new Date(time), allowWeak }, toolPrimitives);
    },
    listPkcs12: async ({ file, password }) => listPfx(firstObject(file), password?.reveal(), toolPrimitives),
    verifyCms: async ({ file, content, ...question }) =>
      verifyCms(cmsIn(file.octets), content?.octets, signatureQuestion(question, clock), toolPrimitives),
    verifyMail: async ({ file, ...question }) => verifyMail(file.octets, signatureQuestion(question, clock), toolPrimitives),
    ...createLogTools(logPrimitives),
    ...createMessageTools({ toolPrimitives, clock }),
    inspectOpenPgp: async ({ file }) => inspectOpenPgp(file.bytes, (name, octets) => toolPrimitives.digest(name, octets)),
    verifyOpenPgp: async ({ file, signature, certificates }) =>
      openPgp.verify({
        file: file.bytes,
        signature: signature?.bytes,
        certificates: certificates.map(({ bytes }) => bytes),
        now: clock.now(),
      }),
    decryptOpenPgp: async ({ file, key, password, certificates }) => {
      const order = {
        file: file.bytes,
        key: key.bytes,
        password: password?.reveal(),
        certificates: certificates.map(({ bytes }) => bytes),
      };
      const { content, ...verdict } = await openPgp.decrypt({ ...order, now: clock.now() });
      return { ...verdict, file: new FileContent('content', content), size: content.length };
    },
    checkKey: async ({ file, password }) => {
      const { keys } = await privateKeysIn(readEncodedObjects(file.bytes), password?.reveal(), toolPrimitives);
      return checkPrivateKey(readPrivateKey(keys[0] ?? new Uint8Array()), toolPrimitives);
    },
  };
}

type QuestionInput = Omit<InputOf<(typeof tools)['verifyMail']>, 'file'>;

const signatureQuestion = ({ trust, pool, crls, time, ...flags }: QuestionInput, clock: Clock): SignatureQuestion => ({
  trust: trust?.flatMap(everyCertificate),
  pool: pool.flatMap(everyCertificate),
  crls: crls.flatMap((file) => readEncodedObjects(file.bytes).map(({ der }) => readCertificateList(der))),
  time: time === undefined ? clock.now() : new Date(time),
  ...flags,
});

const everyCertificate = (file: FileContent): Certificate[] => readEncodedObjects(file.bytes).map(({ der }) => readCertificate(der));

/** @throws AppError input.empty */
function firstObject(file: FileContent): Uint8Array {
  const [first] = readEncodedObjects(file.bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is nothing in this file.');
  return first.der;
}
