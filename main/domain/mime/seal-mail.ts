import { concatenate } from '../asn1/der-writer.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { encryptCms } from '../cms/encrypt-cms.ts';
import { signCms, type SigningRequest } from '../cms/sign-cms.ts';
import type { WritingPrimitives } from '../cms/message-primitives.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { cmsEntity, textEntity, writeHead, type MailHead } from './write-mail.ts';

export interface LetterToSeal {
  readonly head: MailHead;
  readonly text: string;
  readonly signer: Pick<SigningRequest, 'pkcs8' | 'certificate' | 'chain' | 'encryptionCertificate'>;
  readonly recipient: Certificate;
}

/**
 * A mail of plain text, signed and then encrypted (RFC 8551 section 3.7): what is within is for its recipient alone, not even for its
 * sender. The header around it is in the clear.
 * @throws AppError as `signCms` and `encryptCms`
 */
export function sealMail({ head, text, signer, recipient }: LetterToSeal, primitives: WritingPrimitives): Uint8Array {
  const { date } = head;
  const signed = signCms({ ...signer, content: textEntity(text), isDetached: false, time: date }, primitives);
  const sealed = encryptCms(cmsEntity('signed-data', signed), [recipient], date, primitives);
  return concatenate([utf8Encode(writeHead(head)), cmsEntity('enveloped-data', sealed)]);
}
