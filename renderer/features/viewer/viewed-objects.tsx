import { useState } from 'react';
import type { Viewed } from '../../../main/contract/viewer.ts';
import { wordError } from '../../../main/domain/locale/word-error.ts';
import { errorMessages } from '../../i18n/locale.ts';
import { t } from '../../i18n/translate.ts';
import { Notice } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { EveryField } from './every-field.tsx';
import { Raw } from './raw.tsx';
import { Words } from './words.tsx';

export type ViewerTab = 'words' | 'fields' | 'raw';

export interface ViewedObjectsProps {
  readonly viewed: Viewed;
  readonly tab: ViewerTab;
}

/** The objects of a file, one at a time. */
export function ViewedObjects({ viewed: { objects, more }, tab }: ViewedObjectsProps) {
  const [chosen, setChosen] = useState('0');
  const object = objects[Number(chosen)];
  const options = objects.map(({ kind }, at) => ({
    value: String(at),
    label: t('viewer.object-name', { number: at + 1, kind: t(`viewer.kind.${kind}`) }),
  }));
  return (
    <>
      {objects.length > 1 && <SelectField label={t('viewer.object')} value={chosen} options={options} onChange={setChosen} width={360} />}
      {more > 0 && <p>{t('viewer.more', { count: more })}</p>}
      {object !== undefined && <OneObject object={object} tab={tab} />}
    </>
  );
}

function OneObject({ object, tab }: { readonly object: Viewed['objects'][number]; readonly tab: ViewerTab }) {
  const { error, reading, raw } = object;
  const unread = error !== null && <Unreadable error={error} />;
  if (tab === 'raw') return <Raw raw={raw} />;
  if (reading === null) return unread;
  return tab === 'fields' ? <EveryField reading={reading} /> : <Words object={object} />;
}

function Unreadable({ error }: { readonly error: NonNullable<Viewed['objects'][number]['error']> }) {
  const { text, hint } = wordError(error.code, error.details, errorMessages);
  return (
    <Notice state="stopped" title={t('viewer.unreadable', { reason: text })}>
      {hint}
    </Notice>
  );
}
