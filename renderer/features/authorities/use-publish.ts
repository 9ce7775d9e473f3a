import { useState } from 'react';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { answeredBeside, saveWithAnswers, type PublishOrder, type SavedAnswers } from './publish-answers.ts';
import { wholeFiles } from './whole-lists.ts';

export interface Publish {
  /** Makes each authority's next list, signs its OCSP answers where they lie beside the lists, and saves all there is to publish. */
  readonly publish: () => Promise<Published | undefined>;
  readonly isPublishing: boolean;
  /** Certificates for which answers are saved so far; undefined while none are being signed. */
  readonly answered: number | undefined;
  readonly error: unknown;
}

/** All is saved, and what of answers is. */
export type Published = SavedAnswers;

interface PublishWords {
  /** Of the dialog that asks where. */
  readonly title: MessageKey;
  readonly saved: MessageKey;
  readonly notSaved: MessageKey;
}

const ownWords: PublishWords = {
  title: 'authorities.publish-title',
  saved: 'authorities.published',
  notSaved: 'authorities.made-not-saved',
};

export function usePublish(words: PublishWords = ownWords): Publish {
  const command = useCommand('authorities.publish');
  const files = useSaveFiles();
  const folder = useAnswersFolder();
  const announce = useAnnounce();
  const api = useApi();
  const now = useNow();
  const publish = async () => {
    const made = await command.run({});
    if (made === undefined) return undefined;
    const ready = await folder.guard(async () => ({
      whole: await wholeFiles(api, made),
      authorities: answeredBeside((await api.call('authorities.list', {})).authorities, now),
    }));
    if (ready === undefined) return undefined;
    const { whole, authorities } = ready;
    const title = t(words.title);
    const order = { title, files: whole, authorities: authorities.map(({ id }) => id) };
    const saved = authorities.length > 0 ? await folder.save(order) : await alone(files.save(title, whole));
    announce(t(saved === undefined ? words.notSaved : words.saved));
    return saved;
  };
  const isPublishing = command.isRunning || files.isSaving || folder.answered !== undefined;
  return { publish, isPublishing, answered: folder.answered, error: command.error ?? files.error ?? folder.error };
}

const alone = async (saving: Promise<string | undefined>): Promise<Published | undefined> =>
  (await saving) === undefined ? undefined : { certificates: 0, until: undefined };

/** Lists and answers in one folder, and how far that is. */
function useAnswersFolder() {
  const api = useApi();
  const [answered, setAnswered] = useState<number>();
  const [error, setError] = useState<unknown>();
  const guard = async <Value>(act: () => Promise<Value>): Promise<Value | undefined> => {
    setError(undefined);
    try {
      return await act();
    } catch (reason) {
      setError(reason);
      return undefined;
    } finally {
      setAnswered(undefined);
    }
  };
  const save = (order: PublishOrder) =>
    guard(async () => {
      setAnswered(0);
      const done = await saveWithAnswers(api, order, setAnswered);
      if (done?.failure !== undefined) setError(done.failure);
      return done;
    });
  return { guard, save, answered, error };
}
