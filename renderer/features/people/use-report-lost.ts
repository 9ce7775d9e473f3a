import { useGo } from '../../state/navigation.ts';

/** Leads to revoking these certificates. */
export function useReportLost(): (certificates: readonly string[]) => void {
  const go = useGo();
  return ([first]) => {
    if (first !== undefined) go({ name: 'certificate', id: first });
  };
}
