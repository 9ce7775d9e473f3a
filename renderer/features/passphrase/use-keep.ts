import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import type { Api } from '../../api.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { sheetDocument } from './recovery-sheet.tsx';

export interface KeepWords {
  /** Title of the document. */
  readonly sheet: MessageKey;
  /** Name of the file, without its ending. */
  readonly file: MessageKey;
  /** Of the dialog that asks where. */
  readonly save: MessageKey;
}

interface Keep {
  readonly save: () => Promise<void>;
  readonly isSaving: boolean;
  readonly note: MessageKey | null;
  readonly error: unknown;
}

/** The way to keep a secret that is shown once: on paper, through a PDF of its sheet. */
export function useKeep(sheet: { readonly current: HTMLElement | null }, words: KeepWords): Keep {
  const api = useApi();
  const announce = useAnnounce();
  const [note, setNote] = useState<MessageKey | null>(null);
  const [error, setError] = useState<unknown>();
  const [isSaving, setSaving] = useState(false);
  const tell = (done: MessageKey) => {
    setNote(done);
    announce(t(done));
  };
  const attempt = async (act: () => Promise<MessageKey | null>) => {
    setError(undefined);
    const done = await act().catch((reason: unknown) => {
      setError(reason);
      return null;
    });
    if (done !== null) tell(done);
  };
  const save = async () => {
    if (sheet.current === null) return;
    const bytes = sheetDocument(sheet.current, t(words.sheet));
    setSaving(true);
    await attempt(async () => ((await savePdf(api, bytes, words)) ? 'recovery-code.saved' : null));
    setSaving(false);
  };
  return { save, isSaving, note, error };
}

/** False when the person chose no place for it. */
async function savePdf(api: Api, html: Uint8Array, words: KeepWords): Promise<boolean> {
  const printed = await api.shell('printToPdf', { files: [new FileContent(`${t(words.file)}.html`, html)] });
  const files = printed.files.map(({ name, bytes }) => new FileContent(name, bytes));
  const saved = await api.shell('saveFiles', { title: t(words.save), files });
  return saved.path !== null;
}
