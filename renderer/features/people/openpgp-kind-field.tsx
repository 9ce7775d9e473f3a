import { openPgpAlgorithms, type OpenPgpAlgorithm } from '../../../main/domain/openpgp/algorithm.ts';
import { t } from '../../i18n/translate.ts';
import { Folded } from '../../ui/folded.tsx';
import { SelectField } from '../../ui/select-field.tsx';

export interface OpenPgpKindFieldProps {
  readonly algorithm: OpenPgpAlgorithm;
  readonly onChange: (algorithm: OpenPgpAlgorithm) => void;
}

/** Which kind of OpenPGP key is made: a choice for IT, and folded. */
export const OpenPgpKindField = ({ algorithm, onChange }: OpenPgpKindFieldProps) => (
  <Folded title={t('openpgp.it')}>
    <SelectField
      label={t('openpgp.kind')}
      hint={t('openpgp.kind-hint')}
      value={algorithm}
      options={openPgpAlgorithms.map((value) => ({ value, label: t(`openpgp.kind.${value}`) }))}
      onChange={onChange}
    />
  </Folded>
);
