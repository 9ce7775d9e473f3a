import { base64Decode, base64Encode } from '../../encoding/base64.ts';
import { utf8Decode, utf8Encode } from '../../encoding/utf8.ts';
import { readIni, setIni } from './ini-file.ts';
import type { SettingsFormat } from './identity-settings.ts';

/** How Claws Mail names the certificate of an account: it asks GnuPG for it, and decrypts with whatever GnuPG has. */
const custom = 'CUSTOM;';

/** Claws Mail's `accountrc`: one section an account. One certificate stands for signing; GnuPG finds the other by itself. */
export const clawsSettings: SettingsFormat = {
  read: (text) =>
    [...readIni(text)].flatMap(([key, values]) => {
      const address = values.get('address') ?? '';
      if (!/^Account: \d{1,4}$/.test(key) || address === '') return [];
      const chosen = chosenIn(values.get('privacy_prefs') ?? '');
      return [
        {
          identity: { key, address },
          sign: chosen,
          encrypt: null,
          signsByDefault: values.get('default_sign') === '1',
          usesSmime: values.get('default_privacy_system') === 'smime',
        },
      ];
    }),
  write: (text, key, { sign, encryption }) =>
    setIni(text, key, {
      default_privacy_system: 'smime',
      default_sign: '1',
      default_encrypt: encryption === 'always' ? '1' : '0',
      encrypt_to_self: '1',
      privacy_prefs: withChosen(readIni(text).get(key)?.get('privacy_prefs') ?? '', sign),
    }),
};

/** `privacy_prefs` is a list `system=base64,…` of which ours is `gpg`. */
function chosenIn(preferences: string): string {
  const encoded = /(?:^|,)gpg=([A-Za-z0-9+/=]*)/.exec(preferences)?.[1];
  const value = encoded === undefined ? undefined : utf8Decode(base64Decode(encoded) ?? new Uint8Array());
  return value?.startsWith(custom) === true ? value.slice(custom.length) : '';
}

function withChosen(preferences: string, fingerprint: string): string {
  const others = preferences.split(',').filter((entry) => entry !== '' && !entry.startsWith('gpg='));
  return [...others, `gpg=${base64Encode(utf8Encode(custom + fingerprint))}`].join(',');
}
