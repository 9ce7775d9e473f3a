import { useState } from 'react';
import type { NewRequest } from '../../../main/contract/requests.ts';
import { keyAlgorithms, canServe } from '../../../main/domain/key/algorithm.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { algorithmName } from '../certificates/names.ts';
import { MadeRequest } from './made-request.tsx';
import styles from './request-dialog.module.css';

const purposes = ['dual', 'sign', 'encrypt'] as const;
type Purpose = (typeof purposes)[number];

/** The kind of key that the practice uses for everybody. */
const usual = 'usual';

export interface OutsideRequestDialogProps {
  readonly person: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Makes a key for a person and the request that an authority outside is to sign. */
export function OutsideRequestDialog({ person, onClose }: OutsideRequestDialogProps) {
  const make = useCommand('requests.make');
  const [purpose, setPurpose] = useState<Purpose>('dual');
  const [algorithm, setAlgorithm] = useState<string>(usual);
  const [made, setMade] = useState<NewRequest>();
  if (made !== undefined) return <MadeRequest file={made.file} title={t('outside.made')} line={t('outside.made-line')} onClose={onClose} />;
  const act = async () => setMade(await make.run({ person: person.id, purpose, ...(algorithm === usual ? {} : { algorithm }) }));
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={make.isRunning} takesFocus>
        {t('request.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void act()} isWorking={make.isRunning}>
        {t('outside.act')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="outside.title" with={{ name: <PersonName name={person.name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('outside.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {make.error !== undefined && <ErrorNotice error={make.error} />}
        <SelectField
          label={t('outside.purpose')}
          value={purpose}
          options={purposes.map((value) => ({ value, label: t(`outside.purpose.${value}`) }))}
          onChange={(chosen) => {
            setPurpose(chosen);
            setAlgorithm(usual);
          }}
        />
        <SelectField
          label={t('outside.algorithm')}
          hint={t('outside.algorithm-hint')}
          value={algorithm}
          options={[{ value: usual, label: t('outside.usual') }, ...algorithmsFor(purpose)]}
          onChange={setAlgorithm}
        />
      </div>
    </Dialog>
  );
}

const algorithmsFor = (purpose: Purpose) =>
  keyAlgorithms.filter((value) => canServe(value, purpose)).map((value) => ({ value: value as string, label: algorithmName(value) }));
