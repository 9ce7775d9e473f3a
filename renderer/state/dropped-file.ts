import { create } from 'zustand';

interface Dropped {
  /** What was dropped somewhere on the window and is to be looked at. */
  readonly file: File | undefined;
  readonly put: (file: File) => void;
  /** The file, once. */
  readonly take: () => File | undefined;
}

/** From wherever a file was dropped to the viewer. */
export const useDropped = create<Dropped>()((set, get) => ({
  file: undefined,
  put: (file) => set({ file }),
  take: () => {
    const { file } = get();
    set({ file: undefined });
    return file;
  },
}));
