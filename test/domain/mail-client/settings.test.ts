import { describe, expect, it } from 'vitest';
import { clawsSettings } from '../../../main/domain/mail-client/settings/claws.ts';
import { evolutionSettings } from '../../../main/domain/mail-client/settings/evolution.ts';
import { setIni } from '../../../main/domain/mail-client/settings/ini-file.ts';
import { kmailSettings } from '../../../main/domain/mail-client/settings/kmail.ts';
import { neomuttSettings } from '../../../main/domain/mail-client/settings/neomutt.ts';

const address = 'ada@clinic.example';
const names = { sign: 'SIGN', encrypt: 'SEAL', encryption: 'ask' } as const;

const formats = {
  evolution: {
    format: evolutionSettings,
    key: 'Mail Identity',
    text: `[Data Source]\nDisplayName=x\n\n[Mail Identity]\nAddress=${address}\n`,
    encrypt: 'SEAL',
  },
  kmail: {
    format: kmailSettings,
    key: 'Identity #3',
    text: `[Identity #3]\nEmail Address=${address}\nPgp Auto Sign=false\n`,
    encrypt: 'SEAL',
  },
  claws: {
    format: clawsSettings,
    key: 'Account: 2',
    text: `[Account: 2]\naddress=${address}\nprivacy_prefs=other=eA==,gpg=eA==\n`,
    encrypt: null,
  },
  neomutt: { format: neomuttSettings, key: 'from', text: `set from="Ada <${address}>"\nset nocrypt_autosign # mine\n`, encrypt: 'SEAL' },
};

describe.each(Object.entries(formats))('settings of %s', (_name, { format, key, text, encrypt }) => {
  it('name whom they send as, nobody chosen, and then the certificates that were written, once however often', () => {
    expect(format.read(text)).toMatchObject([{ identity: { key, address }, sign: '', signsByDefault: false }]);
    const written = format.write(text, key, names);
    expect(format.read(written)).toEqual([{ identity: { key, address }, sign: 'SIGN', encrypt, signsByDefault: true, usesSmime: true }]);
    expect(format.write(written, key, names)).toBe(written);
    for (const line of text.split('\n').filter((kept) => kept.includes(address))) expect(written).toContain(line);
  });

  it('of nobody are nobody', () => {
    for (const nothing of ['', '# a comment\n', '[Something]\nelse=1\n']) expect(format.read(nothing)).toEqual([]);
  });
});

describe('a value in a file of sections', () => {
  it('is put where it was, or at the end of its section, and never begins a line of its own', () => {
    expect(setIni('[a]\nx=1\n\n[b]\ny=2\n', 'a', { x: '3', z: '4' })).toBe('[a]\nx=3\nz=4\n\n[b]\ny=2\n');
    expect(setIni('', 'a', { x: '1' })).toBe('[a]\nx=1\n');
    expect(() => setIni('', 'a', { x: '1\n[b]' })).toThrow(expect.objectContaining({ code: 'client.unreadable' }));
  });
});

describe('what a person says after ours', () => {
  it('holds: NeoMutt takes what it is told last, under either name', () => {
    const written = neomuttSettings.write(`set from=${address}\n`, 'from', names);
    for (const last of ['set crypt_auto_sign = no\n', 'unset crypt_autosign\n'])
      expect(neomuttSettings.read(written + last)).toMatchObject([{ signsByDefault: false }]);
  });
});
