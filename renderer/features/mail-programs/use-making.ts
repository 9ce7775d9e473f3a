import { useRef, useState } from 'react';
import { FileContent, type Secret } from '../../../main/contract/client.ts';
import type { MailPackage } from '../../../main/contract/mail.ts';
import { lieApart } from '../../../main/domain/mail-client/mail-package.ts';
import { t } from '../../i18n/translate.ts';
import type { Api } from '../../api.ts';
import { useApi } from '../../state/api-context.ts';
import { areasTouchedBy, refreshAreas } from '../../state/refresh.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { wordingOf } from '../../ui/error-notice.tsx';
import { passwordPage } from './password-page.ts';

interface Failure {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface Making {
  readonly stage: 'ask' | 'work' | 'done';
  readonly total: number;
  readonly done: number;
  readonly failures: readonly Failure[];
  /** Where the packages and the passwords are; the second undefined for a single one, whose password is shown. */
  readonly places: { readonly packages: string; readonly passwords: string | undefined } | undefined;
  readonly password: { readonly name: string; readonly secret: Secret } | undefined;
  readonly error: unknown;
  /** The two folders were one, or one within the other: nothing was made. */
  readonly isBeside: boolean;
}

const start: Making = {
  stage: 'ask',
  total: 0,
  done: 0,
  failures: [],
  places: undefined,
  password: undefined,
  error: undefined,
  isBeside: false,
};

interface Folders {
  readonly packages: { readonly id: string; readonly path: string };
  readonly passwords: { readonly id: string; readonly path: string } | undefined;
}

/** Undefined when the person chose none. The folder of passwords first, so that the other one is the newest. */
async function chooseFolders(api: Api, count: number): Promise<Folders | 'beside' | undefined> {
  const choose = async (title: string) => (await api.shell('chooseFolder', { title })).folder ?? undefined;
  const passwords = count > 1 ? await choose(t('packages.where-passwords')) : undefined;
  if (count > 1 && passwords === undefined) return undefined;
  const packages = await choose(t('packages.where-packages'));
  if (packages === undefined) return undefined;
  return passwords !== undefined && !lieApart(packages.path, passwords.path) ? 'beside' : { packages, passwords };
}

/** The password is on the disk before the package is, and the package before it counts as saved. Gives a password that was not written down. */
async function makeOne(api: Api, one: MailPackage, { packages, passwords }: Folders): Promise<Secret | undefined> {
  const { file, password } = await api.call('mail.makePackage', { package: one.id });
  if (passwords !== undefined && password !== null) {
    const page = new FileContent(`${file.name.replace(/\.zip$/, '')}.txt`, passwordPage(one, password.reveal()));
    password.wipe();
    await api.shell('saveInFolder', { folder: passwords.id, files: [page] });
    page.bytes.fill(0);
  }
  await api.shell('saveInFolder', { folder: packages.id, files: [new FileContent(file.name, file.bytes)] });
  await api.call('mail.savedPackage', { package: one.id });
  return passwords === undefined ? (password ?? undefined) : undefined;
}

/** Makes packages one after the other; what fails for one person stops nobody else, and what is stopped can be continued. */
export function useMaking() {
  const api = useApi();
  const announce = useAnnounce();
  const isStopping = useRef(false);
  const [making, setMaking] = useState<Making>(start);
  /** `plan` gives what is to be made, once it is known where it goes. */
  const run = async (count: number, plan: () => Promise<readonly MailPackage[]>) => {
    try {
      const folders = await chooseFolders(api, count);
      if (folders === undefined) return;
      if (folders === 'beside') return setMaking({ ...start, isBeside: true });
      const packages = await plan();
      setMaking(await makeAll(packages, folders));
      announce(t('packages.made', { count: packages.length }));
    } catch (error) {
      setMaking({ ...start, error });
    } finally {
      refreshAreas(api.cache, areasTouchedBy('mail.deliver'));
    }
  };
  const makeAll = async (packages: readonly MailPackage[], folders: Folders): Promise<Making> => {
    const places = { packages: folders.packages.path, passwords: folders.passwords?.path };
    let now: Making = { ...start, stage: 'work', total: packages.length, places };
    for (const one of packages) {
      if (isStopping.current) break;
      setMaking(now);
      try {
        const secret = await makeOne(api, one, folders);
        now = { ...now, done: now.done + 1, ...(secret === undefined ? {} : { password: { name: one.name, secret } }) };
      } catch (error) {
        now = { ...now, failures: [...now.failures, { id: one.id, name: one.name, reason: wordingOf(error).text }] };
      }
    }
    return { ...now, stage: 'done' };
  };
  return { making, run, stop: () => (isStopping.current = true) };
}
