import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { CertificateDetails } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

const formats = ['pem', 'chain', 'der'] as const;
type Format = (typeof formats)[number];

/** Saves a certificate as a file; `error` says why it could not. */
export function useExport({ id }: Pick<CertificateDetails, 'id'>) {
  const command = useCommand('certificates.export');
  const files = useSaveFiles();
  const announce = useAnnounce();
  const save = async (format: Format) => {
    const file = await command.run({ certificate: id, format });
    if (file === undefined) return;
    const path = await files.save(t('certificate.export.save'), [file]);
    if (path !== undefined) announce(t('certificate.export.saved'));
  };
  return { save, isSaving: command.isRunning || files.isSaving, error: command.error ?? files.error };
}

export interface ExportMenuProps {
  readonly isSaving: boolean;
  readonly onSave: (format: Format) => void;
}

/** In which form to save. */
export function ExportMenu({ isSaving, onSave }: ExportMenuProps) {
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" size="sm" loading={isSaving} leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}>
          {t('certificate.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => onSave(format)}>
            {t(`certificate.export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
