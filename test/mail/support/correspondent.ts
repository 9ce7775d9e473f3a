import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateDirectory } from '../../domain/pfx/engines.ts';
import { enroll, file, secret, type OpenPractice } from '../../services/support/practice.ts';

/** The mailbox the practice of a test sends from. */
export const sender = 'keys@ridgeway.example';

/** Adds the practice's own mailbox, with a pair, and chooses it. Gives its id. */
export async function chooseSender(practice: OpenPractice, choices: object = {}): Promise<string> {
  const { person } = await practice.client.people.add({ name: 'Keys of the practice', emails: [sender] });
  await enroll(practice, [person], choices);
  await practice.client.submission.setSender({ person });
  return person;
}

export interface Correspondent {
  readonly id: string;
  readonly address: string;
  /** Decrypts a mail with openssl and verifies who signed what was in it; the words. */
  open(mail: Uint8Array): { readonly text: string; readonly signer: string };
  /** A mail by openssl: the words, signed, and encrypted to the practice where that is asked. */
  answer(words: string, how?: { readonly from?: string; readonly sealed?: boolean; readonly isHtml?: boolean }): ReturnType<typeof file>;
}

/** Somebody with a pair whose mail program is openssl. */
export async function correspond(practice: OpenPractice, address: string): Promise<Correspondent> {
  const { person: id } = await practice.client.people.add({
    name: 'Ada Lovelace',
    givenName: 'Ada',
    surname: 'Lovelace',
    emails: [address],
  });
  await enroll(practice, [id]);
  const folder = privateDirectory();
  const openssl = (line: string, input = ''): Buffer => execFileSync('openssl', line.split(' '), { cwd: folder, input, stdio: 'pipe' });
  const put = (name: string, octets: Uint8Array) => writeFileSync(join(folder, name), octets, { mode: 0o600 });
  const keep = async (who: string, prefix: string) => {
    for (const { id: certificate, purpose } of (await practice.client.people.show({ person: who })).certificates)
      put(`${prefix}${purpose}.pem`, (await practice.client.certificates.export({ certificate, format: 'pem' })).bytes);
  };
  await keep(id, '');
  await keep(sender, 'practice-');
  const { authorities } = await practice.client.authorities.list({});
  for (const { id: authority, parentId } of authorities)
    put(parentId === null ? 'root.pem' : 'issuing.pem', (await practice.client.authorities.export({ authority, format: 'pem' })).bytes);
  put('password', Buffer.from('for openssl'));
  for (const { id: certificate, purpose } of (await practice.client.people.show({ person: id })).certificates) {
    const exported = await practice.client.certificates.exportPrivateKey({
      certificates: [certificate],
      format: 'pkcs8',
      password: secret('for openssl'),
    });
    put(`${purpose}.key`, exported.file.bytes);
  }
  return {
    id,
    address,
    open(mail) {
      put('mail.eml', mail);
      openssl('cms -decrypt -in mail.eml -recip encrypt.pem -inkey encrypt.key -passin file:password -out inside.eml');
      openssl('cms -verify -in inside.eml -CAfile root.pem -signer signer.pem -out words');
      return { text: readFileSync(join(folder, 'words'), 'utf8'), signer: openssl('x509 -in signer.pem -noout -email').toString().trim() };
    },
    answer(words, { from = address, sealed = false, isHtml = false } = {}) {
      put('answer.txt', Buffer.from(`Content-Type: text/${isHtml ? 'html' : 'plain'}; charset=utf-8\r\n\r\n${words}\r\n`));
      const heads = `-from ${from} -to ${sender} -subject Re`;
      const sign = 'cms -sign -in answer.txt -signer sign.pem -inkey sign.key -certfile issuing.pem -passin file:password';
      if (sealed) {
        openssl(`${sign} -out signed.eml`);
        openssl(`cms -encrypt -aes256 -in signed.eml ${heads} -out answer.eml practice-encrypt.pem`);
      } else openssl(`${sign} ${heads} -out answer.eml`);
      return file('answer.eml', readFileSync(join(folder, 'answer.eml')));
    },
  };
}

/** The code in the words of a test message. */
export const codeIn = (text: string): string => /KEYWARD-[A-Z2-7]{26}/.exec(text)?.[0] ?? '';
