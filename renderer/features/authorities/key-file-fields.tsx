import { t } from '../../i18n/translate.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { keyFileFault } from './key-file-words.ts';
import type { KeyFile } from './use-key-file.ts';

/** More than any encrypted key has, and all that travels as a secret. Octets. */
const maximumLength = 64 * 1024;
const endings = '.pem,.key,.p8,.der';

export interface KeyFileFieldsProps {
  readonly keyFile: KeyFile;
  /** Whose key it has to hold. */
  readonly name: string;
  /** What it was refused with. */
  readonly error: unknown;
}

/** The file with an authority's key, and the password it opens with. What is wrong is said beside it. */
export function KeyFileFields({ keyFile: { file, onFile, password, onFilled }, name, error }: KeyFileFieldsProps) {
  const fault = keyFileFault(error, name);
  return (
    <>
      {error !== undefined && fault === undefined && <ErrorNotice error={error} />}
      <FileField
        label={t('key-file.file')}
        act={t('key-file.choose')}
        accept={endings}
        maximumLength={maximumLength}
        file={file}
        onFile={onFile}
        error={fault?.file}
      />
      <SecretField ref={password} label={t('key-file.password')} onFilled={onFilled} error={fault?.password} />
    </>
  );
}
