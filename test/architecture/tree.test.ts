import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, filesOf, sources, writings } from './support/tree.ts';

/** Where in the given files a pattern stands, as `file:line: text`. */
function placesOf(pattern: RegExp, files: readonly string[]): string[] {
  return files.flatMap((file) =>
    contentOf(file)
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

const others = (files: readonly string[]): string[] => files.filter((file) => file !== 'test/architecture/tree.test.ts');

test('the tree is looked at at all', () => {
  expect(sources().length).toBeGreaterThan(150);
  expect(writings()).toEqual(expect.arrayContaining(['keyward', 'package.json', '.ci/run', 'scripts/setup']));
  expect(placesOf(/^import /, ['test/architecture/tree.test.ts'])).not.toEqual([]);
});

test('the top level holds only what ARCHITECTURE.md names', () => {
  const folders = filesOf('*/').filter((name) => !name.startsWith('.'));
  expect(folders).toEqual(expect.arrayContaining(['main', 'preload', 'renderer', 'resources', 'test']));
  expect(['docs', 'main', 'native', 'preload', 'renderer', 'resources', 'scripts', 'test']).toEqual(expect.arrayContaining(folders));
});

test('no file has a name that says nothing', () => {
  const empty = /(^|[-.])(utils?|helpers?|managers?|common|misc)([-.]|$)/i;
  const names = sources().flatMap((file) => [file, ...dirname(file).split('/')]);
  expect([...new Set(names)].filter((name) => empty.test(basename(name)))).toEqual([]);
});

test('only a registry, or the face of a native library, is called index', () => {
  const registry =
    /^(main\/adapters\/[^/]+(\/migrations)?|main\/domain\/profile|main\/cli\/commands|renderer\/features|native\/[^/]+)\/index\.ts$/;
  expect(sources().filter((file) => /\/index\.tsx?$/.test(file) && !registry.test(file))).toEqual([]);
});

test('no line names the place or the machine on which it was written', () => {
  const places = /(?<![\w.~-])\/(work|root)\/|(?<![\w./-])\.\.\/shared\b|\/tmp\/(brief|bash_jobs)/;
  expect(placesOf(places, others(writings()))).toEqual([]);
});

test('no line asks a package registry of its own', () => {
  const registries = /_authToken|registry\s*=\s*http|https?:\/\/[^\s'"/]*(registry|artifactory|nexus|verdaccio|mirror)[^\s'"/]*\//i;
  const known = /https:\/\/registry\.npmjs\.org\//;
  expect(placesOf(registries, others([...writings(), 'package-lock.json'])).filter((line) => !known.test(line))).toEqual([]);
});

test('nothing is left open', () => {
  expect(placesOf(/\b(TODO|FIXME|XXX|HACK)\b/, others(writings()))).toEqual([]);
});

test('no type is forced upon a value that has another', () => {
  const product = sources().filter((file) => !file.startsWith('test/'));
  expect(placesOf(/\bas unknown as\b|\bas any\b|@ts-(ignore|nocheck)/, product)).toEqual([]);
});

test('the domain and the services ask nobody for the time', () => {
  const inner = sources().filter((file) => /^main\/(domain|services)\//.test(file));
  expect(inner.length).toBeGreaterThan(20);
  expect(placesOf(/new Date\(\)|\bDate\.now\b|Math\.random/, inner)).toEqual([]);
});

test('no test is switched off or runs alone', () => {
  const tests = sources().filter((file) => file.startsWith('test/'));
  expect(placesOf(/\b(test|it|describe)\.(only|skip|todo|fixme)\(\s*(['"`]|\))/, others(tests))).toEqual([]);
});

/** The folders named in the picture of the rooms, as paths: a line's indentation says in which folder it stands. */
function roomsOnPaper(): string[] {
  const picture = /^## Rooms\n\n```\n([^`]*)```/m.exec(contentOf('ARCHITECTURE.md'))?.[1] ?? '';
  const path: string[] = [];
  return picture.split('\n').flatMap((line) => {
    const [, indent = '', name] = /^( *)([\w.-]+)\/(?: |$)/.exec(line) ?? [];
    if (name === undefined) return [];
    path.splice(indent.length / 2, Infinity, name);
    return [path.join('/')];
  });
}

test('ARCHITECTURE.md shows the rooms there are, each of them and no other', () => {
  const folders = [...new Set(sources().map(dirname))];
  const shown = ['main/domain', 'main/adapters', 'main/hosts', 'main', 'renderer', 'native'];
  const present = folders.flatMap((folder) =>
    shown.flatMap((parent) =>
      folder.startsWith(`${parent}/`)
        ? [
            folder
              .split('/')
              .slice(0, parent.split('/').length + 1)
              .join('/'),
          ]
        : [],
    ),
  );
  const top = folders.map((folder) => folder.split('/')[0] ?? '').filter((folder) => folder !== '.');
  expect(roomsOnPaper().sort()).toEqual([...new Set([...present, ...top, 'resources', 'docs'])].sort());
});
