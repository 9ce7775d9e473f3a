import { useQuery } from '../../state/use-query.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';

export interface HandOverToProps {
  readonly person: string;
  readonly onClose: () => void;
}

/** Hands over to somebody of whom only the id is known. */
export function HandOverTo({ person, onClose }: HandOverToProps) {
  const { data } = useQuery('people.show', { person });
  return data?.id === person ? <HandOverDialog person={data} onClose={onClose} /> : null;
}
