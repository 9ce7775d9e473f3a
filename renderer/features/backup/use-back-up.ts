import { useState } from 'react';
import type { BackupMade } from '../../../main/contract/backup.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

export interface BackUp {
  /** Asks where, then makes one there. */
  readonly make: () => Promise<void>;
  /** From the question on. */
  readonly isRunning: boolean;
  readonly isMaking: boolean;
  readonly made: BackupMade | undefined;
  readonly error: unknown;
}

/** A backup into a folder that the person chooses. */
export function useBackUp(): BackUp {
  const api = useApi();
  const announce = useAnnounce();
  const command = useCommand('backup.create');
  const [made, setMade] = useState<BackupMade>();
  const [isAsking, setAsking] = useState(false);
  const [unasked, setUnasked] = useState<unknown>();
  const ask = async (): Promise<string | undefined> => {
    setAsking(true);
    setUnasked(undefined);
    try {
      return (await api.shell('chooseFolder', { title: t('backup.where') })).folder?.path;
    } catch (error) {
      setUnasked(error);
      return undefined;
    } finally {
      setAsking(false);
    }
  };
  const make = async () => {
    const folder = await ask();
    if (folder === undefined) return;
    setMade(undefined);
    const done = await command.run({ folder });
    setMade(done);
    if (done !== undefined) announce(t('backup.made'));
  };
  return { make, isRunning: isAsking || command.isRunning, isMaking: command.isRunning, made, error: command.error ?? unasked };
}
