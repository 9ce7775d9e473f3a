import { readIni, setIni } from './ini-file.ts';
import type { SettingsFormat } from './identity-settings.ts';

/** KMail's `emailidentities` (KIdentityManagement): one section an identity, certificates by their SHA-1 fingerprint. */
export const kmailSettings: SettingsFormat = {
  read: (text) =>
    [...readIni(text)].flatMap(([key, values]) => {
      const address = values.get('Email Address') ?? '';
      if (!/^Identity #\d{1,4}$/.test(key) || address === '') return [];
      return [
        {
          identity: { key, address },
          sign: values.get('SMIME Signing Key') ?? '',
          encrypt: values.get('SMIME Encryption Key') ?? '',
          signsByDefault: values.get('Pgp Auto Sign') === 'true' && values.get('Override Encryption Defaults') === 'true',
          usesSmime: values.get('Preferred Crypto Message Format') === 's/mime',
        },
      ];
    }),
  write: (text, key, { sign, encrypt, encryption }) =>
    setIni(text, key, {
      'SMIME Signing Key': sign,
      'SMIME Encryption Key': encrypt,
      'Preferred Crypto Message Format': 's/mime',
      'Override Encryption Defaults': 'true',
      'Pgp Auto Sign': 'true',
      'Pgp Auto Encrypt': String(encryption === 'always'),
    }),
};
