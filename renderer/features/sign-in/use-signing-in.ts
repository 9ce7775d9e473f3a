import { useCallback, useState, type RefObject } from 'react';
import type { SignedIn } from '../../../main/contract/session.ts';
import { t } from '../../i18n/translate.ts';
import { useSignInNews } from '../../state/sign-in-news.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import type { SecretFieldHandle } from '../../ui/secret-field.tsx';
import { isWrong, secondsOf, useWait, waitWords } from './use-wait.ts';

export interface SigningIn {
  readonly isWrong: boolean;
  /** What else went wrong. */
  readonly error: unknown;
  readonly secondsToWait: number;
  /** After a refusal. */
  readonly refused: (reason: unknown) => void;
  readonly clear: () => void;
  readonly welcome: (signedIn: SignedIn) => void;
}

/** What follows a try, with the passphrase or with the recovery code. */
export function useSigningIn(field: RefObject<SecretFieldHandle | null>): SigningIn {
  const [error, setError] = useState<unknown>();
  const announce = useAnnounce();
  const tell = useSignInNews((news) => news.tell);
  const over = useCallback(() => {
    setError(undefined);
    announce(t('sign-in.too-soon-over'));
    field.current?.focus();
  }, [announce, field]);
  const wait = useWait(over);
  const refused = (reason: unknown) => {
    const seconds = secondsOf(reason);
    setError(reason);
    if (seconds > 0) {
      wait.begin(seconds);
      announce(waitWords('too-soon', seconds));
    } else {
      if (isWrong(reason)) announce(t('sign-in.wrong'), 'assertive');
      field.current?.focus();
    }
  };
  const welcome = ({ unsignedEntries, name }: SignedIn) => {
    tell(unsignedEntries, name);
    announce(unsignedEntries === 0 ? t('sign-in.signed') : t('sign-in.signed-tail', { count: unsignedEntries }));
  };
  const isTooSoon = wait.seconds > 0 || secondsOf(error) > 0;
  return {
    isWrong: isWrong(error),
    error: isWrong(error) || isTooSoon ? undefined : error,
    secondsToWait: wait.seconds,
    refused,
    clear: () => setError(undefined),
    welcome,
  };
}
