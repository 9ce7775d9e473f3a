import { IconCertificate, IconLockOpen, IconMailOff, IconMinus, IconSignature, type Icon } from '@tabler/icons-react';
import type { CertificateSummary, RevocationPreview } from '../../../main/contract/certificates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { useNow } from '../../ui/clock.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { learning, opens, stopping } from './effects.ts';

const iconOf = (Shown: Icon) => <Shown size={18} stroke={1.75} aria-hidden />;
const stopIcons = { sign: IconSignature, encrypt: IconMailOff } as const;

export interface ConsequencesProps {
  readonly preview: RevocationPreview;
  readonly revoking: readonly CertificateSummary[];
}

/** What stops, what goes on, when others know and what comes instead. */
export function Consequences({ preview, revoking }: ConsequencesProps) {
  const now = useNow();
  const { personName } = preview;
  return (
    <>
      <Consequence
        title={t('revoke.stops')}
        items={stopping(revoking).map((what) => ({ icon: iconOf(stopIcons[what]), text: t(`revoke.stops.${what}`) }))}
      />
      <KeepsWorking preview={preview} revoking={revoking} />
      <Consequence title={t('revoke.known')} items={learning(preview, now)} />
      <Consequence title={t('revoke.replaces')}>
        {personName === null ? (
          t('revoke.replaces-nobody')
        ) : (
          <Sentence of="revoke.replaces-text" with={{ name: <PersonName name={personName} /> }} />
        )}
      </Consequence>
    </>
  );
}

function KeepsWorking({ preview: { personName }, revoking }: ConsequencesProps) {
  const others = useOthers(revoking);
  const oldMail = opens(revoking) ? [{ icon: iconOf(IconLockOpen), text: t('revoke.keeps.old-mail') }] : [];
  const untouched =
    others === 0
      ? []
      : [
          {
            icon: iconOf(IconCertificate),
            text: <Sentence of="revoke.keeps.others" with={{ count: others, name: <PersonName name={personName ?? ''} /> }} />,
          },
        ];
  const items = [...oldMail, ...untouched];
  const nothing = [{ icon: iconOf(IconMinus), text: t('revoke.keeps.nothing') }];
  return <Consequence title={t('revoke.keeps')} items={items.length === 0 ? nothing : items} />;
}

/** How many certificates the same person has in use besides. */
function useOthers(revoking: readonly CertificateSummary[]): number {
  const person = revoking[0]?.personId ?? null;
  const { data } = useQuery('certificates.list', person === null ? { limit: 1 } : { person, isCurrent: true });
  if (person === null || data === undefined) return 0;
  const touched = new Set(revoking.map(({ id }) => id));
  return data.certificates.filter(({ id, status }) => status === 'valid' && !touched.has(id)).length;
}
