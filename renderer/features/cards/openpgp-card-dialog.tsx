import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { OpenPgpCardSummary, OpenPgpSummary } from '../../../main/contract/openpgp.ts';
import { AppError } from '../../../main/domain/errors.ts';
import type { OpenPgpAlgorithm } from '../../../main/domain/openpgp/algorithm.ts';
import { groupFingerprint } from '../../../main/domain/openpgp/fingerprint.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { OpenPgpKindField } from '../people/openpgp-kind-field.tsx';
import { cardEnding, ownerOf, type Owner } from './card-names.ts';
import { ChoosePerson } from './choose-person.tsx';
import { LastTry } from './last-try.tsx';
import { PinCost } from './pin-cost.tsx';
import { PinField, useAskedPin } from './pin-field.tsx';
import styles from './card-dialogs.module.css';

export interface OpenPgpCardDialogProps {
  readonly card: OpenPgpCardSummary;
  readonly onClose: () => void;
}

/** Asks whose card it is, then for its two PINs, each typed once. */
export function KeyOnOpenPgpCard({ card, onClose }: OpenPgpCardDialogProps) {
  const [person, setPerson] = useState<Owner>(ownerOf(card));
  if (person === null) return <ChoosePerson card={card} onChoose={setPerson} onClose={onClose} />;
  return <PutKey card={card} person={person} onClose={onClose} />;
}

/** The key of theirs that is in use, if it can be moved. */
const movable = (keys: readonly OpenPgpSummary[] | undefined): OpenPgpSummary | undefined =>
  keys?.find(({ isCurrent, status, place }) => isCurrent && status === 'valid' && place === 'vault');

interface Typed {
  readonly pin: Secret;
  readonly adminPin: Secret;
  readonly finalTry: boolean;
  readonly replace: boolean;
}

/** Makes a key on the card, or moves the one they have. */
function usePutKey(card: OpenPgpCardSummary, person: NonNullable<Owner>) {
  const { data } = useQuery('people.show', { person: person.id });
  const { reload } = useQuery('openpgp.cards', {});
  const generate = useCommand('openpgp.generateOnCard');
  const move = useCommand('openpgp.moveToCard');
  const announce = useAnnounce();
  const [fingerprint, setFingerprint] = useState<string>();
  const key = movable(data?.openPgp);
  const { isRunning, error } = key === undefined ? generate : move;
  const [algorithm, setAlgorithm] = useState<OpenPgpAlgorithm>('curve25519');
  const start = async (typed: Typed) => {
    const order = { card: card.serialNumber, ...typed };
    const done = await (key === undefined ? generate.run({ person: person.id, algorithm, ...order }) : move.run({ key: key.id, ...order }));
    await reload();
    if (done === undefined) return;
    announce(t('openpgp-card.done-announce'));
    setFingerprint(done.fingerprint);
  };
  return { isReady: data !== undefined, key, algorithm, setAlgorithm, isRunning, error, fingerprint, start };
}

type Tried = 'pin' | 'adminPin';

const wrongCodes: Readonly<Record<Tried, string>> = { pin: 'token.pin-incorrect', adminPin: 'token.unlock-code-incorrect' };

/** What of the two is asked for the last time, each by itself. */
const lastOf = (card: Pick<OpenPgpCardSummary, 'pin' | 'adminPin'>): readonly Tried[] =>
  (['pin', 'adminPin'] as const).filter((tried) => card[tried] === 'final-try');

const isStrange = ({ openPgp, fingerprints }: OpenPgpCardSummary): boolean =>
  openPgp === null && (fingerprints.sign !== null || fingerprints.decrypt !== null);

function PutKey({ card, person, onClose }: OpenPgpCardDialogProps & { readonly person: NonNullable<Owner> }) {
  const { isReady, key, algorithm, setAlgorithm, isRunning, error, fingerprint, start } = usePutKey(card, person);
  const [sure, setSure] = useState<readonly Tried[]>([]);
  const typing = useTyping();
  const last = lastOf(card);
  const unsure = last.find((tried) => !sure.includes(tried));
  if (fingerprint !== undefined) return <Done card={card} person={person} fingerprint={fingerprint} onClose={onClose} />;
  const code = error instanceof AppError ? error.code : '';
  const isWrong = Object.values(wrongCodes).includes(code);
  if (unsure !== undefined && !isRunning) {
    const onSure = () => setSure([...sure, unsure]);
    return <LastTry key={unsure} card={card} of={unsure} isWrong={code === wrongCodes[unsure]} onSure={onSure} onClose={onClose} />;
  }
  const submit = () => {
    const typed = typing.take();
    if (typed === undefined) return;
    setSure([]);
    void start({ ...typed, finalTry: last.length > 0 });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isRunning}>
        {t('put-key.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={submit} isWorking={isRunning} isDisabled={!isReady || (isStrange(card) && !typing.replace)}>
        {t(key === undefined ? 'openpgp-card.make' : 'openpgp-card.move')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={isRunning ? () => undefined : onClose}
      title={<Sentence of="openpgp-card.title" with={{ name: <PersonName name={person.name} />, ending: cardEnding(card) }} />}
      line={t(key === undefined ? 'openpgp-card.make-line' : 'openpgp-card.move-line')}
      actions={actions}
      width={540}
    >
      <Fields card={card} typing={typing} code={code} error={isWrong ? undefined : error} onSubmit={submit} />
      {isReady && key === undefined && <OpenPgpKindField algorithm={algorithm} onChange={setAlgorithm} />}
    </Dialog>
  );
}

/** Both PINs, which leave their fields together or not at all, and whether what is on the card may go. */
function useTyping() {
  const pin = useAskedPin();
  const adminPin = useRef<SecretFieldHandle>(null);
  const [isAdminMissing, setAdminMissing] = useState(false);
  const [replace, setReplace] = useState(false);
  const take = (): Omit<Typed, 'finalTry'> | undefined => {
    const isMissing = adminPin.current?.isEmpty() ?? true;
    setAdminMissing(isMissing);
    const typed = isMissing ? undefined : pin.take();
    if (typed === undefined || adminPin.current === null) return undefined;
    return { pin: new Secret(typed), adminPin: new Secret(adminPin.current.take()), replace };
  };
  return { pin, adminPin, isAdminMissing, setAdminMissing, replace, setReplace, take };
}

interface FieldsProps {
  readonly card: OpenPgpCardSummary;
  readonly typing: ReturnType<typeof useTyping>;
  readonly code: string;
  readonly error: unknown;
  readonly onSubmit: () => void;
}

function Fields({ card, typing, code, error, onSubmit }: FieldsProps) {
  const { pin, adminPin, isAdminMissing, setAdminMissing, replace, setReplace } = typing;
  const wrong = code === wrongCodes.adminPin ? t('openpgp-card.admin-pin-wrong') : undefined;
  return (
    <Form onSubmit={onSubmit}>
      {error !== undefined && <ErrorNotice error={error} />}
      {isStrange(card) && (
        <>
          <Notice state="soon" title={t('openpgp-card.strange-title')}>
            {t('openpgp-card.strange-notice')}
          </Notice>
          <CheckField label={t('openpgp-card.replace')} isChecked={replace} onChange={setReplace} />
        </>
      )}
      <PinField pin={pin} isWrong={code === wrongCodes.pin} takesFocus />
      <PinCost pin={card.pin} left={card.tries.pin} />
      <SecretField
        ref={adminPin}
        label={t('openpgp-card.admin-pin')}
        hint={t('openpgp-card.admin-pin-hint')}
        error={isAdminMissing ? t('openpgp-card.admin-pin-missing') : wrong}
        onFilled={(isFilled) => isFilled && setAdminMissing(false)}
      />
      <PinCost pin={card.adminPin} left={card.tries.adminPin} of="adminPin" />
      {/* Of several fields none sends the form by itself. */}
      <input type="submit" hidden />
    </Form>
  );
}

function Done({
  card,
  person,
  fingerprint,
  onClose,
}: OpenPgpCardDialogProps & { readonly person: NonNullable<Owner>; readonly fingerprint: string }) {
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('set-pin.close')}
    </ActionButton>
  );
  const title = <Sentence of="openpgp-card.done" with={{ name: <PersonName name={person.name} />, ending: cardEnding(card) }} />;
  const value = <CopyText text={groupFingerprint(fingerprint)} label={t('openpgp.fingerprint')} isMono />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('openpgp.made-line')} actions={close} width={580}>
      <div className={styles.form}>
        <StatusText state="fine" isSentence>
          {t('openpgp-card.done-text')}
        </StatusText>
        <Facts rows={[{ term: t('openpgp.fingerprint'), value }]} />
      </div>
    </Dialog>
  );
}
