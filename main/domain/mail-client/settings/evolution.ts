import { readIni, setIni } from './ini-file.ts';
import type { SettingsFormat } from './identity-settings.ts';

const identitySection = 'Mail Identity';
const smimeSection = 'Secure MIME (S/MIME)';

/** One `.source` of Evolution's data server: an identity with its address, S/MIME in a section of its own (GKeyFile). */
export const evolutionSettings: SettingsFormat = {
  read(text) {
    const file = readIni(text);
    const address = unescape(file.get(identitySection)?.get('Address') ?? '');
    const smime = file.get(smimeSection);
    if (address === '') return [];
    return [
      {
        identity: { key: identitySection, address },
        sign: unescape(smime?.get('SigningCertificate') ?? ''),
        encrypt: unescape(smime?.get('EncryptionCertificate') ?? ''),
        signsByDefault: smime?.get('SignByDefault') === 'true',
        usesSmime: smime !== undefined && file.get('Pretty Good Privacy (OpenPGP)')?.get('SignByDefault') !== 'true',
      },
    ];
  },
  write(text, _key, { sign, encrypt, encryption }) {
    const hasPgp = readIni(text).get('Pretty Good Privacy (OpenPGP)')?.get('SignByDefault') === 'true';
    const other = hasPgp ? setIni(text, 'Pretty Good Privacy (OpenPGP)', { SignByDefault: 'false' }) : text;
    return setIni(other, smimeSection, {
      SigningCertificate: escape(sign),
      SigningAlgorithm: 'SHA256',
      SignByDefault: 'true',
      EncryptionCertificate: escape(encrypt),
      EncryptByDefault: String(encryption === 'always'),
      EncryptToSelf: 'true',
    });
  },
};

/** GKeyFile escapes a leading blank and every backslash. */
const escape = (value: string): string => value.replaceAll('\\', '\\\\').replace(/^ /, '\\s');
const unescape = (value: string): string => value.replace(/\\(s|\\)/g, (_, escaped: string) => (escaped === 's' ? ' ' : '\\'));
