import { AppError } from '../../errors.ts';
import type { SettingsFormat } from './identity-settings.ts';

const begin = '# Keyward: what follows is written anew whenever this person is set up';
const end = '# Keyward: end';

/** A longer file is nobody's settings. Characters. */
const longestText = 1 << 20;

/** NeoMutt's `neomuttrc`: one sender, S/MIME by GnuPG. What is said last holds, so ours stands at the end. */
export const neomuttSettings: SettingsFormat = {
  read(text) {
    const values = valuesIn(text);
    const address = addressIn(values.get('from') ?? '');
    if (address === '') return [];
    return [
      {
        identity: { key: 'from', address },
        sign: values.get('smime_sign_as') ?? '',
        encrypt: values.get('smime_default_key') ?? '',
        signsByDefault: values.get('crypt_autosign') === 'yes',
        usesSmime: values.get('smime_is_default') === 'yes' && values.get('crypt_use_gpgme') === 'yes',
      },
    ];
  },
  write(text, _key, { sign, encrypt, encryption }) {
    const values = {
      crypt_use_gpgme: 'yes',
      smime_is_default: 'yes',
      crypt_autosmime: 'yes',
      smime_default_key: `"${encrypt}"`,
      smime_sign_as: `"${sign}"`,
      smime_self_encrypt: 'yes',
      crypt_autosign: 'yes',
      crypt_autoencrypt: encryption === 'always' ? 'yes' : 'no',
    };
    const lines = Object.entries(values).map(([name, value]) => `set ${name} = ${value}`);
    const others = withoutOurs(text);
    return `${others}${others === '' || others.endsWith('\n') ? '' : '\n'}${[begin, ...lines, end].join('\n')}\n`;
  },
};

function withoutOurs(text: string): string {
  const from = text.indexOf(`${begin}\n`);
  const to = text.indexOf(`${end}\n`, from);
  return from === -1 || to === -1 ? text : text.slice(0, from) + text.slice(to + end.length + 1);
}

/** `set name = value`, `set name`, `set noname`, several on a line; what is quoted may hold blanks. */
const setting = /([a-z_0-9]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"';]+))?/gi;

function valuesIn(text: string): ReadonlyMap<string, string> {
  if (text.length > longestText) throw new AppError('client.unreadable', 'A file of settings is too long.');
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const rest = /^\s*(?:set|unset)\s+(.*)$/.exec(line)?.[1];
    const isUnset = /^\s*unset\s/.test(line);
    for (const [, name = '', value] of rest?.replace(/\s#.*$/, '').matchAll(setting) ?? [])
      if (value === undefined) values.set(olderName(name.replace(/^no/, '')), isUnset || name.startsWith('no') ? 'no' : 'yes');
      else values.set(olderName(name), value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return values;
}

/** Newer versions have other names for these, and take both. */
const olderName = (name: string): string => name.replace(/^crypt_auto_(?=sign|encrypt|smime)/, 'crypt_auto');

/** `Ada Lovelace <ada@clinic.example>` or the address alone. */
const addressIn = (from: string): string => (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim();
