import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { ManagementKeyField, type AskedManagementKey } from '../cards/management-key-field.tsx';
import { PinCost } from '../cards/pin-cost.tsx';
import { PinField, type AskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { useCards } from '../cards/use-cards.ts';
import { algorithmName } from '../certificates/names.ts';
import { algorithmsOn, cardsForKeys, type TypedAuthority } from './new-authority.ts';

/** The card that was chosen for the key, while it is in. */
export function useKeyPlace({ token }: Pick<TypedAuthority, 'token'>): TokenSummary | undefined {
  const { data } = useCards();
  return data?.tokens.find(({ serialNumber }) => serialNumber === token);
}

/** As the order has it; undefined where no PIN was typed, which the field then says. */
export const onTokenOf = (
  { serialNumber, pin }: TokenSummary,
  typed: Uint8Array<ArrayBuffer> | undefined,
  management: AskedManagementKey,
) => typed && { onToken: { token: serialNumber, pin: new Secret(typed), finalTry: pin === 'final-try', ...management.take() } };

/** Of what kind a key is to be, and on which card. */
export type TypedKey = Pick<TypedAuthority, 'algorithm' | 'token'>;

interface KeyPlaceProps {
  readonly typed: TypedKey;
  readonly onChange: (changed: Partial<TypedKey>) => void;
  readonly pin: AskedPin;
  readonly management: AskedManagementKey;
  readonly error: unknown;
}

/** What kind of key, and where it is made; nothing is asked about cards where none is in. */
export function KeyPlace({ typed, onChange, pin, management, error }: KeyPlaceProps) {
  const { data } = useCards();
  const cards = cardsForKeys(data?.tokens ?? []);
  const card = useKeyPlace(typed);
  const kinds = algorithmsOn(card);
  const put = (token: string) => {
    const [first] = algorithmsOn(cards.find(({ serialNumber }) => serialNumber === token));
    onChange({ token, algorithm: first ?? typed.algorithm });
  };
  const places = cards.map(({ serialNumber }) => ({
    value: serialNumber,
    label: t('new-authority.place.card', { ending: cardEnding({ serialNumber }) }),
  }));
  return (
    <>
      {places.length > 0 && (
        <SelectField
          label={t('new-authority.place')}
          value={card === undefined ? '' : typed.token}
          options={[{ value: '', label: t('new-authority.place.vault') }, ...places]}
          onChange={put}
          {...(card === undefined ? {} : { hint: t('new-authority.place-hint') })}
        />
      )}
      <SelectField
        label={t('new-authority.algorithm')}
        value={typed.algorithm}
        options={kinds.map((value) => ({ value, label: algorithmName(value) }))}
        onChange={(algorithm) => onChange({ algorithm })}
      />
      {card !== undefined && <AskedOfCard card={card} pin={pin} management={management} error={error} />}
    </>
  );
}

interface AskedOfCardProps extends Pick<KeyPlaceProps, 'pin' | 'management' | 'error'> {
  readonly card: TokenSummary;
}

/** Its PIN, and what else it wants. */
export function AskedOfCard({ card, pin, management, error }: AskedOfCardProps) {
  return (
    <>
      <PinField pin={pin} isWrong={isWrongPin(error)} />
      <PinCost pin={card.pin} left={card.tries.pin} />
      <ManagementKeyField card={card} asked={management} />
    </>
  );
}
