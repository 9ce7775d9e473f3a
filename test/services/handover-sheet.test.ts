import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { handoverPages } from '../../main/compose/locale.ts';
import { FileContent } from '../../main/contract/secret.ts';
import { languages } from '../../main/domain/locale/languages.ts';
import { handoverGuides, mailProgramIds } from '../../main/domain/mail-client/handover-guide.ts';
import { enroll, newPractice } from './support/practice.ts';

const staff =
  'name,email,language\nAda Lovelace,ada@ridgeway.example,Deutsch\nBo Li,bo@ridgeway.example,\nCy Ng,cy@ridgeway.example,Klingon\n';

async function practiceWithStaff() {
  const practice = await newPractice();
  const file = new FileContent('staff.csv', Buffer.from(staff));
  const { people } = await practice.client.people.import({ file });
  await enroll(practice, people);
  const [ada = '', bo = '', cy = ''] = people;
  const sheet = async (person: string, choice = {}) =>
    Buffer.from((await practice.client.people.handoverSheet({ person, ...choice })).bytes).toString('utf8');
  return { ...practice, ada, bo, cy, sheet, file };
}

describe('the page that goes with keys', () => {
  it('is in the language of the staff list, in English where it names none or another, which is said before', async () => {
    const { client, ada, bo, cy, sheet, file } = await practiceWithStaff();
    for (const [person, language] of [
      [ada, 'de'],
      [bo, 'en'],
      [cy, 'en'],
    ] as const)
      expect(await sheet(person)).toContain(`<html lang="${language}">`);
    expect(await sheet(ada)).toContain('Ihre Schlüssel für E-Mail');
    const other = new FileContent(file.name, Buffer.from(staff.replaceAll('@', '2@')));
    const { rows } = await client.people.checkStaffList({ file: other });
    expect(rows.map(({ findings }) => findings.map(({ code }) => code))).toEqual([[], [], ['language-unknown']]);
  });

  it('follows who says another language, for good or for one page, and nobody who has left', async () => {
    const { client, ada, bo, sheet } = await practiceWithStaff();
    await client.people.setLanguage({ person: 'bo@ridgeway.example', language: 'es' });
    expect(await sheet(bo)).toContain('Sus claves de correo');
    expect(await sheet(bo, { language: 'fr' })).toContain('Vos clés de messagerie');
    expect(await client.people.show({ person: bo })).toMatchObject({ language: 'es' });
    await client.people.leave({ person: ada });
    await expect(client.people.setLanguage({ person: ada, language: 'es' })).rejects.toMatchObject({ code: 'conflict' });
    const { entries } = await client.audit.list({ actions: ['people.set-language'] });
    expect(entries.map(({ outcome }) => outcome)).toEqual(['refused', 'success']);
  });

  it('shows the buttons of their program, and the fingerprints its question is compared with', async () => {
    const { client, bo, sheet } = await practiceWithStaff();
    const page = await sheet(bo, { client: 'thunderbird' });
    expect(page).toContain('What to do in Thunderbird');
    expect(page).toContain('<span class="button">Manage S/MIME Certificates</span>');
    const root = (await client.authorities.list({})).authorities.find(({ parentId }) => parentId === null);
    const { bytes } = await client.authorities.export({ authority: root?.id ?? '', format: 'pem' });
    const { fingerprint, fingerprint256 } = new X509Certificate(Buffer.from(bytes));
    for (const print of [fingerprint, fingerprint256]) expect(page.replaceAll(' ', '')).toContain(print.replaceAll(':', ''));
    expect(await sheet(bo)).not.toContain('<span class="button">');
  });

  it('says every step in every language, with the same pictures in each, and leaves no mark undrawn', async () => {
    const { bo, sheet } = await practiceWithStaff();
    for (const guide of handoverGuides) {
      const picturesIn = (steps: readonly string[]) => steps.map((step) => (step.match(/\{[a-z]+\}/gu) ?? []).toSorted());
      const usual = picturesIn(handoverPages.en.guides[guide]);
      for (const language of languages)
        expect([guide, language, picturesIn(handoverPages[language].guides[guide])]).toEqual([guide, language, usual]);
    }
    for (const language of languages)
      for (const client of mailProgramIds)
        expect(await sheet(bo, { language, client })).not.toMatch(/[[\]]|\{(right|menu|lock|check)\}|undefined/u);
  });
});
