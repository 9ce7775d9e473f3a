import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

export interface Publish {
  /** Makes each authority's next list and saves all there is to publish; true once it is saved. */
  readonly publish: () => Promise<boolean>;
  readonly isPublishing: boolean;
  readonly error: unknown;
}

export function usePublish(): Publish {
  const command = useCommand('authorities.publish');
  const files = useSaveFiles();
  const announce = useAnnounce();
  const publish = async () => {
    const made = await command.run({});
    if (made === undefined) return false;
    const path = await files.save(t('authorities.publish-title'), made.files);
    announce(t(path === undefined ? 'authorities.made-not-saved' : 'authorities.published'));
    return path !== undefined;
  };
  return { publish, isPublishing: command.isRunning || files.isSaving, error: command.error ?? files.error };
}
