import { useState } from 'react';
import type { ModuleSummary, TokenSummary } from '../../../main/contract/tokens.ts';
import { beneficiaryOf, type Owner } from './card-names.ts';
import { CardOut } from './card-out.tsx';
import { failedDriver } from './driver-words.ts';
import { ChoosePerson } from './choose-person.tsx';
import { LastTry } from './last-try.tsx';
import { OnCard } from './on-card.tsx';
import { PinLocked } from './pin-locked.tsx';
import { PinPrompt } from './pin-prompt.tsx';
import { useCard } from './use-cards.ts';
import { useCardEnrolment } from './use-card-enrolment.ts';
import { WhatHappens } from './what-happens.tsx';

export interface EnrolCardDialogProps {
  readonly serialNumber: string;
  readonly onClose: () => void;
}

/** Puts a person's signing key on a card, one question at a time. What the card shows meanwhile decides which. */
export function EnrolCardDialog({ serialNumber, onClose }: EnrolCardDialogProps) {
  const { card, isOut, data } = useCard(serialNumber);
  if (data === undefined || card === undefined) return null;
  const { unfinished, modules } = data;
  return (
    <Asking card={card} owner={beneficiaryOf(card, unfinished)} isOut={isOut} driver={failedDriver(card, modules)} onClose={onClose} />
  );
}

interface AskingProps {
  readonly card: TokenSummary;
  /** Whose key is on it or was begun; null while that is to be chosen. */
  readonly owner: Owner;
  readonly isOut: boolean;
  /** The driver of the card, where it failed. */
  readonly driver: ModuleSummary | undefined;
  readonly onClose: () => void;
}

function Asking({ card, owner, isOut, driver, onClose }: AskingProps) {
  const [person, setPerson] = useState<Owner>(owner);
  const [isAware, setAware] = useState(card.unfinished);
  const [isSure, setSure] = useState(false);
  const enrolment = useCardEnrolment(card.serialNumber, () => setSure(false));
  const { done, finish, isWorking, isWrong, isLocked, error } = enrolment;
  if (done !== undefined && person !== null) return <OnCard card={card} person={person} done={done} onFinish={finish} onClose={onClose} />;
  if (isOut && !isWorking) return <CardOut card={card} driver={driver} error={error} onClose={onClose} />;
  if (isLocked || (card.pin === 'locked' && !isWorking)) return <PinLocked card={card} onClose={onClose} />;
  if (person === null) return <ChoosePerson card={card} onChoose={setPerson} onClose={onClose} />;
  if (!isAware) {
    return <WhatHappens card={card} person={person} onOther={() => setPerson(null)} onNext={() => setAware(true)} onClose={onClose} />;
  }
  if (card.pin === 'final-try' && !isSure && !isWorking) {
    return <LastTry card={card} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  }
  return <PinPrompt card={card} person={person} enrolment={enrolment} onClose={onClose} />;
}
