import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { MailClientSummary, MailExport, MailProfileSummary } from '../../../main/contract/mail.ts';
import { isOneOf } from '../../../main/domain/mail-client/choose-certificates.ts';
import type { MailTechnology } from '../../../main/domain/mail-client/mail-client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import type { InputFor } from '../../api.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { useColleagues } from './use-colleagues.ts';
import { MailPlan } from './mail-plan.tsx';
import { MailProved } from './mail-proved.tsx';
import styles from './person-dialogs.module.css';

interface MailSetupPerson {
  readonly id: string;
  readonly name: string;
  readonly mailboxes: readonly string[];
}

export interface MailSetupDialogProps {
  readonly person: MailSetupPerson;
  /** What is handed over: certificates, or the OpenPGP key. */
  readonly technology: MailTechnology;
  readonly onClose: () => void;
}

/** A profile of a mail program, as one choice. */
interface Place {
  readonly client: MailClientSummary;
  readonly profile: MailProfileSummary;
}

/** Sets up a mail program on this computer: which profile, what would be written, what was proved. */
export function MailSetupDialog({ person, technology, onClose }: MailSetupDialogProps) {
  const [made, setMade] = useState<MailExport>();
  if (made !== undefined) return <MailProved person={person} made={made} onClose={onClose} />;
  return <AskWhere person={person} technology={technology} onClose={onClose} onMade={setMade} />;
}

function AskWhere({ person, technology, onClose, onMade }: MailSetupDialogProps & { readonly onMade: (made: MailExport) => void }) {
  const { data, error, reload } = useQuery('mail.clients', {}, { isStill: true });
  const [chosen, setChosen] = useState<string | null>(null);
  const password = useRef<SecretFieldHandle>(null);
  const exportTo = useCommand('mail.export');
  const clients = (data?.clients ?? []).filter(({ takesOpenPgp }) => technology === 'smime' || takesOpenPgp);
  const places = placesFor(clients, person.mailboxes);
  const place = places.find(({ profile }) => profile.path === chosen) ?? (places.length === 1 ? places[0] : undefined);
  const [withColleagues, setWithColleagues] = useState(false);
  const recipients = useColleagues(withColleagues);
  const target = place && { person: person.id, client: place.client.id, target: place.profile.path, technology, ...recipients };
  const act = async () => {
    const typed = password.current?.isEmpty() === false ? { profilePassword: new Secret(password.current.take()) } : {};
    const made = target && (await exportTo.run({ ...target, ...typed }));
    if (made === undefined) void reload();
    else onMade(made);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('hand-over.not-now')}</ActionButton>
      <ActionButton kind="filled" onClick={() => void act()} isWorking={exportTo.isRunning} isDisabled={target === undefined}>
        {t('mail.act')}
      </ActionButton>
    </>
  );
  const failure = exportTo.error ?? error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="mail.title" with={{ name: <PersonName name={person.name} /> }} />}
      line={t(technology === 'openpgp' ? 'mail.openpgp-line' : 'mail.line')}
      actions={actions}
      width={540}
    >
      <div className={styles.rows}>
        {failure !== undefined && <ErrorNotice error={failure} />}
        {data !== undefined && places.length === 0 && (
          <Notice state="soon" title={t('mail.none-title')}>
            {t('mail.none-text')}
          </Notice>
        )}
        {places.length > 0 && (
          <ChoiceCards label={t('mail.where')} choices={places.map(choiceOf)} value={place?.profile.path ?? null} onChange={setChosen} />
        )}
        {isLocked(exportTo.error) && <SecretField ref={password} label={t('mail.password')} hint={t('mail.password-hint')} takesFocus />}
        {target !== undefined && <WhatIsWritten target={target} withColleagues={withColleagues} onColleagues={setWithColleagues} />}
      </div>
    </Dialog>
  );
}

interface WhatIsWrittenProps {
  readonly target: InputFor<'mail.plan'>;
  readonly withColleagues: boolean;
  readonly onColleagues: (withColleagues: boolean) => void;
}

const WhatIsWritten = ({ target, withColleagues, onColleagues }: WhatIsWrittenProps) => (
  <>
    {target.technology !== 'openpgp' && (
      <CheckField label={t('mail.colleagues')} hint={t('mail.colleagues-hint')} isChecked={withColleagues} onChange={onColleagues} />
    )}
    <MailPlan target={target} />
  </>
);

const isLocked = (error: unknown): boolean => error instanceof AppError && error.code === 'client.locked';

/** The profiles that send as one of the person's mailboxes. */
const placesFor = (clients: readonly MailClientSummary[], mailboxes: readonly string[]): readonly Place[] =>
  clients.flatMap((client) =>
    client.profiles
      .filter(({ identities, isAnybodys }) => isAnybodys || identities.some(({ address }) => isOneOf(address, mailboxes)))
      .map((profile) => ({ client, profile })),
  );

const choiceOf = ({ client, profile }: Place) => ({
  value: profile.path,
  title: t('mail.place', { program: client.name, profile: profile.name }),
  detail: profile.isOpen ? t('mail.open') : profile.identities.map(({ address }) => address).join(', '),
});
