import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { FileField } from '../../ui/file-field.tsx';
import { Folded } from '../../ui/folded.tsx';
import styles from './authority-dialogs.module.css';

/** As much as travels in one file, and as one secret. Octets. */
const mostOfFile = 64 * 1024 * 1024;
const mostOfKey = 64 * 1024;

/** What an authority is brought in. */
export interface BroughtFiles {
  readonly certificate?: FileContent;
  readonly key?: FileContent;
  readonly above?: FileContent;
  readonly list?: FileContent;
}

export interface ImportFilesProps {
  readonly files: BroughtFiles;
  readonly onFiles: (taken: BroughtFiles) => void;
  readonly keyFault: string | undefined;
  /** Asked for once it is known to be missing. */
  readonly aboveFault: string | undefined;
}

/** Certificate and key, in one file or in two. */
export function ImportFiles({ files, onFiles, keyFault, aboveFault }: ImportFilesProps) {
  return (
    <>
      <FileField
        label={t('authority-import.certificate')}
        hint={t('authority-import.certificate-hint')}
        act={t('authority-import.choose-certificate')}
        accept=".p12,.pfx,.pem,.crt,.cer,.der,.xdb"
        maximumLength={mostOfFile}
        file={files.certificate}
        onFile={(certificate) => onFiles({ certificate })}
      />
      <FileField
        label={t('authority-import.key')}
        hint={t('authority-import.key-hint')}
        act={t('authority-import.choose-key')}
        accept=".pem,.key,.p8,.der"
        maximumLength={mostOfKey}
        file={files.key}
        onFile={(key) => onFiles({ key })}
        error={keyFault}
      />
      {(aboveFault !== undefined || files.above !== undefined) && (
        <FileField
          label={t('authority-import.above')}
          hint={t('authority-import.above-hint')}
          act={t('authority-import.choose-above')}
          accept=".pem,.crt,.cer,.der,.p7b,.p7c"
          maximumLength={mostOfFile}
          file={files.above}
          onFile={(above) => onFiles({ above })}
          error={aboveFault}
        />
      )}
    </>
  );
}

/** Its last list, for what it has revoked. */
export function ImportHistory({ files, onFiles }: Pick<ImportFilesProps, 'files' | 'onFiles'>) {
  return (
    <Folded title={t('authority-import.issued')}>
      <FileField
        label={t('authority-import.list')}
        hint={t('authority-import.list-hint')}
        act={t('authority-import.choose-list')}
        accept=".crl,.pem,.der"
        maximumLength={mostOfFile}
        file={files.list}
        onFile={(list) => onFiles({ list })}
      />
      <p className={styles.next}>{t('authority-import.folder')}</p>
    </Folded>
  );
}
