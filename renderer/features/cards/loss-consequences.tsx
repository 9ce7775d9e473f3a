import { IconCreditCardOff, IconEye, IconMailOff, IconSignatureOff, type Icon } from '@tabler/icons-react';
import type { LossPreview } from '../../../main/contract/tokens.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { Consequence } from '../../ui/consequence.tsx';
import { Consequences } from '../revoke/consequences.tsx';

const iconOf = (Shown: Icon) => <Shown size={18} stroke={1.75} aria-hidden />;

/** What stops, what goes on and when others know, as for any certificate; then what becomes of the card. */
export function LossConsequences({ preview }: { readonly preview: LossPreview }) {
  const { revoking, owing, openPgp, authorities } = preview;
  return (
    <>
      {revoking.length + openPgp.length === 0 ? (
        <p>{t('lost-card.nothing')}</p>
      ) : revoking.length === 0 ? null : (
        <Consequences preview={{ ...preview, certificates: revoking, mayHold: false }} revoking={revoking} />
      )}
      {owing.length > 0 && <Consequence title={t('lost-card.owing')}>{t('lost-card.owing-text', { names: owing.join(', ') })}</Consequence>}
      {openPgp.length > 0 && <Consequence title={t('lost-card.openpgp')}>{t('lost-card.openpgp-text')}</Consequence>}
      {authorities.length > 0 && (
        <Consequence title={t('lost-card.authority')}>{t('lost-card.authority-text', { names: authorities.join(', ') })}</Consequence>
      )}
      <Consequence title={t('lost-card.card')} items={[{ icon: iconOf(IconCreditCardOff), text: t('lost-card.card-text') }]} />
    </>
  );
}

const facts: readonly { readonly icon: Icon; readonly words: MessageKey }[] = [
  { icon: IconSignatureOff, words: 'lost-card.finder.cannot-sign' },
  { icon: IconMailOff, words: 'lost-card.finder.cannot-open' },
  { icon: IconEye, words: 'lost-card.finder.can-read' },
];

/** What somebody who finds the card can do with it, and cannot. */
export const Finder = () => (
  <Consequence title={t('lost-card.finder')} items={facts.map(({ icon, words }) => ({ icon: iconOf(icon), text: t(words) }))} />
);
