import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

export interface SaveLists {
  /** Makes each authority's next list and saves all there is to publish where the person chooses. */
  readonly save: () => Promise<void>;
  readonly error: unknown;
}

export function useSaveLists(): SaveLists {
  const publish = useCommand('authorities.publish');
  const files = useSaveFiles();
  const announce = useAnnounce();
  const save = async () => {
    const published = await publish.run({});
    if (published === undefined) return;
    const path = await files.save(t('overview.lists-title'), published.files);
    announce(t(path === undefined ? 'overview.lists-made' : 'overview.lists-saved'));
  };
  return { save, error: publish.error ?? files.error };
}
