import { useQuery } from '../../state/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useHold } from '../certificates/use-hold.ts';
import { Gentler } from '../revoke/revoke-dialog.tsx';

export interface HoldInsteadProps {
  readonly certificates: readonly string[];
  readonly onClose: () => void;
}

/** For a card that may turn up: what is on it can be put on hold, where its profile lets it. */
export function HoldInstead({ certificates, onClose }: HoldInsteadProps) {
  const { data } = useQuery('certificates.previewRevocation', { certificates: [...certificates] }, { isStill: true });
  const hold = useHold(certificates, onClose);
  if (data?.mayHold !== true) return null;
  return (
    <>
      {hold.error !== undefined && <ErrorNotice error={hold.error} />}
      <Gentler hold={hold} />
    </>
  );
}
