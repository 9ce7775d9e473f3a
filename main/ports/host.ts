/** A file on its way between the core and the person. */
export interface HostFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The way back from the core to the shell and the person before it. Trust: answers come from the person's own desktop
 * and are checked for shape; file content is foreign. Every act throws AppError: `cancelled` when the shell goes away
 * meanwhile, `unsupported` where no shell is attached or it cannot do this.
 */
export interface Host {
  /** The content of a file the person chooses; undefined when they choose none. Extensions without dots. */
  chooseFile(request: { readonly title: string; readonly extensions?: string[] }): Promise<HostFile | undefined>;
  /** Where the person had the files saved; undefined when they chose nothing. One file by name, several into a folder. */
  saveFiles(request: { readonly title: string; readonly files: HostFile[] }): Promise<string | undefined>;
  /** An HTML document as PDF. Scripts in it do not run, and it loads nothing. */
  printToPdf(document: HostFile): Promise<HostFile>;
  /** A short notice outside the window. */
  notify(notice: { readonly title: string; readonly body: string }): Promise<void>;
  /** Hears what happens around the window until the returned function is called; both events end every session. */
  onEvent(listener: (event: 'screen-locked' | 'suspended') => void): () => void;
}
