import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

/** Puts certificates on hold and takes them off it; both can be undone, so nobody is asked first. */
export function useHold(certificates: readonly string[], onDone: () => void = () => undefined) {
  const suspension = useCommand('certificates.suspend');
  const resumption = useCommand('certificates.resume');
  const announce = useAnnounce();
  const acted = (done: object | undefined, words: 'certificate.held' | 'certificate.resumed') => {
    if (done === undefined) return;
    announce(t(words, { count: certificates.length }));
    onDone();
  };
  const suspend = async () => acted(await suspension.run({ certificates: [...certificates] }), 'certificate.held');
  const resume = async () => acted(await resumption.run({ certificates: [...certificates] }), 'certificate.resumed');
  return {
    suspend: () => void suspend(),
    resume: () => void resume(),
    isActing: suspension.isRunning || resumption.isRunning,
    error: suspension.error ?? resumption.error,
  };
}
