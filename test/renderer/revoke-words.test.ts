import { describe, expect, test } from 'vitest';
import { revokeReasons } from '../../main/contract/certificates.ts';
import { doneSteps } from '../../renderer/features/revoke/done-steps.ts';
import { learning, stopping } from '../../renderer/features/revoke/effects.ts';
import { needsNote, reasonChoices, reasonWords } from '../../renderer/features/revoke/reasons.ts';

const now = new Date('2026-11-22T12:00:00Z');

describe('the reasons to revoke', () => {
  test('are all offered but an authority’s own, each in words of its own', () => {
    const choices = reasonChoices();
    expect(choices.map(({ value }) => value).sort()).toEqual(revokeReasons.filter((reason) => !reason.endsWith('ACompromise')).sort());
    expect(new Set(choices.map(({ title }) => title)).size).toBe(choices.length);
    for (const { title, detail } of choices) expect(`${title} ${typeof detail === 'string' ? detail : ''}`).not.toMatch(/revoke\.|[{}]/);
  });

  test('stay as they are when this window does not offer them', () => {
    expect(reasonWords('cACompromise')).toBe('cACompromise');
  });

  test('need a note only where they say nothing by themselves', () => {
    expect(needsNote('unspecified', '  ')).toBe(true);
    expect(needsNote('unspecified', 'The laptop fell into the lake.')).toBe(false);
    expect(needsNote('keyCompromise', '')).toBe(false);
    expect(needsNote(null, '')).toBe(false);
  });
});

describe('what revoking does', () => {
  test('follows from what the certificates are for', () => {
    expect(stopping([{ purpose: 'sign' }])).toEqual(['sign']);
    expect(stopping([{ purpose: 'sign' }, { purpose: 'encrypt' }])).toEqual(['sign', 'encrypt']);
    expect(stopping([{ purpose: 'dual' }])).toEqual(['sign', 'encrypt']);
  });

  test('says plainly that no list was ever published, and that no address leads to one', () => {
    const texts = learning({ publishUrl: null, knownBy: null }, now)
      .map(({ text }) => text)
      .join(' ');
    expect(texts).toContain('name no address');
    expect(texts).toContain('No list was ever published');
  });

  test('says by when others know while they hold a list, and that a list has run out', () => {
    const ahead = learning({ publishUrl: 'http://pki.example/', knownBy: '2026-11-29T12:00:00Z' }, now);
    expect(ahead.at(-1)?.when).toMatch(/^By .*29/);
    expect(ahead[1]?.text).toContain('http://pki.example/');
    const past = learning({ publishUrl: 'http://pki.example/', knownBy: '2026-11-20T12:00:00Z' }, now);
    expect(past.at(-1)?.text).toContain('run out');
  });
});

describe('what was done', () => {
  const entry = { time: '2026-11-22T11:59:04Z', subject: { reason: 'keyCompromise', lists: ['3'] } };
  const certificates = [{ serialNumber: '4a870e7f2c' }, { serialNumber: '0011a9' }];

  test('is told step by step with the numbers, and waits for the world', () => {
    const steps = doneSteps({ entry, certificates, publishUrl: 'http://pki.example/', knownBy: '2026-11-23T21:21:00Z' }, now);
    expect(steps.map(({ id, state }) => [id, state])).toEqual([
      ['revoked', 'fine'],
      ['keys', 'fine'],
      ['list 3', 'fine'],
      ['world', 'waiting'],
    ]);
    expect(steps[0]?.detail).toBe('Numbers ending in 7F2C, 11A9');
    expect(steps[1]?.title).toContain('known to others');
    expect(JSON.stringify(steps)).not.toMatch(/revoked\.|[{]\w+[}]/);
  });

  test('does not call a key known to others that is only out of use, nor name a day nobody told', () => {
    const steps = doneSteps(
      { entry: { ...entry, subject: { reason: 'superseded', lists: [] } }, certificates, publishUrl: null, knownBy: undefined },
      now,
    );
    expect(steps[1]?.title).toContain('out of use');
    expect(steps.at(-1)?.time).toEqual({ words: 'At their next check' });
  });

  test('says that no list was made where the key that signs it is offline', () => {
    const offline = { ...entry, subject: { ...entry.subject, lists: [] } };
    const steps = doneSteps({ entry: offline, certificates, publishUrl: null, knownBy: undefined }, now);
    expect(steps.map(({ id, state }) => [id, state])).toEqual([
      ['revoked', 'fine'],
      ['keys', 'fine'],
      ['list owed', 'waiting'],
      ['world', 'waiting'],
    ]);
    expect(JSON.stringify(steps)).not.toMatch(/revoked\.|[{]\w+[}]/);
  });
});
