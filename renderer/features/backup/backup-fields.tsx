import { IconFile } from '@tabler/icons-react';
import type { Ref } from 'react';
import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { PlaceField } from './place-field.tsx';

export interface BackupFieldsProps {
  readonly path: string | undefined;
  readonly onPath: (path: string) => void;
  readonly keyField: Ref<SecretFieldHandle>;
  readonly onFilled: (isFilled: boolean) => void;
  readonly size?: 'normal' | 'door';
  readonly onError: (error: unknown) => void;
  /** What the call was refused with: a slip in the key is said beside it. */
  readonly refused: unknown;
}

/** Whether what was typed as a key is none. */
export const isSlip = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'input.invalid' && error.details['field'] === 'backup key';

/** A backup on this computer, named by where it is, and the key that it opens with. */
export function BackupFields({ path, onPath, keyField, onFilled, size = 'normal', onError, refused }: BackupFieldsProps) {
  const api = useApi();
  const choose = async () => (await api.shell('locateFile', { title: t('backup-check.choose-title'), extensions: ['age'] })).path;
  return (
    <>
      <PlaceField
        label={t('backup-check.file')}
        icon={IconFile}
        act={t('backup-check.choose')}
        path={path}
        choose={choose}
        onPath={onPath}
        onError={onError}
      />
      <SecretField
        ref={keyField}
        label={t('backup-check.key')}
        hint={t('backup-check.key-hint')}
        size={size}
        onFilled={onFilled}
        error={isSlip(refused) ? <span role="alert">{t('backup-check.key-slip')}</span> : undefined}
      />
    </>
  );
}
