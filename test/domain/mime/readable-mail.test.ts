import { describe, expect, it, test } from 'vitest';
import { readableMail } from '../../../main/domain/mime/readable-mail.ts';
import { textOfHtml } from '../../../main/domain/mime/text-of-html.ts';

const read = (text: string) => readableMail(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'));

describe('the words of a mail', () => {
  it('are those of its plain text where it has both, and what else is in it is named', () => {
    const mail = read(
      'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n' +
        '--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe\n' +
        '--b\nContent-Type: text/html\n\n<p>Other</p>\n--b--\n' +
        '--a\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="=?utf-8?Q?L=C3=B6hne.pdf?="\n\nAAAA\n--a--\n',
    );
    expect(mail).toEqual({
      text: 'Grüße',
      isFromHtml: false,
      isCut: false,
      attachments: [{ name: 'Löhne.pdf', type: 'application/pdf', size: 3 }],
    });
  });

  it('are read in the set of characters it names, Latin-1 where that is none, and cut where there is no end', () => {
    expect(read('Content-Type: text/plain; charset=iso-8859-1\n\nna\xefve').text).toBe('naïve');
    expect(read('Content-Type: text/plain; charset=utf-8\n\nna\xefve').text).toBe('naïve');
    expect(read(`Content-Type: text/plain\n\n${'a'.repeat(300_000)}`)).toMatchObject({ isCut: true, text: 'a'.repeat(200_000) });
  });

  it('of a text that is attached are no words of it', () => {
    const mail = read('Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nHidden');
    expect(mail).toMatchObject({ text: '', attachments: [{ name: 'a.txt', type: 'text/plain', size: 6 }] });
  });
});

test.each([
  ['<p>One</p><p>Two &amp; &#x33; &lt;b&gt;</p>', 'One\nTwo & 3 <b>'],
  ['<style>p{}</style><script>alert(1)</script>Yes<!-- no -->', 'Yes'],
  ['Yes<script>never ended', 'Yes'],
  ['Yes<img src="x" onerror="a', 'Yes'],
  ['&#x110000;&#xD800;&bogus;', '&#x110000;&#xD800;&bogus;'],
])('of %s the words are taken', (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});
