import type { ImportItem } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { PersonPicker } from '../palette/person-picker.tsx';

export interface ImportOwner {
  readonly id: string;
  readonly name: string;
}

export interface WhoseImportProps {
  readonly item: ImportItem;
  readonly onChoose: (person: ImportOwner) => void;
  readonly onClose: () => void;
}

/** Whose a certificate is, where its mailboxes do not say. */
export const WhoseImport = ({ item: { certificate }, onChoose, onClose }: WhoseImportProps) => (
  <PersonPicker
    title={t('certificate-import.whose')}
    line={<bdi>{certificate?.emails.join(', ') || certificate?.subject}</bdi>}
    label={t('certificate-import.who')}
    placeholder={t('certificate-import.search')}
    cancel={t('certificate-import.back')}
    onChoose={onChoose}
    onClose={onClose}
  />
);
