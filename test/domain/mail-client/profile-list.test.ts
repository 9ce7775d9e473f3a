import { describe, expect, it } from 'vitest';
import { readProfileList } from '../../../main/domain/mail-client/thunderbird/profile-list.ts';

/** As Thunderbird 153 writes it. */
const written = `[Profile1]
Name=default
IsRelative=1
Path=hr6a2xwd.default
Default=1

[InstallFDC34C9F024745EB]
Default=k3xd1b9q.default-esr
Locked=1

[Profile0]
Name=default-esr
IsRelative=1
Path=k3xd1b9q.default-esr

[General]
StartWithLastProfile=1
Version=2
`;

describe('profiles.ini', () => {
  it('names the profiles, and which one the installation opens', () => {
    expect(readProfileList(written)).toEqual([
      { name: 'default', path: 'hr6a2xwd.default', isRelative: true, isDefault: false },
      { name: 'default-esr', path: 'k3xd1b9q.default-esr', isRelative: true, isDefault: true },
    ]);
  });

  it('goes by the older mark where no installation has chosen', () => {
    const [first] = readProfileList('[Profile0]\r\nName=a\r\nIsRelative=0\r\nPath=/mail/a\r\nDefault=1\r\n');
    expect(first).toEqual({ name: 'a', path: '/mail/a', isRelative: false, isDefault: true });
  });

  it('passes over what is no profile', () => {
    expect(readProfileList('Path=x\n[Profile0]\nName=no path\n[Profiles]\nPath=y\n')).toEqual([]);
    expect(readProfileList('[Profile0]\nPath=x\n'.repeat(100_000))).toEqual([]);
  });
});
