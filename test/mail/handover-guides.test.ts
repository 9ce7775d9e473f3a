import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { handoverPages } from '../../main/compose/locale.ts';
import { languages, type Language } from '../../main/domain/locale/languages.ts';
import type { HandoverGuide } from '../../main/domain/mail-client/handover-guide.ts';

/** The labels of buttons a guide shows, and what is quoted as written on the screen. */
const labelsOf = (language: Language, guide: HandoverGuide): string[] =>
  handoverPages[language].guides[guide].flatMap((step) =>
    [...step.matchAll(/\[([^\]]+)\]|[“„«] ?([^”“»]+?) ?[”“»]/gu)].map(([, button, quoted]) => button ?? quoted ?? ''),
  );

function readTexts(program: string, ...args: readonly string[]): ReadonlySet<string> {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  expect([status, stderr]).toEqual([0, '']);
  return new Set(JSON.parse(stdout) as string[]);
}

/** Everything Thunderbird shows, out of its own language files. */
const thunderbirdTexts = (archive: string) =>
  readTexts(
    `import json,re,sys,zipfile
texts=set()
archive=zipfile.ZipFile(sys.argv[1])
for name in archive.namelist():
    if not re.search(r'\\.(ftl|dtd|properties)$',name): continue
    text=archive.read(name).decode('utf-8','replace')
    texts.update(re.findall(r'<!ENTITY\\s+\\S+\\s+"([^"]*)"',text))
    texts.update(line.split('=',1)[1].strip() for line in text.splitlines() if '=' in line)
print(json.dumps(sorted(texts)))`,
    archive,
  );

/** Everything Evolution shows, without the marks of keys. */
const evolutionTexts = (language: Language) =>
  readTexts(
    `import gettext,json,sys
catalog=gettext.translation('evolution','/usr/share/locale',[sys.argv[1]])
texts=set(text.replace('_','') for text in catalog._catalog.values() if isinstance(text,str))
print(json.dumps(sorted(texts)))`,
    language,
  );

const packs = { en: '/usr/lib/thunderbird/omni.ja', de: 'de', es: 'es-ES', fr: 'fr' } as const;
const archiveOf = (language: Language): string =>
  language === 'en' ? packs.en : `/usr/lib/thunderbird/extensions/langpack-${packs[language]}@thunderbird.mozilla.org.xpi`;

describe('the buttons on the page that goes with keys', () => {
  it.each(languages)('are those Thunderbird has in %s', (language) => {
    const shown = thunderbirdTexts(archiveOf(language));
    const ok = new Set(['OK', 'Aceptar']);
    const labels = labelsOf(language, 'thunderbird');
    expect(labels.length).toBeGreaterThan(8);
    expect(labels.filter((label) => !shown.has(label) && !ok.has(label))).toEqual([]);
  });

  it.each(languages.filter((language) => language !== 'en'))('are those Evolution has in %s', (language) => {
    const shown = evolutionTexts(language);
    const labels = labelsOf(language, 'evolution');
    expect(labels.length).toBeGreaterThan(7);
    expect(labels.filter((label) => !shown.has(label))).toEqual([]);
  });
});
