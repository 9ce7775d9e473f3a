import { useRef, useState, type RefObject } from 'react';
import { Secret, type FileContent } from '../../../main/contract/client.ts';
import type { SecretFieldHandle } from '../../ui/secret-field.tsx';

/** What of a key file and its password is there, and the one way to them. */
export interface KeyFile {
  readonly file: FileContent | undefined;
  readonly onFile: (file: FileContent) => void;
  readonly password: RefObject<SecretFieldHandle | null>;
  readonly onFilled: (isFilled: boolean) => void;
  readonly isComplete: boolean;
  /** File and password as secrets, for one call: the password leaves its field, the file stays chosen. */
  readonly take: () => { readonly key: Secret; readonly password: Secret } | undefined;
}

/** `onChange` hears of another file and of typing: what was wrong before may be right now. */
export function useKeyFile(onChange: () => void): KeyFile {
  const [file, setFile] = useState<FileContent>();
  const [isFilled, setFilled] = useState(false);
  const password = useRef<SecretFieldHandle>(null);
  const take = () => {
    if (file === undefined || password.current === null || password.current.isEmpty()) return undefined;
    // A copy: what is sent is wiped, and with the right password the same file is sent again.
    return { key: new Secret(Uint8Array.from(file.bytes)), password: new Secret(password.current.take()) };
  };
  const choose = (chosen: FileContent) => {
    onChange();
    setFile(chosen);
  };
  const filled = (isNowFilled: boolean) => {
    if (isNowFilled) onChange();
    setFilled(isNowFilled);
  };
  return { file, onFile: choose, password, onFilled: filled, isComplete: file !== undefined && isFilled, take };
}
