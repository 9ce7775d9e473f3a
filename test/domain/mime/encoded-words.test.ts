import { describe, expect, it } from 'vitest';
import { readableHeader } from '../../../main/domain/mime/encoded-words.ts';

describe('a header', () => {
  it.each([
    ['=?utf-8?Q?Z=C3=BCrich_Labor?=', 'Zürich Labor'],
    ['=?UTF-8?B?WsO8cmljaA==?= =?utf-8?q?_2?=', 'Zürich 2'],
    ['=?iso-8859-1?Q?Z=FCrich?=', 'Zürich'],
    ['Z\u00c3\u00bcrich', 'Zürich'],
    ['=?koi8-r?B?9w==?=', '=?koi8-r?B?9w==?='],
    ['=?utf-8?B?/w==?=', '=?utf-8?B?/w==?='],
    ['plain', 'plain'],
  ])('%s reads as people wrote it, and stays as it is where it is not understood', (value, text) => {
    expect(readableHeader(value)).toBe(text);
  });
});
